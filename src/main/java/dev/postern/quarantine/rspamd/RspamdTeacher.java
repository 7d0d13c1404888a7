package dev.postern.quarantine.rspamd;

import dev.postern.mail.RawMessage;
import dev.postern.quarantine.OneLine;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Has rspamd learn a message, by its controller ({@code POST /learnham}, {@code /learnspam}). Once:
 * what it does not take is not given to it again, since nothing but its statistics hangs on it.
 * Safe for any number of threads.
 */
public final class RspamdTeacher implements AutoCloseable {
  private static final Duration TO_CONNECT = Duration.ofSeconds(5);
  private static final int MOST_WORDS = 300;
  private static final int LARGEST_ANSWER = 16 * 1024;

  private final TeacherSettings settings;
  private final Duration patience;
  private final HttpClient http;

  /**
   * Takes the address; nothing is connected yet.
   *
   * @param patience how long all of it may take, to the end of the answer
   */
  public RspamdTeacher(TeacherSettings settings, Duration patience) {
    this.settings = settings;
    this.patience = patience;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TO_CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** What a message is. */
  public enum Kind {
    HAM("learnham"),
    SPAM("learnspam");

    private final String path;

    Kind(String path) {
      this.path = path;
    }
  }

  /**
   * What came of it.
   *
   * @param learned whether rspamd knows it now, or did before
   * @param words its own, or why there are none; hostile
   */
  public record Lesson(boolean learned, String words) {}

  /** Gives it one message. */
  public Lesson teach(Kind kind, RawMessage message) {
    HttpRequest request =
        HttpRequest.newBuilder(address(kind))
            .header("Password", settings.password())
            .header("Content-Type", "message/rfc822")
            .timeout(patience)
            .POST(BodyPublishers.ofByteArray(message.octets()))
            .build();
    // The time of a request ends with the headers of its answer, and a body may never end.
    CompletableFuture<HttpResponse<byte[]>> coming =
        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER));
    try {
      HttpResponse<byte[]> answer = coming.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      // 204 is what rspamd answers where nothing wanted to learn; 208 where it had learned before.
      boolean learned = answer.statusCode() == 200 || answer.statusCode() == 208;
      return new Lesson(learned, words(answer));
    } catch (ExecutionException away) {
      Throwable why = away.getCause();
      return new Lesson(
          false, Optional.ofNullable(why).map(Throwable::getMessage).orElse("no answer"));
    } catch (TimeoutException late) {
      coming.cancel(true);
      return new Lesson(false, "no whole answer within " + patience.toMillis() + " ms");
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      coming.cancel(true);
      return new Lesson(false, "Postern stops");
    }
  }

  private URI address(Kind kind) {
    String base = settings.controller().toString();
    return URI.create((base.endsWith("/") ? base : base + "/") + kind.path);
  }

  private static String words(HttpResponse<byte[]> answer) {
    String text = new String(answer.body(), StandardCharsets.UTF_8);
    return OneLine.of(answer.statusCode() + " " + text, MOST_WORDS);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
