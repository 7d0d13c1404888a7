package dev.postern.evidence.dkim;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.spec.RSAPublicKeySpec;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Reads the numbers of an RSA key out of its octets: RSAPublicKey (RFC 8017 §A.1.1), which RFC 6376
 * §3.6.1 names, or SubjectPublicKeyInfo (RFC 5280 §4.1), which everybody publishes (erratum 3017).
 * Our own, since providers disagree on which liberties of DER they take and which numbers they
 * allow, and the verdict on a message must not depend on the machine.
 */
final class RsaNumbers {
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int SEQUENCE = 0x30;

  /**
   * rsaEncryption (RFC 3279 §2.3.1), with the NULL that belongs to it, and as some leave it out.
   */
  private static final ByteBuffer ALGORITHM = hex("06092a864886f70d0101010500");

  private static final ByteBuffer BARE_ALGORITHM = hex("06092a864886f70d010101");

  private static final int LEAST_MODULUS = 512;
  private static final int LONGEST_MODULUS = 16_384;

  /** One provider takes no longer ones. */
  private static final int LONGEST_EXPONENT = 33;

  private RsaNumbers() {}

  /** The numbers; empty if they are not those of a key that every provider takes. */
  static Optional<RSAPublicKeySpec> read(byte[] der) {
    ByteBuffer whole = ByteBuffer.wrap(der);
    return take(SEQUENCE, whole)
        .filter(_ -> !whole.hasRemaining())
        .flatMap(content -> wrapped(content.slice()).or(() -> numbers(content)))
        .filter(RsaNumbers::ordinary);
  }

  private static Optional<RSAPublicKeySpec> wrapped(ByteBuffer content) {
    return take(SEQUENCE, content)
        .filter(it -> it.equals(ALGORITHM) || it.equals(BARE_ALGORITHM))
        .flatMap(_ -> take(BIT_STRING, content))
        .filter(bits -> !content.hasRemaining() && bits.hasRemaining() && bits.get() == 0)
        .flatMap(bits -> take(SEQUENCE, bits).filter(_ -> !bits.hasRemaining()))
        .flatMap(RsaNumbers::numbers);
  }

  private static Optional<RSAPublicKeySpec> numbers(ByteBuffer content) {
    Optional<BigInteger> modulus = number(content);
    Optional<BigInteger> exponent = number(content);
    return content.hasRemaining()
        ? Optional.empty()
        : modulus.flatMap(n -> exponent.map(e -> new RSAPublicKeySpec(n, e)));
  }

  /** A number above zero without octets too many. */
  private static Optional<BigInteger> number(ByteBuffer from) {
    return take(INTEGER, from)
        .filter(ByteBuffer::hasRemaining)
        .map(
            it -> {
              byte[] octets = new byte[it.remaining()];
              it.get(octets);
              return octets;
            })
        .filter(it -> it[0] > 0 || (it[0] == 0 && it.length > 1 && it[1] < 0))
        .map(BigInteger::new);
  }

  /** The content of an element of that tag, in the one form that DER allows (X.690 §10.1). */
  private static Optional<ByteBuffer> take(int tag, ByteBuffer from) {
    if (from.remaining() < 2 || (from.get() & 0xff) != tag) {
      return Optional.empty();
    }
    int length = from.get() & 0xff;
    int more = length - 0x80;
    if (more > 0) {
      if (more > 2 || from.remaining() < more) {
        return Optional.empty();
      }
      length = more == 1 ? from.get() & 0xff : from.getShort() & 0xffff;
    }
    boolean shortest = more < 0 || length >= (more == 1 ? 0x80 : 0x100);
    if (more == 0 || !shortest || length > from.remaining()) {
      return Optional.empty();
    }
    ByteBuffer content = from.slice(from.position(), length);
    from.position(from.position() + length);
    return Optional.of(content);
  }

  /** Odd numbers of ordinary size, as the keys of real pairs are. */
  private static boolean ordinary(RSAPublicKeySpec key) {
    BigInteger modulus = key.getModulus();
    BigInteger exponent = key.getPublicExponent();
    return modulus.testBit(0)
        && modulus.bitLength() >= LEAST_MODULUS
        && modulus.bitLength() <= LONGEST_MODULUS
        && exponent.compareTo(BigInteger.ONE) > 0
        && exponent.testBit(0)
        && exponent.bitLength() <= LONGEST_EXPONENT;
  }

  private static ByteBuffer hex(String octets) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(octets)).asReadOnlyBuffer();
  }
}
