package dev.postern.teams.wire;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A certificate and the private key that belongs to it.
 *
 * @param certificate what the app registration knows
 * @param key never printed
 */
public record CertifiedKey(X509Certificate certificate, RSAPrivateKey key) {
  private static final int SHORTEST_KEY = 2048;
  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  /**
   * Reads both from PEM.
   *
   * @param certificates one or more certificates; the first that the key fits is used
   * @param key an unencrypted key in the form PKCS #8
   * @throws IllegalArgumentException naming the key of the setting, what is wrong and how to mend
   *     it; never with the content
   */
  public static CertifiedKey parse(String certificates, String key) {
    RSAPrivateKey secret = privateKey(key);
    for (Certificate each : all(certificates)) {
      if (each instanceof X509Certificate certificate
          && certificate.getPublicKey() instanceof RSAPublicKey open
          && open.getModulus().equals(secret.getModulus())) {
        return new CertifiedKey(certificate, secret);
      }
    }
    throw new IllegalArgumentException(
        "teams.app-key does not belong to teams.app-certificate: set both from the same pair");
  }

  private static RSAPrivateKey privateKey(String pem) {
    Matcher found = PKCS8.matcher(pem);
    if (!found.find()) {
      throw new IllegalArgumentException(
          "teams.app-key must hold an unencrypted key that begins with -----BEGIN PRIVATE"
              + " KEY-----: openssl pkcs8 -topk8 -nocrypt -in KEY turns others into it");
    }
    try {
      byte[] octets = Base64.getMimeDecoder().decode(found.group(1));
      RSAPrivateKey key =
          (RSAPrivateKey)
              KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(octets));
      if (key.getModulus().bitLength() < SHORTEST_KEY) {
        throw new IllegalArgumentException(
            "teams.app-key has %d bits; it needs %d"
                .formatted(key.getModulus().bitLength(), SHORTEST_KEY));
      }
      return key;
    } catch (GeneralSecurityException unread) {
      // Without its cause: that may quote the key.
      throw new IllegalArgumentException("teams.app-key is no RSA key in the form PKCS #8");
    }
  }

  private static Collection<? extends Certificate> all(String pem) {
    try {
      Collection<? extends Certificate> read =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
      if (!read.isEmpty()) {
        return read;
      }
    } catch (CertificateException unread) {
      throw new IllegalArgumentException(
          "teams.app-certificate cannot be read as a certificate in PEM", unread);
    }
    throw new IllegalArgumentException(
        "teams.app-certificate must hold -----BEGIN CERTIFICATE----- … -----END CERTIFICATE-----");
  }

  /**
   * What proves that the app holds the key, as Entra wants it (learn.microsoft.com, "Microsoft
   * identity platform application authentication certificate credentials").
   *
   * @throws JOSEException when the key cannot sign
   */
  String assertion(String appId, URI audience, Instant now) throws JOSEException {
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
    SignedJWT token = new SignedJWT(header, claims);
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  private Base64URL thumbprint() throws JOSEException {
    try {
      return Base64URL.encode(
          MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (GeneralSecurityException unread) {
      throw new JOSEException("the certificate cannot be written", unread);
    }
  }

  /** Says which certificate it is, and nothing of the key. */
  @Override
  public String toString() {
    return "CertifiedKey[serial=%s, until=%s]"
        .formatted(
            certificate.getSerialNumber().toString(16), certificate.getNotAfter().toInstant());
  }
}
