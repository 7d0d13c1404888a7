package dev.postern.quarantine.m365;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.postern.quarantine.RsaKeys;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/**
 * The certificate that the app registration knows, and the private key that belongs to it.
 *
 * @param certificate public
 * @param key never printed
 */
public record AppCertificate(X509Certificate certificate, RSAPrivateKey key) {
  private static final Duration LIFE = Duration.ofMinutes(5);

  /**
   * Reads both from PEM.
   *
   * @param certificates one or more certificates; the first that the key fits is used
   * @param key an unencrypted key in the form PKCS #8
   * @throws IllegalArgumentException naming the setting, what is wrong and how to mend it; never
   *     with the content
   */
  public static AppCertificate parse(String certificates, String key) {
    RSAPrivateKey secret = RsaKeys.parse(key, "mail.m365.key");
    try {
      for (Certificate each :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(certificates.getBytes(StandardCharsets.US_ASCII)))) {
        if (each instanceof X509Certificate certificate
            && certificate.getPublicKey() instanceof RSAPublicKey open
            && open.getModulus().equals(secret.getModulus())) {
          return new AppCertificate(certificate, secret);
        }
      }
    } catch (CertificateException unread) {
      throw new IllegalArgumentException(
          "mail.m365.certificate cannot be read as a certificate in PEM", unread);
    }
    throw new IllegalArgumentException(
        "mail.m365.key does not belong to mail.m365.certificate: set both from the same pair");
  }

  /** When it ends. */
  Instant end() {
    return certificate.getNotAfter().toInstant();
  }

  /**
   * What proves that the app holds the key, as Entra wants it (learn.microsoft.com, "Microsoft
   * identity platform application authentication certificate credentials").
   */
  String assertion(String appId, URI audience, Instant now) {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.PS256)
            .type(JOSEObjectType.JWT)
            .x509CertSHA256Thumbprint(thumbprint())
            .build();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .audience(audience.toString())
            .issuer(appId)
            .subject(appId)
            .jwtID(UUID.randomUUID().toString())
            .notBeforeTime(Date.from(now))
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFE)))
            .build();
    return RsaKeys.signed(header, claims, key);
  }

  private Base64URL thumbprint() {
    try {
      return Base64URL.encode(
          MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (GeneralSecurityException unread) {
      throw new IllegalStateException("a certificate that was read cannot be written", unread);
    }
  }

  /** Says which certificate it is, and nothing of the key. */
  @Override
  public String toString() {
    return "AppCertificate[serial=%s, until=%s]"
        .formatted(certificate.getSerialNumber().toString(16), end());
  }
}
