package dev.postern.teams.wire;

import dev.postern.card.SurfaceTrouble;
import dev.postern.card.SurfaceTrouble.Kind;
import dev.postern.teams.wire.Courier.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The app's token for the Bot Connector or for Microsoft Graph, by the client credentials grant
 * (learn.microsoft.com, "Authenticate requests with the Bot Connector API"). It is kept until
 * shortly before its end and renewed while the old one still serves; whoever needs one at the same
 * time waits for the same request. Safe for many threads.
 */
public final class Login {
  static final String SCOPE = "https://api.botframework.com/.default";

  /** The name of the fault in what readiness says. */
  static final String TROUBLE = "sign-in";

  /** How long one request may take: those who wait for it may have less patience. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** After a failure: nothing is mended sooner, and Entra is left alone. */
  private static final Duration REST = Duration.ofSeconds(5);

  private final Registration app;
  private final Courier courier;
  private final InstantSource clock;
  private final String scope;

  private @Nullable Bearer held;
  private @Nullable CompletableFuture<Bearer> coming;
  private @Nullable Failure failure;

  private record Failure(SurfaceTrouble why, Instant until) {}

  /**
   * Signs nobody in yet; for the Bot Connector.
   *
   * @param courier carries the requests; it is not closed here
   * @param clock the time by which tokens end
   */
  public Login(Registration app, Courier courier, InstantSource clock) {
    this(app, courier, clock, SCOPE);
  }

  /**
   * The same for another service of Microsoft.
   *
   * @param scope what the token is for
   */
  Login(Registration app, Courier courier, InstantSource clock, String scope) {
    this.scope = scope;
    this.app = app;
    this.courier = courier;
    this.clock = clock;
  }

  /**
   * Signs in now, whether or not a token is held: for those who look whether it works.
   *
   * @return when Entra answered, by its own clock; empty where it does not say
   * @throws SurfaceTrouble with what to mend
   */
  public Optional<Instant> check() throws SurfaceTrouble {
    Instant asked = clock.instant();
    Reply reply = answered(asked);
    bearer(reply, asked);
    return reply.sent();
  }

  /**
   * The token.
   *
   * @param by until when the caller can wait
   * @throws SurfaceTrouble {@link Kind#AWAY} when Entra is busy or silent, {@link Kind#CLOSED} when
   *     somebody has to mend something
   */
  String token(Deadline by) throws SurfaceTrouble {
    CompletableFuture<Bearer> awaited;
    synchronized (this) {
      Instant now = clock.instant();
      if (held != null && now.isBefore(held.renew())) {
        return held.token();
      }
      Optional<String> old =
          Optional.ofNullable(held).filter(it -> now.isBefore(it.until())).map(Bearer::token);
      Failure last = failure;
      if (last != null && now.isBefore(last.until())) {
        return old.orElseThrow(last::why);
      }
      awaited = asking();
      if (old.isPresent()) {
        return old.get();
      }
    }
    return await(awaited, by).token();
  }

  /** The Bot Connector did not take that token: the next one is a new one. */
  synchronized void refused(String token) {
    if (held != null && held.token().equals(token)) {
      held = null;
    }
  }

  private CompletableFuture<Bearer> asking() {
    CompletableFuture<Bearer> now = coming;
    if (now == null) {
      CompletableFuture<Bearer> started = new CompletableFuture<>();
      coming = started;
      Thread.ofVirtual().name("teams-login").start(() -> ask(started));
      return started;
    }
    return now;
  }

  private void ask(CompletableFuture<Bearer> started) {
    try {
      Bearer fresh = fetch();
      synchronized (this) {
        held = fresh;
        failure = null;
        coming = null;
      }
      started.complete(fresh);
    } catch (SurfaceTrouble trouble) {
      synchronized (this) {
        failure = new Failure(trouble, clock.instant().plus(trouble.asked().orElse(REST)));
        coming = null;
      }
      started.completeExceptionally(trouble);
    } catch (RuntimeException defect) {
      synchronized (this) {
        coming = null;
      }
      started.completeExceptionally(defect);
    }
  }

  private static Bearer await(CompletableFuture<Bearer> awaited, Deadline by)
      throws SurfaceTrouble {
    try {
      return awaited.get(Math.max(0, by.left().toNanos()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      throw new SurfaceTrouble(Kind.AWAY, "Entra does not answer in time.");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new SurfaceTrouble(Kind.AWAY, "Stopped while waiting for Entra.");
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof SurfaceTrouble trouble) {
        throw trouble;
      }
      throw new IllegalStateException("the sign-in failed", failed.getCause());
    }
  }

  private Bearer fetch() throws SurfaceTrouble {
    Instant asked = clock.instant();
    return bearer(answered(asked), asked);
  }

  private static Bearer bearer(Reply reply, Instant asked) throws SurfaceTrouble {
    Optional<Bearer> token = Bearer.parse(reply.json(), asked);
    return token.orElseThrow(() -> EntraFault.gibberish().trouble());
  }

  private Reply answered(Instant asked) throws SurfaceTrouble {
    URI address = app.tokenUrl();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json")
            .POST(BodyPublishers.ofString(form(address, asked)));
    Reply reply;
    try {
      reply = courier.carry(request, Deadline.in(PATIENCE));
    } catch (IOException unanswered) {
      throw EntraFault.silent(unanswered).trouble();
    }
    if (!reply.fine()) {
      throw EntraFault.of(reply, asked).trouble();
    }
    return reply;
  }

  private String form(URI address, Instant now) throws SurfaceTrouble {
    Map<String, String> fields = new TreeMap<>();
    try {
      fields.putAll(app.credential().fields(app.appId(), address, now));
    } catch (Credential.Unusable unusable) {
      throw EntraFault.closed(String.valueOf(unusable.getMessage())).trouble();
    }
    fields.put("grant_type", "client_credentials");
    fields.put("client_id", app.appId());
    fields.put("scope", scope);
    return fields.entrySet().stream()
        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
