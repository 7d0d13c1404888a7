package dev.postern.quarantine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.card.RetryAfter;
import dev.postern.quarantine.HttpApi.Body;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A token of OAuth 2.0 for a web service, kept until shortly before its end; who needs one at the
 * same time waits for the same request. Safe for many threads.
 */
public final class TokenLogin {
  private static final Duration EARLY = Duration.ofMinutes(5);
  private static final Duration LONGEST = Duration.ofDays(1);

  /** After a failure: nothing is mended sooner, and the login service is left alone. */
  private static final Duration REST = Duration.ofSeconds(5);

  private final HttpApi http;
  private final Grant grant;
  private final InstantSource clock;
  private final ReentrantLock asking = new ReentrantLock();
  private @Nullable Held held;
  private @Nullable Failure failure;

  /** What was given. */
  record Held(String token, Instant renew) {
    /** Never the token itself. */
    @Override
    public String toString() {
      return "Held[until=" + renew + "]";
    }
  }

  private record Failure(String words, Instant until) {}

  /**
   * Signs nobody in yet.
   *
   * @param patience how long an answer may take
   */
  public TokenLogin(Grant grant, Duration patience, InstantSource clock) {
    this.http = new HttpApi(grant.address(), new HttpTrust.Usual(), patience);
    this.grant = grant;
    this.clock = clock;
  }

  /**
   * The token.
   *
   * @throws MailSystemTrouble with what to mend
   */
  String token() {
    asking.lock();
    try {
      Instant now = clock.instant();
      if (held != null && now.isBefore(held.renew())) {
        return held.token();
      }
      if (failure != null && now.isBefore(failure.until())) {
        throw new MailSystemTrouble(failure.words());
      }
      Held fresh = fetch(now);
      held = fresh;
      failure = null;
      return fresh.token();
    } finally {
      asking.unlock();
    }
  }

  /** The service did not take that token: the next one is a new one. */
  void refused(String token) {
    asking.lock();
    try {
      if (held != null && held.token().equals(token)) {
        held = null;
      }
    } finally {
      asking.unlock();
    }
  }

  private Held fetch(Instant now) {
    HttpReply<JsonNode> reply =
        http.post(
            "",
            Map.of("Accept", "application/json"),
            Body.form(form(now)),
            HttpBody.json(HttpBody.SMALL));
    if (!(reply instanceof HttpReply.Answered<JsonNode> answered)) {
      throw failed(now, REST, grant.giver() + " does not answer at " + http.name());
    }
    if (!answered.fine()) {
      Duration pause = RetryAfter.of(answered.retryAfter(), now).orElse(REST);
      throw failed(now, pause, grant.refusal(answered.status(), answered.body()));
    }
    return read(answered.body(), now);
  }

  private Held read(JsonNode answer, Instant now) {
    String token = answer.path("access_token").asText();
    long seconds = answer.path("expires_in").asLong();
    boolean bearer = answer.path("token_type").asText().equalsIgnoreCase("Bearer");
    if (!bearer || seconds <= 0 || !token.matches("[\\x21-\\x7e]{1,16384}")) {
      throw failed(now, REST, "the answer to the sign-in is not that of " + grant.giver());
    }
    Duration life = Duration.ofSeconds(Math.min(seconds, LONGEST.toSeconds()));
    Duration half = life.dividedBy(2);
    Duration used = life.minus(EARLY).compareTo(half) > 0 ? life.minus(EARLY) : half;
    return new Held(token, now.plus(used));
  }

  private MailSystemTrouble failed(Instant now, Duration pause, String words) {
    failure = new Failure(words, now.plus(pause));
    return new MailSystemTrouble(words);
  }

  private String form(Instant now) {
    return new TreeMap<>(grant.fields(now))
        .entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
