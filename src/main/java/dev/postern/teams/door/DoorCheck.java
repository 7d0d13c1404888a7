package dev.postern.teams.door;

import dev.postern.teams.TeamsSettings;
import dev.postern.teams.door.TokenCheck.Outcome;
import dev.postern.teams.door.Verdict.Genuine;
import dev.postern.teams.door.Verdict.Refused;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether a request was sent by Teams to this app. The token is checked before the body is read as
 * JSON. For any number of threads; keys are fetched when they are first needed.
 */
public final class DoorCheck implements AutoCloseable {
  /** How far clocks may differ before no token of Teams holds. */
  public static final Duration TOLERANCE = TokenCheck.SKEW;

  private final Map<String, PublishedKeys> keysOf = new LinkedHashMap<>();
  private final TokenCheck tokens;
  private final ActivityCheck activities;
  private final AtomicLong refused = new AtomicLong();
  private volatile boolean believed;

  /** Opens nothing yet. */
  public DoorCheck(TeamsSettings settings, Emulators emulators, InstantSource clock) {
    TeamsSettings.Outside outside = settings.outside();
    keysOf.put(TokenCheck.ISSUER, keys(TokenCheck.ISSUER, outside.metadataUrl(), clock));
    for (String issuer : emulators.issuers()) {
      keysOf.computeIfAbsent(issuer, it -> keys(it, Emulators.configurationOf(it), clock));
    }
    this.tokens = new TokenCheck(settings.app().id(), keysOf, emulators.unsigned(), clock);
    this.activities = new ActivityCheck(outside.serviceUrls(), settings.app().tenants());
  }

  private static PublishedKeys keys(String issuer, URI configuration, InstantSource clock) {
    return new PublishedKeys(new KeySource(issuer, configuration), clock);
  }

  /**
   * Checks one request.
   *
   * @param authorization all headers of that name
   * @param body its octets, whose number is bounded
   */
  Verdict check(List<String> authorization, byte[] body) {
    Verdict verdict =
        switch (tokens.check(authorization)) {
          case Outcome.Not(Refused why) -> why;
          case Outcome.Proven(Proof proof) ->
              StrictJson.read(body)
                  .map(it -> activities.check(it, proof))
                  .orElseGet(
                      () ->
                          Refused.broken(
                              "The body is no JSON object, repeats a name or nests too deep."));
        };
    switch (verdict) {
      case Genuine _ -> believed = true;
      case Refused(int status, _, _) -> {
        if (status == 401 || status == 403) {
          refused.incrementAndGet();
        }
      }
    }
    return verdict;
  }

  /**
   * How many requests were refused, where none was believed since the start: then app id, tenant or
   * addresses are set wrong. Zero otherwise: anybody can send rubbish.
   */
  public long refusedAll() {
    return believed ? 0 : refused.get();
  }

  /**
   * Fetches all keys now, for those who look whether it works; takes some seconds at most.
   *
   * @return why they are not to be had; empty when they are
   */
  public Optional<String> look() {
    return keysOf.values().stream().flatMap(it -> it.look().stream()).findFirst();
  }

  /** Why no newer keys are to be had; empty when they are, or were not needed yet. */
  public Optional<String> trouble() {
    return keysOf.values().stream().flatMap(it -> it.trouble().stream()).findFirst();
  }

  @Override
  public void close() {
    keysOf.values().forEach(PublishedKeys::close);
  }
}
