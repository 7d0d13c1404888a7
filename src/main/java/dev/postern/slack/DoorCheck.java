package dev.postern.slack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where Slack's requests arrive by HTTP: the secret that proves them, and the way from outside. */
final class DoorCheck {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String PLACE =
      "api.slack.com/apps → your app → Basic Information → App Credentials → Signing Secret: copy it"
          + " to slack.signing-secret.";

  private final SlackSettings settings;
  private final Surroundings around;

  DoorCheck(SlackSettings settings, Surroundings around) {
    this.settings = settings;
    this.around = around;
  }

  List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build()) {
      findings.add(secret(client));
      findings.add(way(client));
    }
    return findings;
  }

  /** Slack tells nobody whether a secret is the right one: that shows only when it signs. */
  private Finding secret(HttpClient client) {
    String why = "With another app's secret every click and command of Slack is refused.";
    if (!settings.signingSecret().matches("[0-9a-f]{32}")) {
      return Finding.wrong(
          "slack.signing-secret is not 32 digits of 0-9 and a-f, as Slack's are.", why, PLACE);
    }
    Optional<String> told = readiness(client);
    if (told.filter(line -> line.contains(Slack.REFUSED)).isPresent()) {
      return Finding.wrong(
          "The Postern that runs here had to refuse requests because their signature is not right.",
          why,
          PLACE + " If it is the same already, a proxy changes the body: let it pass untouched.");
    }
    String form = "slack.signing-secret has the form of Slack's";
    return told.isPresent()
        ? Finding.well(form + ", and nothing that came to the Postern here speaks against it.")
        : Finding.advice(
            form + "; whether it is this app's shows when Postern runs.",
            why,
            "Start Postern, type /postern help in Slack, and run this again: it reads from"
                + " /readyz whether signatures were refused.");
  }

  /** The line about Slack of a Postern on this machine; empty where none answers. */
  private Optional<String> readiness(HttpClient client) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(around.here().resolve("/readyz")).timeout(PATIENCE).build();
      return client
          .send(request, BodyHandlers.ofString())
          .body()
          .lines()
          .filter(line -> line.startsWith("slack: "))
          .findFirst();
    } catch (IOException nobody) {
      return Optional.empty();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private Finding way(HttpClient client) {
    String why = "Slack sends clicks and commands there; without it every button shows a warning.";
    if (around.publicUrl().isEmpty()) {
      return Finding.advice(
          "http.public-url is not set, so that the way from outside was not tried.",
          why,
          "Set http.public-url; or connect by Socket Mode, which needs no address.");
    }
    URI entrance = around.publicUrl().get().resolve(SlackEntrance.PATH);
    boolean safe =
        "https".equals(entrance.getScheme())
            || SlackSettings.isLoopback(String.valueOf(entrance.getHost()));
    if (!safe) {
      return Finding.wrong(
          "http.public-url does not begin with https://.", why, "Slack posts to HTTPS only.");
    }
    return tried(client, entrance, why);
  }

  /** What an unsigned request is answered with; only Postern says just that. */
  private static Finding tried(HttpClient client, URI entrance, String why) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(entrance)
              .timeout(PATIENCE)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString("{}"))
              .build();
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      return answer.statusCode() == 401 && answer.body().contains("Not signed by Slack")
          ? Finding.well(
              "Postern answers at " + entrance + ", as far as one can tell from this machine.")
          : Finding.wrong(
              "Something else than Postern answers at "
                  + entrance
                  + ": HTTP "
                  + answer.statusCode()
                  + ".",
              why,
              "Have the reverse proxy hand POST "
                  + SlackEntrance.PATH
                  + " to Postern: no sign-in of its own, no redirect, body untouched.");
    } catch (IOException nobody) {
      return Finding.advice(
          "Nobody answers at "
              + entrance
              + " as seen from this machine ("
              + nobody.getClass().getSimpleName()
              + ").",
          why,
          "Try it from outside: any answer 401 \"Not signed by Slack\" is right. Check DNS,"
              + " certificate and firewall, and that Postern runs.");
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return Finding.unknown("The way from outside was not tried.", why);
    }
  }
}
