package dev.postern.teams.door;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches the keys that an issuer publishes: its OpenID configuration, then the key set that it
 * names (learn.microsoft.com, "Authentication with the Bot Connector API", steps 2 and 3).
 */
final class KeySource implements AutoCloseable {
  /** For each of the two documents; the second is fetched only after the first. */
  static final Duration PATIENCE = Duration.ofMillis(1_500);

  private static final long LARGEST = 512 * 1024;

  private final String issuer;
  private final URI configuration;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  KeySource(String issuer, URI configuration) {
    this.issuer = issuer;
    this.configuration = configuration;
  }

  /**
   * The keys by their id, at least one.
   *
   * @throws IOException saying where and why they are not to be had
   */
  Map<String, SigningKey> fetch() throws IOException {
    JsonNode told = document(configuration);
    // OpenID Connect Discovery §4.3: the issuer must be the one that was asked about.
    if (!told.path("issuer").asText().equals(issuer)) {
      throw new IOException(configuration + " speaks for another issuer than " + issuer);
    }
    Map<String, SigningKey> keys = new HashMap<>();
    for (JsonNode entry : document(keySet(told)).path("keys")) {
      SigningKey.read(entry).ifPresent(key -> keys.put(key.id(), key));
    }
    if (keys.isEmpty()) {
      throw new IOException(configuration + " leads to no key for RS256");
    }
    return Map.copyOf(keys);
  }

  private URI keySet(JsonNode told) throws IOException {
    return StrictJson.text(told, "/jwks_uri")
        .flatMap(ServiceUrl::read) // only to see that it is an address without tricks
        .map(_ -> URI.create(told.path("jwks_uri").asText()))
        .filter(it -> it.getScheme().equals("https") || alike(it))
        .orElseThrow(() -> new IOException(configuration + " names no safe jwks_uri"));
  }

  /** What is not encrypted stays where the configuration itself came from. */
  private boolean alike(URI keys) {
    return keys.getScheme().equals(configuration.getScheme())
        && keys.getRawAuthority().equals(configuration.getRawAuthority());
  }

  private JsonNode document(URI address) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Accept", "application/json")
            .timeout(PATIENCE)
            .build();
    CompletableFuture<HttpResponse<byte[]>> coming =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
    try {
      HttpResponse<byte[]> response = coming.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != 200) {
        throw new IOException(address + " answers " + response.statusCode());
      }
      return StrictJson.read(response.body())
          .orElseThrow(() -> new IOException(address + " answers no JSON object"));
    } catch (TimeoutException late) {
      throw new IOException(address + " does not answer within " + PATIENCE.toMillis() + " ms");
    } catch (ExecutionException failed) {
      throw new IOException(address + " cannot be reached: " + failed.getCause(), failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException(address + " was not waited for", stopped);
    } finally {
      coming.cancel(true);
    }
  }

  /** Where the keys are looked for. */
  URI configuration() {
    return configuration;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
