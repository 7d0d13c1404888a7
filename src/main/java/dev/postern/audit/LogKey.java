package dev.postern.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The public half of a log's key: a name and an Ed25519 key. Its text is the form that Go's note
 * package and the C2SP tools take: {@code name+keyid+base64(0x01 || key)}.
 */
public final class LogKey {
  static final byte ED25519 = 0x01;
  static final int ID_OCTETS = 4;
  private static final int KEY_OCTETS = 32;
  // RFC 8410 §4: everything that stands before the 32 octets of an Ed25519 key in X.509.
  private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

  private final String name;
  private final byte[] octets;
  private final PublicKey key;

  private LogKey(String name, byte[] octets, PublicKey key) {
    this.name = name;
    this.octets = octets;
    this.key = key;
  }

  /** Reads {@code name+keyid+base64}; empty when it is not that, or the key id does not fit. */
  public static Optional<LogKey> parse(String text) {
    // Base 64 may hold a '+', name and key id never do.
    String[] pieces = text.strip().split("\\+", 3);
    if (pieces.length != 3) {
      return Optional.empty();
    }
    try {
      byte[] typed = Base64.getDecoder().decode(pieces[2]);
      if (typed.length != 1 + KEY_OCTETS || typed[0] != ED25519) {
        return Optional.empty();
      }
      return of(pieces[0], Arrays.copyOfRange(typed, 1, typed.length))
          .filter(found -> HexFormat.of().formatHex(found.id()).equals(pieces[1]));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  static Optional<LogKey> of(String name, byte[] octets) {
    if (!isName(name)) {
      return Optional.empty();
    }
    byte[] der = Arrays.copyOf(X509, X509.length + KEY_OCTETS);
    System.arraycopy(octets, 0, der, X509.length, KEY_OCTETS);
    try {
      PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
      return Optional.of(new LogKey(name, octets.clone(), key));
    } catch (GeneralSecurityException noPoint) {
      return Optional.empty();
    }
  }

  static LogKey of(String name, PublicKey key) {
    byte[] der = key.getEncoded();
    return of(name, Arrays.copyOfRange(der, X509.length, der.length))
        .orElseThrow(() -> new IllegalArgumentException("not a name for a log: " + name));
  }

  /** Whether C2SP signed-note lets a key have this name: not empty, no spaces, no plus. */
  static boolean isName(String name) {
    return !name.isEmpty()
        && name.chars().noneMatch(c -> c == '+' || c < ' ')
        && name.codePoints().noneMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c));
  }

  /** The key's name, which is the log's origin as well. */
  public String name() {
    return name;
  }

  /** The first four octets of {@code SHA-256(name || 0x0A || 0x01 || key)}. */
  byte[] id() {
    MessageDigest sha256 = Merkle.sha256();
    sha256.update(name.getBytes(StandardCharsets.UTF_8));
    sha256.update((byte) '\n');
    sha256.update(ED25519);
    return Arrays.copyOf(sha256.digest(octets), ID_OCTETS);
  }

  boolean signed(byte[] text, byte[] signature) {
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initVerify(key);
      ed25519.update(text);
      return ed25519.verify(signature);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }

  /** The text form, to be given to whoever verifies. */
  public String text() {
    byte[] typed = new byte[1 + KEY_OCTETS];
    typed[0] = ED25519;
    System.arraycopy(octets, 0, typed, 1, KEY_OCTETS);
    String id = HexFormat.of().formatHex(id());
    return name + "+" + id + "+" + Base64.getEncoder().encodeToString(typed);
  }

  @Override
  public String toString() {
    return text();
  }
}
