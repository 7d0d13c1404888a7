package dev.postern.quarantine;

import dev.postern.approval.MailSystemTrouble;
import dev.postern.card.RetryAfter;
import dev.postern.quarantine.WebCalls.Reply;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The web service of a mail system, asked with a token. One that wants to be left alone is left
 * alone until then, whoever asks. Safe for many threads.
 */
public final class WebService {
  private static final Duration USUAL_PAUSE = Duration.ofSeconds(30);

  private final String name;
  private final WebCalls web;
  private final TokenLogin login;
  private final InstantSource clock;
  private volatile Instant quietUntil = Instant.MIN;
  private volatile Optional<String> trouble = Optional.empty();

  /**
   * Takes its parts.
   *
   * @param name for sentences
   */
  public WebService(String name, WebCalls web, TokenLogin login, InstantSource clock) {
    this.name = name;
    this.web = web;
    this.login = login;
    this.clock = clock;
  }

  /**
   * Sends a request, with a new token once more where the first one is not taken.
   *
   * @param request is given its token here
   * @param largest octets of an answer
   * @return an answer that is the service's word on this request: done, or refused
   * @throws MailSystemTrouble when there is none: what was asked may have been done
   */
  public Reply ask(HttpRequest.Builder request, int largest) {
    try {
      Reply reply = answered(request, largest);
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

  private Reply answered(HttpRequest.Builder request, int largest) {
    String token = login.token();
    Reply reply = sent(request, token, largest);
    if (reply.status() == 401) {
      login.refused(token);
      reply = sent(request, login.token(), largest);
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

  private Reply sent(HttpRequest.Builder request, String token, int largest) {
    Instant now = clock.instant();
    if (now.isBefore(quietUntil)) {
      throw new MailSystemTrouble(name + " wants to be left alone until " + quietUntil);
    }
    Reply reply;
    try {
      reply = web.carry(request.setHeader("Authorization", "Bearer " + token), largest);
    } catch (IOException unanswered) {
      String what = unanswered.getClass().getSimpleName();
      throw new MailSystemTrouble(name + " did not answer (" + what + ")", unanswered);
    }
    Optional<Duration> pause = RetryAfter.of(reply.retryAfter(), now);
    if (reply.status() == 429 || (reply.status() == 503 && pause.isPresent())) {
      quietUntil = now.plus(pause.orElse(USUAL_PAUSE));
      throw new MailSystemTrouble(
          name + " was asked too often, and wants to be left alone until " + quietUntil);
    }
    return reply;
  }
}
