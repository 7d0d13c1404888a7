package dev.postern.approval;

/** A mail system that cannot be asked now. The message says why, and how to mend it. */
public final class MailSystemTrouble extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String words;

  /** Trouble in words for an operator. */
  public MailSystemTrouble(String message) {
    super(message);
    this.words = message;
  }

  /** Trouble that another one caused. */
  public MailSystemTrouble(String message, Throwable cause) {
    super(message, cause);
    this.words = message;
  }

  /** What an operator reads. */
  public String words() {
    return words;
  }
}
