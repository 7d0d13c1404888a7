package dev.postern.quarantine;

import java.io.IOException;

/** There is more of it than is taken. */
final class TooLarge extends IOException {
  private static final long serialVersionUID = 1;

  TooLarge(long largest) {
    super("more than " + largest + " octets");
  }
}
