package dev.postern.quarantine;

import dev.postern.approval.MailSystemTrouble;
import dev.postern.card.RetryAfter;
import dev.postern.quarantine.HttpApi.Body;
import dev.postern.quarantine.HttpReply.Answered;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The web service of a mail system, asked with a token. One that wants to be left alone is left
 * alone until then, whoever asks. Safe for many threads.
 */
public final class WebService {
  private static final Duration USUAL_PAUSE = Duration.ofSeconds(30);

  private final String name;
  private final HttpApi http;
  private final TokenLogin login;
  private final InstantSource clock;
  private volatile Instant quietUntil = Instant.MIN;
  private volatile Optional<String> trouble = Optional.empty();

  /**
   * Takes its parts.
   *
   * @param name for sentences
   */
  public WebService(String name, HttpApi http, TokenLogin login, InstantSource clock) {
    this.name = name;
    this.http = http;
    this.login = login;
    this.clock = clock;
  }

  /**
   * Reads something, with a new token once more where the first one is not taken.
   *
   * @param fields of the request; the token is added here
   * @return an answer that is the service's word on this request: done, or refused
   * @throws MailSystemTrouble when there is none: what was asked may have been done
   */
  public <T> Answered<T> get(String path, Map<String, String> fields, HttpBody<T> body) {
    return ask(token -> http.get(path, with(token, fields), body));
  }

  /** The same with something that is sent. */
  public <T> Answered<T> post(
      String path, Map<String, String> fields, Body sent, HttpBody<T> body) {
    return ask(token -> http.post(path, with(token, fields), sent, body));
  }

  private static Map<String, String> with(String token, Map<String, String> fields) {
    Map<String, String> all = new HashMap<>(fields);
    all.put("Authorization", "Bearer " + token);
    return all;
  }

  private <T> Answered<T> ask(Function<String, HttpReply<T>> call) {
    try {
      Answered<T> reply = answered(call);
      trouble = Optional.empty();
      return reply;
    } catch (MailSystemTrouble away) {
      trouble = Optional.of(away.words());
      throw away;
    }
  }

  /** Why the last request got no answer; empty when it got one. */
  public Optional<String> trouble() {
    return trouble;
  }

  private <T> Answered<T> answered(Function<String, HttpReply<T>> call) {
    String token = login.token();
    Answered<T> reply = sent(call, token);
    if (reply.status() == 401) {
      login.refused(token);
      reply = sent(call, login.token());
    }
    if (reply.status() >= 500) {
      throw new MailSystemTrouble(name + " has trouble of its own (HTTP " + reply.status() + ")");
    }
    if (reply.status() / 100 == 3) {
      throw new MailSystemTrouble(
          name
              + " wants to send us elsewhere (HTTP "
              + reply.status()
              + "), which is not followed");
    }
    return reply;
  }

  private <T> Answered<T> sent(Function<String, HttpReply<T>> call, String token) {
    Instant now = clock.instant();
    if (now.isBefore(quietUntil)) {
      throw new MailSystemTrouble(name + " wants to be left alone until " + quietUntil);
    }
    Answered<T> reply =
        switch (call.apply(token)) {
          case Answered<T> answered -> answered;
          case HttpReply.NotSent<T>(String why) -> throw unanswered(why);
          case HttpReply.Unanswered<T>(String why) -> throw unanswered(why);
        };
    Optional<Duration> pause = RetryAfter.of(reply.retryAfter(), now);
    if (reply.status() == 429 || (reply.status() == 503 && pause.isPresent())) {
      quietUntil = now.plus(pause.orElse(USUAL_PAUSE));
      throw new MailSystemTrouble(
          name + " was asked too often, and wants to be left alone until " + quietUntil);
    }
    return reply;
  }

  private MailSystemTrouble unanswered(String why) {
    return new MailSystemTrouble(name + " did not answer: " + why);
  }
}
