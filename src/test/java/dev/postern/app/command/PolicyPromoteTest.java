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
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rule leaves its shadow: in the text of the file, and only where nothing speaks against it. */
class PolicyPromoteTest {
  private static final String POLICY =
      """
      chains:
        admins: {name: Mail admins, approvers: ["group:admins"], window: 4h}
      rules:
        - name: good       # people let it pass
          when: message.subject == 'Subject m1'
          do: release
          shadow: true
        - {name: bad, when: "message.subject == 'Subject m2'", do: release, shadow: true}
        - {name: idle, when: "message.subject == 'Subject m9'", do: release, shadow: true}
      """;
  private static final String PROMOTED = POLICY.replaceFirst("    shadow: true\n", "");

  @TempDir private Path folder;
  private ATerminal terminal = new ATerminal(Path.of(""));
  private CaseId discarded = new CaseId("PN-0000-0000");

  @BeforeEach
  void start() {
    terminal = new ATerminal(folder);
    terminal.file("policy.yaml", POLICY).file("postern.conf", "policy.file = \"policy.yaml\"\n");
    try (World world =
        new World(
            Store.Access.to("jdbc:h2:file:" + folder.resolve("data/postern")),
            new People().and("kim"),
            (_, _, _) -> Answer.without(Answer.Status.NXDOMAIN, 60))) {
      world.now = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(2));
      CaseId released = world.held("m1");
      discarded = world.held("m2");
      world.release(released, "kim");
      world.act(discarded, "kim", new Choice.Discard());
    }
  }

  private String policy() throws IOException {
    return Files.readString(folder.resolve("policy.yaml"));
  }

  private int promote(String... more) {
    String[] arguments = new String[more.length + 2];
    arguments[0] = "policy";
    arguments[1] = "promote";
    System.arraycopy(more, 0, arguments, 2, more.length);
    return terminal.run(arguments);
  }

  @Test
  void aRuleAsPeopleDecideIsPromoted_andTheFileKeepsItsRemarksAndItsMode() throws IOException {
    Files.setPosixFilePermissions(
        folder.resolve("policy.yaml"), PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(promote("good")).as(terminal.err()).isZero();

    assertThat(policy()).isEqualTo(PROMOTED);
    assertThat(Files.getPosixFilePermissions(folder.resolve("policy.yaml")))
        .isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(folder.toFile().list()).noneMatch(name -> name.endsWith(".new"));
    assertThat(terminal.out())
        .startsWith(
            """
            --- policy.yaml
            +++ policy.yaml
            @@ -5,5 +5,4 @@
                 when: message.subject == 'Subject m1'
                 do: release
            -    shadow: true
               - {name: bad, when: "message.subject == 'Subject m2'", do: release, shadow: true}
            """)
        .contains(
            "In shadow, rule good would have settled 1 messages of the last 90 days (release).")
        .contains("People decided as it would 1 of 1 times: at least 20 %.")
        .containsPattern("\nRule good decides from now on; policy version [0-9a-f]{12}\n$");
  }

  @Test
  void aDryRunShowsTheSameAndChangesNothing() throws IOException {
    assertThat(promote("good", "--dry-run", "--until", "2199-12-31", "--limit", "5")).isZero();

    assertThat(terminal.out())
        .contains("-    shadow: true\n+    until: 2199-12-31\n+    limit: 5\n")
        .endsWith("Nothing was changed.\n");
    assertThat(policy()).isEqualTo(POLICY);
  }

  @Test
  void aRuleAgainstWhichPeopleDecidedStaysInShadow() throws IOException {
    assertThat(promote("bad")).isEqualTo(Exit.NO);

    assertThat(terminal.err())
        .isEqualTo(
            """
            People decided the other way once: %s
            Rule bad stays in shadow. Promote it with --anyway if you know better.
            """
                .formatted(discarded));
    assertThat(policy()).isEqualTo(POLICY);
    assertThat(promote("bad", "--anyway")).isZero();
    assertThat(policy())
        .contains("{name: bad, when: \"message.subject == 'Subject m2'\", do: release}");
  }

  @Test
  void aRuleThatRecordedNothingStaysInShadow() throws Exception {
    assertThat(promote("idle", "--json")).isEqualTo(Exit.NO);

    JsonNode answer = Json.read(terminal.out());
    assertThat(answer.path("ok").asBoolean(true)).isFalse();
    assertThat(answer.path("changed").asBoolean(true)).isFalse();
    assertThat(answer.path("against").path(0).asText())
        .isEqualTo("It matched no mail of the last 90 days.");
    assertThat(policy()).isEqualTo(POLICY);
  }

  @Test
  void testsBesideThePolicyMustPassUnderTheNewOne() throws IOException {
    terminal.file(
        "mine.policy-test.yaml",
        """
        policy: policy.yaml
        cases:
          - name: it asks
            evidence: {message.subject: Subject m1}
            expect: {do: ask, shadows: [good]}
        """);
    terminal.file(
        "others.policy-test.yaml",
        "cases: [{name: x, evidence: {}, expect: {do: ask, chain: admins}}]\n");

    assertThat(promote("good")).isEqualTo(Exit.NO);

    assertThat(terminal.err())
        .startsWith("FAIL  mine.policy-test.yaml:3: it asks\n")
        .contains("came      release by rule good")
        .contains(
            "mine.policy-test.yaml expects it in shadow in line 3: say there what it decides, and"
                + " promote it then")
        .doesNotContain("others");
    assertThat(policy()).isEqualTo(POLICY);
  }

  @Test
  void testsThatFailAlreadyDoNotSpeakAgainstIt() throws IOException {
    terminal.file(
        "mine.policy-test.yaml",
        """
        policy: policy.yaml
        cases:
          - {name: red, evidence: {message.subject: Other}, expect: discard}
        """);

    assertThat(promote("good")).as(terminal.err()).isZero();
  }

  @Test
  void whereTheCasesCannotBeReadItIsPromotedOnlyAnyway() throws IOException {
    terminal.file("postern.conf", "policy.file = \"policy.yaml\"\ndata = elsewhere\n");

    assertThat(promote("good")).isEqualTo(Exit.NO);
    assertThat(terminal.err()).contains("What it did in shadow is not known: there are no cases");
    assertThat(promote("good", "--anyway")).isZero();
    assertThat(policy()).isEqualTo(PROMOTED);
  }

  @Test
  void aLinkStaysALink() throws IOException {
    Files.createDirectory(folder.resolve("real"));
    Files.move(folder.resolve("policy.yaml"), folder.resolve("real/kept.yaml"));
    Files.createSymbolicLink(folder.resolve("policy.yaml"), Path.of("real/kept.yaml"));

    assertThat(promote("good")).as(terminal.err()).isZero();

    assertThat(folder.resolve("policy.yaml")).isSymbolicLink();
    assertThat(folder.resolve("real/kept.yaml")).content().isEqualTo(PROMOTED);
  }

  @Test
  void aFileThatIsNotToBeWrittenStays() throws IOException {
    Files.setPosixFilePermissions(
        folder.resolve("policy.yaml"), PosixFilePermissions.fromString("r--r--r--"));

    assertThat(promote("good")).isEqualTo(Exit.NO);
    assertThat(terminal.err()).contains("policy.yaml is not writable");
    assertThat(policy()).isEqualTo(POLICY);
  }

  @Test
  void whatSomebodyElseWroteMeanwhileStays() throws IOException {
    Path file = folder.resolve("policy.yaml");

    assertThat(refusal(file)).contains("was changed by somebody else meanwhile");
    assertThat(policy()).isEqualTo(POLICY);
    assertThat(folder.toFile().list()).noneMatch(name -> name.endsWith(".new"));
  }

  private static String refusal(Path file) {
    try {
      PolicyText.put(file, "what was read", "what is to be");
      return "";
    } catch (CommandFailure failure) {
      return String.valueOf(failure.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "god, 1, did you mean good?",
    "good --limit 0, 2, --limit must be from 1 to 999999",
    "good --until soon, 2, --until must be a date such as 2027-03-31",
    "good --until 2020-01-01, 1, policy.yaml:4: rule good ended on 2020-01-01",
    "good --days 0, 2, --days must be from 1 to 3650",
    "good --policy missing.yaml, 2, missing.yaml",
  })
  void whatCannotBeDoneIsSaidInOneSentence(String given, int exit, String sentence)
      throws IOException {
    assertThat(promote(given.split(" ", -1))).isEqualTo(exit);
    assertThat(terminal.err()).contains(sentence);
    assertThat(terminal.out()).isEmpty();
    assertThat(policy()).isEqualTo(POLICY);
  }

  @Test
  void theBuiltInPolicyCannotBeChanged() {
    terminal.file("postern.conf", "");

    assertThat(promote("good")).isEqualTo(Exit.NO);
    assertThat(terminal.err()).contains("start a file from a copy of it");
  }
}
