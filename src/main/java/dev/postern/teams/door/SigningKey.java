package dev.postern.teams.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.interfaces.RSAPublicKey;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A key that tokens are signed with.
 *
 * @param id the {@code kid}
 * @param key RSA, at least 2048 bits
 * @param endorsements the channels for which it may sign
 */
record SigningKey(String id, RSAPublicKey key, Set<String> endorsements) {
  // RFC 7518 §3.3
  private static final int SHORTEST = 2048;

  SigningKey {
    endorsements = Set.copyOf(endorsements);
  }

  /** Reads one entry of a JSON Web Key Set; empty when it is no key for checking RS256. */
  static Optional<SigningKey> read(JsonNode entry) {
    boolean usable =
        entry.path("kty").asText().equals("RSA")
            && entry.path("use").asText("sig").equals("sig")
            && entry.path("alg").asText("RS256").equals("RS256");
    Optional<String> id = StrictJson.text(entry, "/kid");
    Optional<String> modulus = StrictJson.text(entry, "/n");
    Optional<String> exponent = StrictJson.text(entry, "/e");
    if (!usable || id.isEmpty() || modulus.isEmpty() || exponent.isEmpty()) {
      return Optional.empty();
    }
    try {
      RSAPublicKey key =
          new RSAKey.Builder(new Base64URL(modulus.get()), new Base64URL(exponent.get()))
              .build()
              .toRSAPublicKey();
      Set<String> endorsements = new HashSet<>();
      entry.path("endorsements").forEach(it -> endorsements.add(it.asText()));
      return Optional.of(new SigningKey(id.get(), key, endorsements))
          .filter(it -> key.getModulus().bitLength() >= SHORTEST);
    } catch (JOSEException | IllegalArgumentException noKey) {
      return Optional.empty();
    }
  }
}
