package dev.postern.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The private half of a log's key. It lives in a file that only Postern may read, never in the
 * database: who can change the rows of the log must not be able to sign it.
 */
public final class SigningKey {
  private static final String PREFIX = "PRIVATE+KEY+";
  private static final int SEED_OCTETS = 32;
  // RFC 8410 §7: everything that stands before the 32 octets of an Ed25519 seed in PKCS #8.
  private static final byte[] PKCS8 = HexFormat.of().parseHex("302e020100300506032b657004220420");

  private final PrivateKey key;
  private final LogKey verifier;

  private SigningKey(PrivateKey key, LogKey verifier) {
    this.key = key;
    this.verifier = verifier;
  }

  /**
   * A new key.
   *
   * @param origin the log's name, such as {@code postern.corp.example/log}: no spaces, no plus
   * @param random where its 32 octets come from
   */
  public static SigningKey generate(String origin, SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, random);
      KeyPair pair = generator.generateKeyPair();
      return new SigningKey(pair.getPrivate(), LogKey.of(origin, pair.getPublic()));
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /**
   * Reads what {@link #file()} wrote; empty when it is not that, or the two halves do not belong
   * together.
   */
  public static Optional<SigningKey> parse(String file) {
    List<String> lines = file.lines().toList();
    if (lines.size() != 2 || !lines.getFirst().startsWith(PREFIX)) {
      return Optional.empty();
    }
    Optional<LogKey> verifier = LogKey.parse(lines.get(1));
    String[] pieces = lines.getFirst().substring(PREFIX.length()).split("\\+", 3);
    if (verifier.isEmpty() || pieces.length != 3) {
      return Optional.empty();
    }
    try {
      byte[] typed = Base64.getDecoder().decode(pieces[2]);
      if (typed.length != 1 + SEED_OCTETS || typed[0] != LogKey.ED25519) {
        return Optional.empty();
      }
      SigningKey found = new SigningKey(privateKey(typed), verifier.get());
      byte[] probe = pieces[0].getBytes(StandardCharsets.UTF_8);
      boolean belongs =
          pieces[0].equals(found.verifier.name())
              && pieces[1].equals(HexFormat.of().formatHex(found.verifier.id()))
              && found.verifier.signed(probe, found.sign(probe));
      return belongs ? Optional.of(found) : Optional.empty();
    } catch (IllegalArgumentException | GeneralSecurityException notAKey) {
      return Optional.empty();
    }
  }

  private static PrivateKey privateKey(byte[] typed) throws GeneralSecurityException {
    byte[] der = Arrays.copyOf(PKCS8, PKCS8.length + SEED_OCTETS);
    System.arraycopy(typed, 1, der, PKCS8.length, SEED_OCTETS);
    return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  /** The public half. */
  public LogKey verifier() {
    return verifier;
  }

  byte[] sign(byte[] text) {
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initSign(key);
      ed25519.update(text);
      return ed25519.sign();
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /**
   * The text of the key file, two lines: {@code PRIVATE+KEY+name+keyid+base64(0x01 || seed)} as
   * Go's note package writes it, and {@link LogKey#text()}. Secret; to be written with mode 0600.
   */
  public String file() {
    byte[] der = key.getEncoded();
    byte[] typed = new byte[1 + SEED_OCTETS];
    typed[0] = LogKey.ED25519;
    System.arraycopy(der, der.length - SEED_OCTETS, typed, 1, SEED_OCTETS);
    String id = HexFormat.of().formatHex(verifier.id());
    String secret = Base64.getEncoder().encodeToString(typed);
    return PREFIX + verifier.name() + "+" + id + "+" + secret + "\n" + verifier.text() + "\n";
  }

  /** The public half only. */
  @Override
  public String toString() {
    return "signing key of " + verifier.text();
  }
}
