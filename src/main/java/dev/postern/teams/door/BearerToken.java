package dev.postern.teams.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A JSON Web Token that says to be signed by RS256 with a key of that name. Keys or addresses of
 * keys in its header are never looked at.
 *
 * @param jws the whole
 * @param claims what it says; believed only once {@link #signedBy} holds
 */
record BearerToken(JWSObject jws, JsonNode claims) {
  // Checked first: decoders pass over what is no Base64, so that one token had many spellings.
  private static final Pattern FORM = Pattern.compile("[\\w-]+[.][\\w-]+[.][\\w-]+");

  private static final int LONGEST = 8 * 1024;

  /** Reads a token; empty when it is none that could be checked. */
  static Optional<BearerToken> read(String text) {
    if (text.length() > LONGEST || !FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      JWSObject jws = JWSObject.parse(text);
      return Optional.of(jws.getHeader())
          .filter(BearerToken::asMicrosoftSigns)
          .flatMap(_ -> StrictJson.read(jws.getPayload().toBytes()))
          .map(claims -> new BearerToken(jws, claims));
    } catch (ParseException | IllegalArgumentException noToken) {
      return Optional.empty();
    }
  }

  /** RFC 8725 §3.1: the algorithm is ours to choose, never the sender's. */
  private static boolean asMicrosoftSigns(JWSHeader header) {
    boolean plain =
        (header.getCriticalParams() == null || header.getCriticalParams().isEmpty())
            && header.isBase64URLEncodePayload();
    boolean jwt = header.getType() == null || header.getType().equals(JOSEObjectType.JWT);
    return header.getAlgorithm().equals(JWSAlgorithm.RS256)
        && plain
        && jwt
        && header.getKeyID() != null
        && !header.getKeyID().isBlank();
  }

  String keyId() {
    return jws.getHeader().getKeyID();
  }

  boolean signedBy(RSAPublicKey key) {
    try {
      return jws.verify(new RSASSAVerifier(key));
    } catch (JOSEException notCheckable) {
      return false;
    }
  }
}
