package dev.postern.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.approval.CaseId;
import dev.postern.approval.Choice;
import dev.postern.approval.People;
import dev.postern.evidence.Answer;
import dev.postern.store.Store;
import dev.postern.store.World;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The store of a Postern that does not run. */
class PolicySimulateTest {
  private static final String NEW =
      """
      chains:
        admins: {name: Mail admins, approvers: ["group:admins"], window: 4h}
      rules:
        - {name: first, when: "message.subject == 'Subject m1'", do: release}
        - {name: second, when: "message.subject == 'Subject m2'", do: release}
      """;

  @TempDir private Path folder;
  private ATerminal terminal = new ATerminal(Path.of(""));

  @BeforeEach
  void start() {
    terminal = new ATerminal(folder);
    terminal.file("new.yaml", NEW);
  }

  private World world() {
    World world =
        new World(
            Store.Access.to("jdbc:h2:file:" + folder.resolve("data/postern")),
            new People().and("kim"),
            (_, _, _) -> Answer.without(Answer.Status.NXDOMAIN, 60));
    world.now = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(2));
    return world;
  }

  private CaseId cases() {
    try (World world = world()) {
      CaseId released = world.held("m1");
      CaseId discarded = world.held("m2");
      world.held("m3");
      world.now = world.now.plus(Duration.ofHours(2));
      world.release(released, "kim");
      world.act(discarded, "kim", new Choice.Discard());
      return discarded;
    }
  }

  private String simulated(String... more) {
    String[] arguments = new String[more.length + 2];
    arguments[0] = "policy";
    arguments[1] = "simulate";
    System.arraycopy(more, 0, arguments, 2, more.length);
    assertThat(terminal.run(arguments)).as(terminal.err()).isZero();
    assertThat(terminal.err()).as("no bar where nobody looks").isEmpty();
    return terminal.out();
  }

  @Test
  void theFirstLinesSayWhatANewPolicyWouldDo() {
    CaseId discarded = cases();

    assertThat(simulated("--policy", "new.yaml"))
        .startsWith("3 cases of the last 90 days: new.yaml (")
        .contains(") against the built-in policy (")
        .contains("\n2 would go another way, 1 of them AGAINST what people decided\n")
        .contains("\n2 fewer to ask about, 0 more; saves 2 votes and 4 h of waiting\n")
        .containsPattern("\nfirst +release +0 +1 +1 +0 +0 +100 %\n")
        .containsPattern("\nsecond +release +0 +1 +0 +1 +0 +0 %\n")
        .containsPattern("\notherwise +ask +0 +1 +0 +0 +1 +-\n")
        .containsPattern("\nall +ask +3 +1 ")
        .contains("\n  ask      -> release          2   people released 1, discarded 1\n")
        .containsPattern(
            "people decided:\n  "
                + discarded
                + "  ask admins \\(no policy published\\) -> release \\(second\\); people discarded"
                + "  http://127.0.0.1:8080/cases/"
                + discarded
                + "\n")
        .containsPattern("\nresult sha256:[0-9a-f]{64}\n$");
  }

  @Test
  void withoutANewPolicyTheOneInForceIsComparedWithWhatWasRuledThen() {
    cases();

    assertThat(simulated())
        .contains("the built-in policy (", ") against what was ruled then\n")
        .contains("\n0 would go another way\n")
        .containsPattern("\ntest +ask +3 +0 ");
  }

  @Test
  void programsGetTheSameInJson_andTheSameResultASecondTime() throws Exception {
    CaseId discarded = cases();
    JsonNode first = Json.read(simulated("--policy", "new.yaml", "--json", "--days", "30"));

    assertThat(first.path("cases").asInt()).isEqualTo(3);
    assertThat(first.path("days").asInt()).isEqualTo(30);
    assertThat(first.path("changed").path("total").asInt()).isEqualTo(2);
    assertThat(first.path("people").path("release").path("discarded").asInt()).isEqualTo(1);
    assertThat(first.path("saved").path("waitedSeconds").asInt()).isEqualTo(4 * 3600);
    JsonNode grave = first.path("changed").path("cases").path(0);
    assertThat(grave.path("case").asText()).isEqualTo(discarded.text());
    assertThat(grave.path("againstPeople").asBoolean()).isTrue();
    assertThat(grave.path("before").path("chain").asText()).isEqualTo("admins");
    JsonNode second = Json.read(simulated("--policy", "new.yaml", "--json", "--days", "30"));
    assertThat(second.path("sha256").asText()).hasSize(64).isEqualTo(first.path("sha256").asText());
    assertThat(simulated("--policy", "new.yaml")).contains(first.path("sha256").asText());
  }

  @Test
  void noCaseIsNamedWhereNoneIsWanted() {
    cases();

    assertThat(simulated("--policy", "new.yaml", "--cases", "0")).doesNotContain("PN-");
  }

  @Test
  void casesThatCannotBeReadAreNamed() throws SQLException {
    CaseId broken = cases();
    try (var connection =
            DriverManager.getConnection(
                "jdbc:h2:file:" + folder.resolve("data/postern") + ";DATABASE_TO_LOWER=TRUE");
        var statement = connection.createStatement()) {
      statement.execute("UPDATE evidence SET canonical = 'x' WHERE case_id = '" + broken + "'");
    }

    assertThat(simulated())
        .startsWith("2 cases of ")
        .contains("Cannot be read and left out: 1\n  " + broken + "  evidence is not JSON\n");
  }

  @Test
  void anEmptyStoreHasNothingToSay() {
    world().close();

    assertThat(simulated("--policy", "new.yaml"))
        .startsWith("0 cases of the last 90 days: ")
        .doesNotContain("RULE");
  }

  @ParameterizedTest
  @CsvSource({
    "--days 0, 2, --days must be from 1 to 3650",
    "--days 3651, 2, --days must be from 1 to 3650",
    "--days x, 2, days",
    "--cases 51, 2, --cases must be from 0 to 50",
    "--policy missing.yaml, 2, missing.yaml",
    "--policy broken.yaml, 1, broken.yaml:",
  })
  void whatCannotBeUsedIsSaidInOneSentence(String given, int exit, String sentence) {
    cases();
    terminal.file("broken.yaml", "rules: [{name: x, when: 'nonsense', do: release}]\n");
    String[] words = given.split(" ", -1);

    assertThat(terminal.run("policy", "simulate", words[0], words[1])).isEqualTo(exit);
    assertThat(terminal.err()).contains(sentence);
    assertThat(terminal.out()).isEmpty();
  }

  @Test
  void whereThereAreNoCasesTheFailureSaysWhatToDo() {
    assertThat(terminal.run("policy", "simulate")).isEqualTo(Exit.UNAVAILABLE);
    assertThat(terminal.err()).contains("there are no cases at jdbc:h2:file:", "--config");
  }

  @Test
  void aBarIsDrawnOnATerminalAndWipedAtTheEnd() {
    ByteArrayOutputStream drawn = new ByteArrayOutputStream();
    Progress progress = new Progress(new PrintStream(drawn, true, StandardCharsets.UTF_8), true);
    progress.begin(1000);
    for (int i = 0; i < 1200; i++) {
      progress.step();
    }
    progress.end();

    String text = drawn.toString(StandardCharsets.UTF_8);
    assertThat(text.split("\r", -1)).hasSizeBetween(100, 104);
    assertThat(text).contains("] 50 %", "] 100 %").doesNotContain("101 %").endsWith(" \r");
  }
}
