package dev.postern.store;

/** The store cannot be used; the message says what to mend. */
public final class StoreTrouble extends RuntimeException {
  private static final long serialVersionUID = 1;

  StoreTrouble(String message) {
    super(message);
  }

  StoreTrouble(String message, Throwable cause) {
    super(message, cause);
  }
}
