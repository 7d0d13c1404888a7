package dev.postern.quarantine;

import dev.postern.approval.MailSystemTrouble;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

/**
 * A mail system's interface over HTTP. Every call has bounded time and a bounded answer; redirects
 * are not followed, since they would carry a token elsewhere; nothing is sent a second time on its
 * own. Safe for many threads.
 */
public final class HttpApi {
  private static final Duration TO_CONNECT = Duration.ofSeconds(5);

  private final URI base;
  private final HttpTrust trust;
  private final Duration patience;
  private Optional<HttpClient> reading = Optional.empty();

  /**
   * Takes the address; nothing is connected yet.
   *
   * @param base what paths are added to; without a slash at its end
   * @param patience how long a call may take, with all of its answer
   */
  public HttpApi(URI base, HttpTrust trust, Duration patience) {
    this.base = base;
    this.trust = trust;
    this.patience = patience;
  }

  /** What it is called in words for an operator. */
  public String name() {
    return base.getHost() + (base.getPort() < 0 ? "" : ":" + base.getPort());
  }

  /**
   * Reads something.
   *
   * @param path what is added to the address, with its query; the caller has encoded what is in it
   * @param body what is kept of the answer, whatever its status is
   */
  public <T> HttpReply<T> get(String path, Map<String, String> fields, HttpBody<T> body) {
    HttpClient client;
    try {
      client = kept();
    } catch (MailSystemTrouble untrusted) {
      return new HttpReply.NotSent<>(untrusted.words());
    }
    return call(client, request(path, fields).GET().build(), body);
  }

  /**
   * Changes something, by a connection of its own: one that was kept since an earlier call may be
   * closed at the other end just when it is used, and then nobody knows what was carried out.
   *
   * @param sent with its type
   */
  public <T> HttpReply<T> post(
      String path, Map<String, String> fields, Body sent, HttpBody<T> body) {
    HttpRequest request =
        request(path, fields)
            .header("Content-Type", sent.type())
            .POST(HttpRequest.BodyPublishers.ofString(sent.text(), StandardCharsets.UTF_8))
            .build();
    try {
      HttpClient client = connecting();
      try {
        return call(client, request, body);
      } finally {
        client.shutdownNow();
      }
    } catch (MailSystemTrouble untrusted) {
      return new HttpReply.NotSent<>(untrusted.words());
    }
  }

  /**
   * What is sent.
   *
   * @param type for Content-Type
   * @param text sent as UTF-8
   */
  public record Body(String type, String text) {
    /** JSON. */
    public static Body json(String text) {
      return new Body("application/json", text);
    }

    /** A form, encoded already. */
    public static Body form(String text) {
      return new Body("application/x-www-form-urlencoded", text);
    }

    /** Never what is sent, which may be a password. */
    @Override
    public String toString() {
      return "Body[" + type + "]";
    }
  }

  private synchronized HttpClient kept() {
    HttpClient client = reading.orElseGet(this::connecting);
    reading = Optional.of(client);
    return client;
  }

  private HttpClient connecting() {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(TO_CONNECT);
    try {
      trust.context().ifPresent(builder::sslContext);
    } catch (IOException | GeneralSecurityException unreadable) {
      throw new MailSystemTrouble(
          "the certificates for " + name() + " cannot be read: " + unreadable.getMessage(),
          unreadable);
    }
    return builder.build();
  }

  private HttpRequest.Builder request(String path, Map<String, String> fields) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(patience);
    fields.forEach(request::header);
    return request;
  }

  /** The time limit of the request itself would end with the head of the answer. */
  private <T> HttpReply<T> call(HttpClient client, HttpRequest request, HttpBody<T> body) {
    CompletableFuture<HttpResponse<InputStream>> coming =
        client.sendAsync(request, BodyHandlers.ofInputStream());
    try {
      return coming
          .thenApplyAsync(answer -> whole(answer, body), Thread::startVirtualThread)
          .get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException slow) {
      leave(coming);
      return new HttpReply.Unanswered<>(name() + " did not answer within " + patience);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      leave(coming);
      return new HttpReply.Unanswered<>("Postern stops");
    } catch (ExecutionException failed) {
      return failed(Optional.ofNullable(failed.getCause()).orElse(failed));
    }
  }

  private static <T> HttpReply<T> whole(HttpResponse<InputStream> answer, HttpBody<T> body) {
    try (InputStream octets = answer.body()) {
      return new HttpReply.Answered<>(
          answer.statusCode(),
          answer.headers().firstValue("Retry-After").orElse(""),
          body.read(octets));
    } catch (IOException brokeOff) {
      throw new CompletionException(brokeOff);
    }
  }

  /** Whoever still reads the answer finds it closed. */
  private static void leave(CompletableFuture<HttpResponse<InputStream>> coming) {
    coming.cancel(true);
    if (coming.state() == Future.State.SUCCESS) {
      try {
        coming.resultNow().body().close();
      } catch (IOException alreadyBroken) {
        // There is nothing left to close.
      }
    }
  }

  private <T> HttpReply<T> failed(Throwable why) {
    String words = Optional.ofNullable(why.getMessage()).orElse(why.getClass().getSimpleName());
    boolean notSent =
        why instanceof ConnectException
            || why instanceof HttpConnectTimeoutException
            || why instanceof UnresolvedAddressException
            || why instanceof UnknownHostException
            || why instanceof SSLHandshakeException;
    return notSent
        ? new HttpReply.NotSent<>("no connection to " + name() + ": " + words)
        : new HttpReply.Unanswered<>("no answer of " + name() + ": " + words);
  }
}
