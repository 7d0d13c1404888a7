package dev.postern.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.approval.CaseId;
import dev.postern.approval.Choice;
import dev.postern.approval.People;
import dev.postern.evidence.Answer;
import dev.postern.store.Store;
import dev.postern.store.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules that are proposed of what people decided, and adopted when somebody says so. */
class PolicySuggestTest {
  private static final String POLICY =
      """
      chains:
        admins: {name: Mail admins, approvers: ["group:admins"], window: 4h}
      rules:
        # All that is not known
        - name: test
          when: size(message.subject) > 0
          do: ask
          chain: admins
      """;

  @TempDir private Path folder;
  private ATerminal terminal = new ATerminal(Path.of(""));
  private String exception = "";

  @BeforeEach
  void start() {
    terminal = new ATerminal(folder);
    terminal.file("policy.yaml", POLICY).file("postern.conf", "policy.file = \"policy.yaml\"\n");
    try (World world =
        new World(
            Store.Access.to("jdbc:h2:file:" + folder.resolve("data/postern")),
            new People().and("kim").and("lee"),
            (_, _, _) -> Answer.without(Answer.Status.NXDOMAIN, 60))) {
      world.now = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(20));
      for (int i = 0; i < 15; i++) {
        world.now = world.now.plus(Duration.ofDays(1));
        CaseId id = world.held("m" + i);
        if (i == 14) {
          exception = id.text();
          world.release(id, "kim");
        } else {
          world.act(id, i % 2 == 0 ? "kim" : "lee", new Choice.Discard());
        }
      }
    }
  }

  private String policy() throws IOException {
    return Files.readString(folder.resolve("policy.yaml"));
  }

  @Test
  void aRuleIsShownAsItWouldBePasted_withItsFiguresAndWhatSpeaksAgainstIt() throws IOException {
    assertThat(terminal.run("policy", "suggest")).as(terminal.err()).isZero();

    assertThat(terminal.out())
        .startsWith("1 of what people decided in the last 90 days a rule could do:\n\n")
        .contains(
            "1. Above rule test, in shadow; people decided so 14 of 15 times, at least 70 %:\n")
        .contains("     - name: discard claims evil.example ")
        .contains("       when: >-\n         dmarc.result != 'pass'\n")
        .contains("       shadow: true\n   It saves 15 votes and ")
        .contains("   Decided the other way: " + exception + "\n");
    assertThat(policy()).isEqualTo(POLICY);
  }

  @Test
  void adoptedItStandsInShadowAboveTheRuleThatAsks() throws IOException {
    assertThat(terminal.run("policy", "suggest", "--adopt", "1")).as(terminal.err()).isZero();

    assertThat(terminal.out()).contains("+  # Proposed on ", "+    shadow: true\n", "is in shadow");
    assertThat(policy())
        .containsPattern(
            "rules:\n  # Proposed on [0-9-]{10}: people decided so 14 of 15 times, at least 70 %\\.\n"
                + "  - name: discard claims evil\\.example ")
        .endsWith(POLICY.substring(POLICY.indexOf("  # All that")));
    assertThat(terminal.run("policy", "check", "policy.yaml")).isZero();
    assertThat(terminal.run("policy", "suggest")).isZero();
    assertThat(terminal.out()).startsWith("Nothing is decided so much alike");
    assertThat(terminal.run("policy", "shadow")).isZero();
    assertThat(terminal.out()).containsPattern("discard claims evil\\.example.* 14/15 +70 %\n");
  }

  @Test
  void programsGetItInJson() throws Exception {
    assertThat(terminal.run("policy", "suggest", "--json", "--least", "20")).isZero();
    assertThat(Json.read(terminal.out()).path("suggestions")).isEmpty();
    assertThat(terminal.run("policy", "suggest", "--json")).isZero();

    JsonNode first = Json.read(terminal.out()).path("suggestions").path(0);
    assertThat(first.path("ready").asBoolean()).isTrue();
    assertThat(first.path("above").asText()).isEqualTo("test");
    assertThat(first.path("agreed").asInt()).isEqualTo(14);
    assertThat(first.path("exceptions").path(0).asText()).isEqualTo(exception);
    assertThat(first.path("yaml").asText()).contains("shadow: true");
  }

  @ParameterizedTest
  @CsvSource({
    "--adopt 2, 1, --adopt must be from 1 to 1",
    "--adopt 0, 1, --adopt must be from 1 to 1",
    "--least 2, 2, --least must be from 3 to 1000000",
    "--days 0, 2, --days must be from 1 to 3650",
  })
  void whatCannotBeDoneIsSaidInOneSentence(String given, int exit, String sentence)
      throws IOException {
    String[] words = given.split(" ", -1);

    assertThat(terminal.run("policy", "suggest", words[0], words[1])).isEqualTo(exit);
    assertThat(terminal.err()).contains(sentence);
    assertThat(policy()).isEqualTo(POLICY);
  }

  @Test
  void theBuiltInPolicyIsNotWrittenTo() {
    terminal.file("postern.conf", "");

    assertThat(terminal.run("policy", "suggest")).as(terminal.err()).isZero();
    assertThat(terminal.run("policy", "suggest", "--adopt", "1")).isEqualTo(Exit.NO);
    assertThat(terminal.err()).contains("start a file from a copy of it");
  }
}
