package dev.postern.quarantine;

import java.io.IOException;

/** A server that offered TLS and could not agree with us on it, or not prove its name. */
final class HandshakeFailed extends IOException {
  private static final long serialVersionUID = 1;

  HandshakeFailed(Exception cause) {
    super("TLS failed: " + cause.getMessage(), cause);
  }
}
