package dev.postern.app.command;

import dev.postern.app.settings.HostPort;
import dev.postern.card.Finding;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether the requests of a platform find their way to Postern, as far as one can tell from this
 * machine.
 *
 * @param platform who sends them
 * @param path where to
 * @param refusal what only Postern says, with 401, to a request that proves nothing
 * @param unset what to do where {@code http.public-url} is not set
 */
record WayIn(String platform, String path, String refusal, String unset) {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Tries it. */
  Finding look(Optional<URI> publicUrl) {
    if (publicUrl.isEmpty()) {
      return Finding.advice(
          "http.public-url is not set, so that the way from outside was not tried.", why(), unset);
    }
    URI entrance = publicUrl.get().resolve(path);
    boolean safe =
        "https".equals(entrance.getScheme())
            || new HostPort(bare(String.valueOf(entrance.getHost())), 0).loopback();
    return safe
        ? tried(entrance)
        : Finding.wrong(
            "http.public-url does not begin with https://.",
            why(),
            platform + " posts to HTTPS only.");
  }

  /** A host without the brackets of an IPv6 address. */
  private static String bare(String host) {
    return host.replaceAll("[\\[\\]]", "");
  }

  private String why() {
    return platform + " sends clicks and commands there; without it every button shows a warning.";
  }

  private Finding tried(URI entrance) {
    HttpRequest request =
        HttpRequest.newBuilder(entrance)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{}"))
            .build();
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build()) {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      return answer.statusCode() == 401 && answer.body().contains(refusal)
          ? Finding.well(
              "Postern answers at " + entrance + ", as far as one can tell from this machine.")
          : another(entrance, answer.statusCode());
    } catch (IOException nobody) {
      return Finding.advice(
          "Nobody answers at "
              + entrance
              + " as seen from this machine ("
              + nobody.getClass().getSimpleName()
              + ").",
          why(),
          "Try it from outside: any answer 401 \""
              + refusal
              + "\" is right. Check DNS, certificate and firewall, and that Postern runs.");
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return Finding.unknown("The way from outside was not tried.", why());
    }
  }

  private Finding another(URI entrance, int status) {
    return Finding.wrong(
        "Something else than Postern answers at " + entrance + ": HTTP " + status + ".",
        why(),
        "Have the reverse proxy hand POST "
            + path
            + " to Postern: no sign-in of its own, no redirect, body untouched.");
  }
}
