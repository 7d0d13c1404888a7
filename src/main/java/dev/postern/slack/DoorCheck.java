package dev.postern.slack;

import dev.postern.card.Finding;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Whether the secret is right that proves Slack's requests by HTTP. */
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

  Finding look() {
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build()) {
      return secret(client);
    }
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
}
