package dev.postern.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.app.Child;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cases of a Postern that runs, and of the same one when it does not. */
class PolicySimulateIT {
  /** Five of the samples are asked about, and both that are sent. */
  private static final int CASES = 7;

  private static final int MOST_LOOKS = 500;

  private static final String MESSAGE =
      "From: Shop <billing@shop.test>\r\nTo: you@corp.test\r\nSubject: Your order\r\n\r\nHello\r\n";

  @TempDir private Path folder;

  @Test
  void aRunningPosternGivesItsCases_andTheResultIsThatOfItsStore() throws Exception {
    ATerminal terminal = new ATerminal(folder);
    terminal.file(
        "new.yaml",
        """
        chains:
          admins: {name: Mail admins, approvers: ["group:admins"], window: 4h}
        rules:
          - {name: orders, when: "message.subject == 'Your order'", do: release}
        """);
    String[] command = {"policy", "simulate", "--policy", "new.yaml", "--json"};
    JsonNode running;
    try (Child postern = Child.start("try", folder, Map.of("POSTERN_DNS_SERVERS", "127.0.0.1:9"))) {
      postern.mail("billing@shop.test", "you@corp.test", MESSAGE);
      postern.mail("billing@shop.test", "you@corp.test", MESSAGE);
      terminal.environment.put("POSTERN_HTTP_PORT", postern.url.replaceFirst(".*:", ""));
      running = all(terminal, command);

      terminal.environment.put("POSTERN_TOKEN", "guessed");
      assertThat(terminal.run(command)).isEqualTo(Exit.NO);
      assertThat(terminal.err()).contains("does not know this access token");
      terminal.environment.remove("POSTERN_TOKEN");
    }
    assertThat(running.path("changed").path("total").asInt()).isEqualTo(2);
    assertThat(running.has("inForceElsewhere")).isFalse();
    while (terminal.run(command) == Exit.UNAVAILABLE) {
      assertThat(terminal.err()).contains("no Postern answers"); // it is about to be gone
    }
    JsonNode closed = Json.read(terminal.out());
    assertThat(closed.path("sha256")).isEqualTo(running.path("sha256"));
    assertThat(closed.path("rules")).isEqualTo(running.path("rules"));
  }

  /** The result over all cases: the samples of {@code try} come one by one meanwhile. */
  private static JsonNode all(ATerminal terminal, String... command) throws Exception {
    JsonNode result = Json.read("{}");
    for (int i = 0; i < MOST_LOOKS && result.path("cases").asInt() < CASES; i++) {
      assertThat(terminal.run(command)).as(terminal.err()).isZero();
      result = Json.read(terminal.out());
    }
    assertThat(result.path("cases").asInt()).isEqualTo(CASES);
    return result;
  }
}
