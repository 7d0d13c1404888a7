package dev.postern.quarantine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Carries a request to a web service and brings the answer: in bounded time, of bounded size, once.
 * No redirects: they would carry the token elsewhere. No second try: nobody knows what the first
 * one did. Safe for many threads.
 */
public final class WebCalls {
  private static final Duration TO_CONNECT = Duration.ofSeconds(5);

  /** A whole message may stand in one text; how large an answer may be is bounded before. */
  private static final StreamReadConstraints LONG_TEXTS =
      StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build();

  private static final ObjectMapper JSON =
      new ObjectMapper(JsonFactory.builder().streamReadConstraints(LONG_TEXTS).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Duration patience;
  private final HttpClient http;

  /** Waits so long for a whole answer. */
  public WebCalls(Duration patience) {
    this.patience = patience;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(TO_CONNECT)
            .build();
  }

  /**
   * What came back.
   *
   * @param retryAfter the header {@code Retry-After}; empty without one
   * @param json the body; missing when it is none
   */
  public record Reply(int status, String retryAfter, JsonNode json) {
    /** Whether it was done. */
    public boolean fine() {
      return status >= 200 && status < 300;
    }

    /** Says no content: it may hold a token or mail. */
    @Override
    public String toString() {
      return "Reply[status=%d]".formatted(status);
    }
  }

  /**
   * Sends a request and waits for the whole answer.
   *
   * @param largest octets of an answer
   * @throws IOException when none came in time, or a larger one
   */
  public Reply carry(HttpRequest.Builder request, int largest) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> coming =
        http.sendAsync(
            request.timeout(patience).build(),
            BodyHandlers.limiting(BodyHandlers.ofByteArray(), largest));
    try {
      HttpResponse<byte[]> answer = coming.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      String pause = answer.headers().firstValue("Retry-After").orElse("");
      return new Reply(answer.statusCode(), pause, json(answer.body()));
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

  private static JsonNode json(byte[] octets) {
    try {
      return JSON.readTree(octets);
    } catch (IOException noJson) {
      return MissingNode.getInstance();
    }
  }
}
