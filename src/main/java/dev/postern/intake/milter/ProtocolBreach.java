package dev.postern.intake.milter;

import java.io.IOException;

/** The peer does not speak the milter protocol, or not as it was agreed: the connection ends. */
final class ProtocolBreach extends IOException {
  private static final long serialVersionUID = 1;

  /** Says what is wrong; nothing of what was sent is in it but numbers and one character. */
  ProtocolBreach(String what) {
    super(what);
  }
}
