package dev.postern.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.app.Child;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a rule in shadow to one that decides, while Postern runs and mail comes. */
class PolicyShadowIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String MESSAGE =
      "From: Shop <billing@shop.test>\r\nTo: you@corp.test\r\nSubject: Your order\r\n\r\nHello\r\n";
  private static final String POLICY =
      """
      chains:
        admins: {name: Mail admins, approvers: ["group:admins"], window: 4h}
      rules:
        - name: tried
          when: message.subject == 'Your order'
          do: discard
          shadow: true   # not yet
        - {name: orders, when: message.subject.startsWith('Your'), do: release}
      """;

  @TempDir private Path folder;
  private ATerminal terminal = new ATerminal(Path.of(""));

  private JsonNode shadow() throws Exception {
    assertThat(terminal.run("policy", "shadow", "--json")).as(terminal.err()).isZero();
    return Json.read(terminal.out()).path("rules").path(0);
  }

  @Test
  void mailThatPassesAtOnceIsCounted_andThePromotedRuleRefusesTheNextOne() throws Exception {
    terminal = new ATerminal(folder);
    terminal.file("policy.yaml", POLICY).file("postern.conf", "policy.file = \"policy.yaml\"\n");
    try (Child postern = Child.start("try", folder, Map.of("POSTERN_DNS_SERVERS", "127.0.0.1:9"))) {
      terminal.environment.put("POSTERN_HTTP_PORT", postern.url.replaceFirst(".*:", ""));
      assertThat(postern.mail("billing@shop.test", "you@corp.test", MESSAGE)).startsWith("250");

      Instant end = Instant.now().plus(PATIENCE);
      JsonNode rule = shadow();
      while (rule.path("passed").asInt() == 0 && Instant.now().isBefore(end)) {
        rule = shadow();
      }
      assertThat(rule.path("passed").asInt()).isEqualTo(1);
      assertThat(rule.path("messages").asInt()).isEqualTo(1);
      assertThat(Instant.parse(rule.path("since").asText())).isBefore(Instant.now());

      terminal.environment.put("POSTERN_TOKEN", "guessed");
      assertThat(terminal.run("policy", "promote", "tried")).isEqualTo(Exit.NO);
      assertThat(terminal.err()).contains("does not know this access token");
      terminal.environment.remove("POSTERN_TOKEN");
      assertThat(terminal.run("policy", "promote", "tried")).as(terminal.err()).isZero();
      assertThat(Files.readString(folder.resolve("policy.yaml")))
          .isEqualTo(POLICY.replace("shadow: true   # not yet", "# not yet"));

      String reply = "";
      while (!reply.startsWith("5") && Instant.now().isBefore(end)) {
        reply = postern.mail("billing@shop.test", "you@corp.test", MESSAGE);
      }
      assertThat(reply).as("the promoted rule is in force").startsWith("5");
    }
  }
}
