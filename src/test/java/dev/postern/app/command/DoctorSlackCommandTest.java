package dev.postern.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.slack.StrictSlack;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorSlackCommandTest {
  @TempDir private Path folder;

  private StrictSlack slack;
  private ATerminal terminal;

  @BeforeEach
  void open() {
    slack = new StrictSlack();
    terminal = new ATerminal(folder);
    configure(Map.of());
  }

  @AfterEach
  void close() {
    slack.close();
  }

  private void configure(Map<String, String> others) {
    Map<String, String> all = new TreeMap<>(slack.settings());
    all.put("http.port", "1"); // no Postern runs here
    all.putAll(others);
    terminal.file(
        "postern.conf",
        all.entrySet().stream()
            .map(entry -> entry.getKey() + " = \"" + entry.getValue() + "\"\n")
            .collect(Collectors.joining()));
  }

  @Test
  void whereNothingIsWrongItExitsWithZeroAndPostsNothing() {
    assertThat(terminal.run("doctor", "slack")).as(terminal.out() + terminal.err()).isZero();

    assertThat(terminal.out())
        .contains("well     The bot token is good")
        .contains("advice   http.public-url is not set")
        .contains("         Mend: ")
        .doesNotContain("xoxb-");
    assertThat(slack.messages()).isZero();
  }

  @Test
  void theTestCardIsPostedWhenItIsAskedFor() {
    assertThat(terminal.run("doctor", "slack", "--card")).isZero();

    assertThat(terminal.out()).contains("A test card stands in channel " + StrictSlack.CHANNEL);
    assertThat(slack.messages()).isEqualTo(1);
  }

  @Test
  void somethingWrongIsOne() {
    configure(Map.of("slack.bot-token", "xoxb-another"));

    assertThat(terminal.run("doctor", "slack")).isEqualTo(Exit.NO);
    assertThat(terminal.out()).contains("wrong    Slack answers invalid_auth to auth.test");
    assertThat(terminal.err()).isEmpty();
  }

  @Test
  void aSlackThatCannotBeReachedIsThree() {
    configure(Map.of("slack.api-url", "http://127.0.0.1:1/api/"));

    assertThat(terminal.run("doctor", "slack")).isEqualTo(Exit.UNAVAILABLE);
    assertThat(terminal.out()).contains("unknown  Slack does not answer auth.test");
  }

  @Test
  void withoutSlackThereIsNothingToLookAt() {
    terminal.file("postern.conf", "");

    assertThat(terminal.run("doctor", "slack")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains("Slack is off: set slack.bot-token");
  }

  @Test
  void aPartMustBeNamed() {
    assertThat(terminal.run("doctor")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains("Which part?");
  }

  @Test
  void theUserGroupsAndChannelsOfThePolicyAreLookedAt() {
    terminal.file(
        "policy.yaml",
        """
        chains:
          mail:
            stages:
              - {name: Mail, approvers: ["slack-group:S0NOSUCH"], window: 1h, notify: ["slack:C0TOLD"]}
        rules: []
        """);
    configure(Map.of("policy.file", "policy.yaml"));

    assertThat(terminal.run("doctor", "slack")).isEqualTo(Exit.NO);
    assertThat(terminal.out()).contains("User group S0NOSUCH", "channel C0TOLD");
  }

  @Test
  void machinesReadJson() throws Exception {
    assertThat(terminal.run("doctor", "slack", "--json")).isZero();

    JsonNode answer = Json.read(terminal.out());
    assertThat(answer.path("ok").asBoolean()).isTrue();
    assertThat(answer.at("/findings/0/grade").asText()).isEqualTo("well");
    assertThat(answer.at("/findings/0/what").asText()).contains("bot token");
    assertThat(terminal.out()).matches("\\A\\p{ASCII}*\\z");
  }
}
