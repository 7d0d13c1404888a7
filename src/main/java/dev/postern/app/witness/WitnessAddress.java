package dev.postern.app.witness;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** An address that takes a checkpoint by POST, as text, and answers 2xx once it keeps it. */
final class WitnessAddress implements Place {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final URI url;
  private final HttpClient http;

  WitnessAddress(URI url) {
    this.url = url;
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  @Override
  public void put(String note) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(PATIENCE)
            .header("Content-Type", "text/plain; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString(note, StandardCharsets.UTF_8))
            .build();
    int status;
    try {
      status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new IOException(url + " does not answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the post to " + url + " was given up at the stop", e);
    }
    if (status / 100 != 2) {
      throw new IOException(url + " answered " + status);
    }
  }
}
