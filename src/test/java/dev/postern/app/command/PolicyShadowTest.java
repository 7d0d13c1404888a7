package dev.postern.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.approval.CaseId;
import dev.postern.approval.Choice;
import dev.postern.approval.People;
import dev.postern.evidence.Answer;
import dev.postern.policy.Policy;
import dev.postern.policy.Ruling.Shadow;
import dev.postern.store.ShadowLedger;
import dev.postern.store.Store;
import dev.postern.store.World;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What rules in shadow would have done, from the store of a Postern that does not run. */
class PolicyShadowTest {
  private static final String POLICY =
      """
      chains:
        admins: {name: Mail admins, approvers: ["group:admins"], window: 4h}
      rules:
        - {name: all of them, when: size(message.subject) > 0, do: release, shadow: true}
        - {name: asks, when: message.subject == 'Subject m1', do: ask, chain: admins, shadow: true}
      """;

  @TempDir private Path folder;
  private ATerminal terminal = new ATerminal(Path.of(""));
  private CaseId discarded = new CaseId("PN-0000-0000");
  private Instant begun = Instant.EPOCH;

  @BeforeEach
  void start() throws Exception {
    terminal = new ATerminal(folder);
    terminal.file("policy.yaml", POLICY).file("postern.conf", "policy.file = \"policy.yaml\"\n");
    Policy policy = Policy.parse(POLICY, "policy.yaml");
    try (World world =
        new World(
            Store.Access.to("jdbc:h2:file:" + folder.resolve("data/postern")),
            new People().and("kim"),
            (_, _, _) -> Answer.without(Answer.Status.NXDOMAIN, 60))) {
      world.now = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(3));
      world.held("m0"); // before the rules were there
      world.now = world.now.plus(Duration.ofDays(1));
      begun = world.now;
      try (ShadowLedger ledger = world.store().shadows(() -> policy)) {
        ledger.note(List.of(new Shadow("all of them", "release")), world.now, true);
        ledger.note(List.of(new Shadow("all of them", "release")), world.now, false);
      }
      CaseId released = world.held("m1");
      discarded = world.held("m2");
      world.held("m3");
      world.release(released, "kim");
      world.act(discarded, "kim", new Choice.Discard());
    }
  }

  @Test
  void eachRuleHasALineWithWhatPeopleDecided_andTheExceptionsAreNamed() {
    assertThat(terminal.run("policy", "shadow")).as(terminal.err()).isZero();

    assertThat(terminal.out())
        .containsPattern(
            "\nall of them +release +"
                + begun.toString().substring(0, 10)
                + " +3 +1 +1 +1/2 +9 %\n")
        .containsPattern("\nasks +ask +" + begun.toString().substring(0, 10) + " +1 +0 +0 +- +-\n")
        .contains(
            "People decided the other way than rule all of them:\n  "
                + discarded
                + "  http://127.0.0.1:8080/cases/"
                + discarded
                + "\n");
  }

  @Test
  void programsGetItInJson() throws Exception {
    assertThat(terminal.run("policy", "shadow", "--json")).isZero();

    JsonNode rule = Json.read(terminal.out()).path("rules").path(0);
    assertThat(rule.path("rule").asText()).isEqualTo("all of them");
    assertThat(rule.path("since").asText()).isEqualTo(begun.toString());
    assertThat(rule.path("messages").asInt()).isEqualTo(5);
    assertThat(rule.path("agreed").asInt()).isEqualTo(1);
    assertThat(rule.path("exceptions").path(0).asText()).isEqualTo(discarded.text());
  }

  @Test
  void aRuleThatSaysSomethingElseByNowBeginsAnew_andIsTriedOnAllCases() {
    terminal.file("policy.yaml", POLICY.replace("> 0", "> 1"));

    assertThat(terminal.run("policy", "shadow")).isZero();
    assertThat(terminal.out()).containsPattern("\nall of them +release +not known +4 +0 +0 ");
  }

  @Test
  void aPolicyWithoutSuchRulesSaysSo() {
    terminal.file("postern.conf", "");

    assertThat(terminal.run("policy", "shadow")).isZero();
    assertThat(terminal.out()).matches("no rule of policy version [0-9a-f]{12} is in shadow\n");
  }

  @Test
  void whatCannotBeUsedIsSaidInOneSentence() {
    assertThat(terminal.run("policy", "shadow", "--days", "0")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).isEqualTo("--days must be from 1 to 3650\n");
  }
}
