package dev.postern.teams;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What an app registration knows to check a client assertion with, and how Entra checks it. */
public final class EntraProofs {
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Duration SKEW = Duration.ofMinutes(5);

  /**
   * Another identity provider that is trusted.
   *
   * @param issuer who signs there
   * @param subject whose tokens count
   * @param key with which they are signed
   */
  public record Trusted(String issuer, String subject, RSAPublicKey key) {}

  public final Map<String, X509Certificate> certificates = new ConcurrentHashMap<>();
  public volatile Optional<Trusted> federated = Optional.empty();
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  public void upload(X509Certificate certificate) {
    certificates.put(thumbprint(certificate), certificate);
  }

  /** Entra's code for what is wrong with an assertion; 0 when nothing is. */
  int wrong(String assertion, URI here, Instant now) {
    try {
      SignedJWT jwt = SignedJWT.parse(assertion);
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      return FakeEntra.APP.equals(claims.getIssuer())
          ? own(jwt, claims, here, now)
          : foreign(jwt, claims, now);
    } catch (ParseException | JOSEException noToken) {
      return 50027;
    }
  }

  private int own(SignedJWT jwt, JWTClaimsSet claims, URI here, Instant now) throws JOSEException {
    JWSHeader header = jwt.getHeader();
    Base64URL print = header.getX509CertSHA256Thumbprint();
    X509Certificate known = print == null ? null : certificates.get(print.toString());
    if (known == null
        || !jwt.verify(new RSASSAVerifier((RSAPublicKey) known.getPublicKey()))
        || known.getNotAfter().toInstant().isBefore(now)) {
      return 700027;
    }
    boolean formed =
        header.getAlgorithm().equals(JWSAlgorithm.PS256)
            && "JWT".equals(String.valueOf(header.getType()))
            && claims.getAudience().equals(List.of(here.toString()))
            && FakeEntra.APP.equals(claims.getSubject())
            && claims.getJWTID() != null
            && claims.getIssueTime() != null;
    if (!formed || !seen.add(claims.getJWTID())) {
      return 50027;
    }
    return inTime(claims, now, LONGEST) ? 0 : 700024;
  }

  private int foreign(SignedJWT jwt, JWTClaimsSet claims, Instant now) throws JOSEException {
    Trusted trusted = federated.orElse(null);
    if (trusted == null || !trusted.issuer().equals(claims.getIssuer())) {
      return 700211;
    }
    if (!trusted.subject().equals(claims.getSubject())) {
      return 700213;
    }
    if (!claims.getAudience().contains("api://AzureADTokenExchange")) {
      return 700212;
    }
    if (!jwt.verify(new RSASSAVerifier(trusted.key()))) {
      return 700027;
    }
    return inTime(claims, now, Duration.ofDays(1)) ? 0 : 700024;
  }

  private static boolean inTime(JWTClaimsSet claims, Instant now, Duration longest) {
    Date from = claims.getNotBeforeTime();
    Date until = claims.getExpirationTime();
    return from != null
        && until != null
        && !from.toInstant().minus(SKEW).isAfter(now)
        && until.toInstant().plus(SKEW).isAfter(now)
        && Duration.between(from.toInstant(), until.toInstant()).compareTo(longest) <= 0;
  }

  private static String thumbprint(X509Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return Base64URL.encode(digest).toString();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
