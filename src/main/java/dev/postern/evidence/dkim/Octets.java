package dev.postern.evidence.dkim;

/** Where canonical octets go, piece by piece: a digest, a signature, a test's buffer. */
@FunctionalInterface
interface Octets {

  /** Takes {@code octets[from, to)}. The array must not be kept: it may be the message itself. */
  void put(byte[] octets, int from, int to);
}
