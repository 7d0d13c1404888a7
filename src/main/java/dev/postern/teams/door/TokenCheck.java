package dev.postern.teams.door;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.teams.door.PublishedKeys.Lookup;
import dev.postern.teams.door.Verdict.Refused;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether a token was signed by Microsoft, for this app, and holds now (learn.microsoft.com,
 * "Authentication with the Bot Connector API", step 4). Other than Microsoft's SDK it takes no
 * other issuer along, unless the settings name it.
 */
final class TokenCheck {
  /** The Bot Connector, and nobody else. */
  static final String ISSUER = "https://api.botframework.com";

  /** How far clocks may differ. */
  static final Duration SKEW = Duration.ofMinutes(5);

  private static final Pattern BEARER = Pattern.compile("(?i:bearer) +(\\S+) *");

  private final String appId;
  private final Map<String, PublishedKeys> keysOf;
  private final boolean unsigned;
  private final InstantSource clock;

  /** What came of it. */
  sealed interface Outcome {
    /** The token holds. */
    record Proven(Proof proof) implements Outcome {}

    /** It does not. */
    record Not(Refused why) implements Outcome {}
  }

  /**
   * Checks tokens.
   *
   * @param keysOf the keys of each issuer that is believed
   * @param unsigned whether a request may come without a token
   */
  TokenCheck(
      String appId, Map<String, PublishedKeys> keysOf, boolean unsigned, InstantSource clock) {
    this.appId = appId;
    this.keysOf = Map.copyOf(keysOf);
    this.unsigned = unsigned;
    this.clock = clock;
  }

  /** Checks what the headers {@code Authorization} hold. */
  Outcome check(List<String> authorization) {
    if (authorization.isEmpty() && unsigned) {
      Instant soon = clock.instant().plus(Duration.ofHours(1));
      return new Outcome.Proven(new Proof(Optional.empty(), Set.of(), soon, true));
    }
    if (authorization.size() != 1) {
      return not("There must be exactly one Authorization header.");
    }
    Matcher bearer = BEARER.matcher(authorization.getFirst());
    if (!bearer.matches()) {
      return not("Authorization does not have the form: Bearer TOKEN.");
    }
    return BearerToken.read(bearer.group(1))
        .map(this::check)
        .orElseGet(() -> not("The token is no JSON Web Token signed by RS256 with a named key."));
  }

  private Outcome check(BearerToken token) {
    String issuer = token.claims().path("iss").asText();
    PublishedKeys keys = keysOf.get(issuer);
    if (keys == null) {
      return not("The token is not the Bot Connector's: its issuer is another.");
    }
    return switch (keys.find(token.keyId())) {
      case Lookup.Away _ ->
          new Outcome.Not(
              new Refused(
                  503,
                  "Not now",
                  "The keys of the Bot Connector cannot be fetched: is teams.metadata-url reachable"
                      + " from here?"));
      case Lookup.Unknown _ -> not("The token names a key that the Bot Connector does not have.");
      case Lookup.Known(SigningKey key) ->
          token.signedBy(key.key())
              ? claims(token.claims(), key, !issuer.equals(ISSUER))
              : not("The token's signature is not right.");
    };
  }

  private Outcome claims(JsonNode claims, SigningKey key, boolean emulated) {
    Optional<String> problem =
        Stream.of(audience(claims), validity(claims), emulated ? party(claims) : none())
            .flatMap(Optional::stream)
            .findFirst();
    if (problem.isPresent()) {
      return not(problem.get());
    }
    Optional<ServiceUrl> serviceUrl =
        StrictJson.text(claims, "/serviceurl").flatMap(ServiceUrl::read);
    if (serviceUrl.isEmpty() && (!emulated || claims.has("serviceurl"))) {
      return new Outcome.Not(Refused.forbidden("The token names no address to answer at."));
    }
    Instant expires = Instant.ofEpochSecond(claims.path("exp").longValue());
    return new Outcome.Proven(new Proof(serviceUrl, key.endorsements(), expires, emulated));
  }

  /** One app, as text: a list of several would be for others as well. */
  private Optional<String> audience(JsonNode claims) {
    return claims.path("aud").isTextual() && claims.path("aud").textValue().equals(appId)
        ? none()
        : Optional.of("The token is for another app: is teams.app-id this bot's?");
  }

  private Optional<String> validity(JsonNode claims) {
    JsonNode ends = claims.path("exp");
    JsonNode begins = claims.path("nbf");
    long now = clock.instant().getEpochSecond();
    if (!isTime(ends) || !(isTime(begins) || begins.isMissingNode())) {
      return Optional.of("The token does not say from when to when it holds.");
    }
    if (ends.longValue() < now - SKEW.toSeconds()) {
      return Optional.of("The token has expired: is this machine's clock right?");
    }
    if (begins.longValue() > now + SKEW.toSeconds()) {
      return Optional.of("The token does not hold yet: is this machine's clock right?");
    }
    return none();
  }

  /** Years of four digits, so that no arithmetic on it overflows. */
  private static boolean isTime(JsonNode claim) {
    return claim.isNumber() && claim.doubleValue() >= 0 && claim.doubleValue() < 253_402_300_800d;
  }

  /** Emulators sign in as the app itself: appid in tokens of version 1, azp in version 2. */
  private Optional<String> party(JsonNode claims) {
    return Stream.of("/appid", "/azp")
                .flatMap(path -> StrictJson.text(claims, path).stream())
                .allMatch(appId::equals)
            && (claims.has("appid") || claims.has("azp"))
        ? none()
        : Optional.of("The emulator's token was given to another app.");
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  private static Outcome not(String reason) {
    return new Outcome.Not(Refused.unproven(reason));
  }
}
