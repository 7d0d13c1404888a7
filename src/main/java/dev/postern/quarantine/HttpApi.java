package dev.postern.quarantine;

import dev.postern.approval.MailSystemTrouble;
import java.io.IOException;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

/**
 * A mail system's interface over HTTP. Every call has bounded time and a bounded answer, redirects
 * are not followed, and nothing is sent a second time on its own. Safe for many threads.
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
   * @param largest octets of the answer
   */
  public HttpReply get(String path, Map<String, String> fields, int largest) {
    return withClient(client -> call(client, request(path, fields).GET().build(), largest));
  }

  /**
   * Changes something, by a connection of its own: one that was kept since an earlier call may be
   * closed at the other end just when it is used, and then nobody knows what was carried out.
   *
   * @param body with its type
   */
  public HttpReply post(String path, Map<String, String> fields, Body body, int largest) {
    HttpRequest request =
        request(path, fields)
            .header("Content-Type", body.type())
            .POST(HttpRequest.BodyPublishers.ofString(body.text(), StandardCharsets.UTF_8))
            .build();
    try {
      HttpClient client = connecting();
      try {
        return call(client, request, largest);
      } finally {
        client.shutdownNow();
      }
    } catch (MailSystemTrouble untrusted) {
      return new HttpReply.NotSent(untrusted.words());
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

  private interface Call {
    HttpReply with(HttpClient client);
  }

  private HttpReply withClient(Call call) {
    HttpClient client;
    try {
      client = kept();
    } catch (MailSystemTrouble untrusted) {
      return new HttpReply.NotSent(untrusted.words());
    }
    return call.with(client);
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

  private HttpReply call(HttpClient client, HttpRequest request, int largest) {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), largest));
    try {
      HttpResponse<byte[]> response = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return new HttpReply.Answered(response.statusCode(), response.body());
    } catch (TimeoutException slow) {
      answer.cancel(true);
      return new HttpReply.Unanswered(name() + " did not answer within " + patience);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      answer.cancel(true);
      return new HttpReply.Unanswered("Postern stops");
    } catch (ExecutionException failed) {
      return failed(Optional.ofNullable(failed.getCause()).orElse(failed));
    }
  }

  private HttpReply failed(Throwable why) {
    String words = Optional.ofNullable(why.getMessage()).orElse(why.getClass().getSimpleName());
    boolean notSent =
        why instanceof ConnectException
            || why instanceof HttpConnectTimeoutException
            || why instanceof UnresolvedAddressException
            || why instanceof UnknownHostException
            || why instanceof SSLHandshakeException;
    return notSent
        ? new HttpReply.NotSent("no connection to " + name() + ": " + words)
        : new HttpReply.Unanswered("no answer of " + name() + ": " + words);
  }
}
