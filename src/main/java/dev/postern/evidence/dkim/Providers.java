package dev.postern.evidence.dkim;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.util.Optional;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.slf4j.LoggerFactory;

/**
 * Whose code checks signatures: the fastest measured that works on this machine (decision 014).
 * Nothing is installed in the JVM, so that TLS and all else keep what they have.
 *
 * @param rsaKeys reads RSA keys
 * @param rsa checks their signatures
 * @param ed25519Keys reads Ed25519 keys
 * @param ed25519 checks their signatures
 */
record Providers(Provider rsaKeys, Provider rsa, Provider ed25519Keys, Provider ed25519) {

  /** Made when the first signature is met: native code takes a moment. */
  private static final class Fastest {
    private static final Providers HERE =
        corretto().map(Providers::ofCorretto).orElseGet(Providers::withoutNativeCode);
  }

  /** The fastest that work here. */
  static Providers fastest() {
    return Fastest.HERE;
  }

  /** Amazon Corretto for all but reading Ed25519 keys, which it leaves to the JDK. */
  static Providers ofCorretto(Provider corretto) {
    return new Providers(corretto, corretto, usual("KeyFactory.Ed25519"), corretto);
  }

  /** The JDK, and for Ed25519, where it is slow, Bouncy Castle. */
  static Providers withoutNativeCode() {
    Provider bouncyCastle = new BouncyCastleProvider();
    return new Providers(
        usual("KeyFactory.RSA"), usual("Signature.SHA256withRSA"), bouncyCastle, bouncyCastle);
  }

  /** Amazon Corretto; empty where its native library does not load. */
  static Optional<Provider> corretto() {
    Throwable trouble = AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError();
    if (trouble == null) {
      return Optional.of(AmazonCorrettoCryptoProvider.INSTANCE);
    }
    LoggerFactory.getLogger(Providers.class)
        .info(
            "No native code for signatures here, checking them takes longer: {}",
            trouble.toString());
    return Optional.empty();
  }

  KeyFactory keys(Algorithm algorithm) throws NoSuchAlgorithmException {
    return switch (algorithm) {
      case RSA_SHA256 -> KeyFactory.getInstance("RSA", rsaKeys);
      case ED25519_SHA256 -> KeyFactory.getInstance("Ed25519", ed25519Keys);
    };
  }

  Signature signatures(Algorithm algorithm) throws NoSuchAlgorithmException {
    return switch (algorithm) {
      case RSA_SHA256 -> Signature.getInstance("SHA256withRSA", rsa);
      case ED25519_SHA256 -> Signature.getInstance("Ed25519", ed25519);
    };
  }

  /** Whom this JVM prefers. */
  private static Provider usual(String service) {
    return Security.getProviders(service)[0];
  }
}
