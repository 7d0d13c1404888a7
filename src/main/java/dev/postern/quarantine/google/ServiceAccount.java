package dev.postern.quarantine.google;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.postern.quarantine.RsaKeys;
import java.net.URI;
import java.security.interfaces.RSAPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/**
 * A service account and its key, as the file says that the Cloud console gives.
 *
 * @param email of the account
 * @param keyId which of its keys
 * @param key never printed
 */
public record ServiceAccount(String email, String keyId, RSAPrivateKey key) {
  /** Google takes an hour at most. */
  private static final Duration LIFE = Duration.ofMinutes(10);

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads the file. Addresses in it are not used: those are settings.
   *
   * @throws IllegalArgumentException naming the setting, what is wrong and how to mend it; never
   *     with the content
   */
  public static ServiceAccount parse(String text) {
    JsonNode file;
    try {
      file = JSON.readTree(text);
    } catch (JsonProcessingException unread) {
      // Without its cause: that may quote the key.
      throw new IllegalArgumentException(
          "mail.google.key is no JSON: set mail.google.key-file to the file that the Cloud console"
              + " gave you");
    }
    String email = file.path("client_email").asText("");
    String keyId = file.path("private_key_id").asText("");
    if (!file.path("type").asText("").equals("service_account")
        || !email.matches("[\\x21-\\x7e]{3,254}")
        || !keyId.matches("[0-9A-Za-z]{1,100}")) {
      throw new IllegalArgumentException(
          "mail.google.key is not the key of a service account: make one under \"Service accounts\""
              + " → \"Keys\" → \"Create new key\" → JSON");
    }
    return new ServiceAccount(
        email, keyId, RsaKeys.parse(file.path("private_key").asText(""), "mail.google.key"));
  }

  /**
   * What asks for a token in the name of an administrator (developers.google.com, "Using OAuth 2.0
   * for Server to Server Applications", "Preparing to make a delegated API call").
   */
  String assertion(String admin, String scope, URI audience, Instant now) {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT).keyID(keyId).build();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(email)
            .subject(admin)
            .claim("scope", scope)
            .audience(audience.toString())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFE)))
            .build();
    return RsaKeys.signed(header, claims, key);
  }

  /** Says which account it is, and nothing of the key. */
  @Override
  public String toString() {
    return "ServiceAccount[" + email + "]";
  }
}
