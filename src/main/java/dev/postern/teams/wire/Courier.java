package dev.postern.teams.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.postern.card.HttpDate;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

/**
 * Carries a request to Microsoft and brings the answer: in bounded time, of bounded size, once. No
 * redirects: they would carry the token elsewhere. No second try: a message that was posted before
 * the connection broke would be posted twice. Safe for many threads.
 */
public final class Courier implements AutoCloseable {
  private static final Duration TO_CONNECT = Duration.ofSeconds(3);
  private static final int LARGEST_ANSWER = 2 * 1024 * 1024;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** One request a connection at a time, so that one knows whether it went out. */
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(TO_CONNECT)
          .build();

  /**
   * What came back.
   *
   * @param retryAfter the header {@code Retry-After}; empty without one
   * @param sent when, by the other's clock; empty where it does not say
   * @param json the body; missing when it is none
   */
  record Reply(int status, String retryAfter, Optional<Instant> sent, JsonNode json) {
    boolean fine() {
      return status >= 200 && status < 300;
    }

    /** Says no content: it may hold a token. */
    @Override
    public String toString() {
      return "Reply[status=%d]".formatted(status);
    }
  }

  /**
   * Sends a request and waits for the whole answer.
   *
   * @throws IOException when none came in time; {@link #unsent} tells whether the request went out
   */
  Reply carry(HttpRequest.Builder request, Deadline by) throws IOException {
    Duration left = by.left();
    if (!left.isPositive()) {
      throw new HttpConnectTimeoutException("no time was left");
    }
    CompletableFuture<HttpResponse<byte[]>> coming =
        http.sendAsync(
            request.timeout(left).build(),
            BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER));
    try {
      HttpResponse<byte[]> answer = coming.get(left.toNanos(), TimeUnit.NANOSECONDS);
      String pause = answer.headers().firstValue("Retry-After").orElse("");
      Optional<Instant> sent = answer.headers().firstValue("Date").flatMap(HttpDate::read);
      return new Reply(answer.statusCode(), pause, sent, json(answer.body()));
    } catch (TimeoutException late) {
      // The time limit of the request itself ends with the headers of the answer.
      coming.cancel(true);
      throw new HttpTimeoutException("the answer did not come to its end");
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException io ? io : new IOException(failed.getCause());
    } catch (InterruptedException stopped) {
      coming.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while waiting for an answer");
    }
  }

  /** Octets as JSON; missing when they are none. */
  static JsonNode json(byte[] octets) {
    try {
      return JSON.readTree(octets);
    } catch (JsonProcessingException noJson) {
      return MissingNode.getInstance();
    } catch (IOException impossible) {
      throw new AssertionError("octets in memory could not be read", impossible);
    }
  }

  /** Whether a request that failed so was never sent. */
  static boolean unsent(IOException failure) {
    return failure instanceof ConnectException
        || failure instanceof HttpConnectTimeoutException
        || failure instanceof UnknownHostException
        || failure instanceof SSLHandshakeException;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
