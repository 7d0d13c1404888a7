package dev.postern.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.evidence.DmarcResult;
import dev.postern.evidence.GatewayReport;
import dev.postern.policy.PolicyEdit.Edited;
import dev.postern.policy.Precedent.People;
import dev.postern.policy.Precedent.Said;
import dev.postern.policy.Precedent.Then;
import dev.postern.policy.Precedent.Work;
import dev.postern.policy.Situation.Context;
import dev.postern.policy.Suggestion.Terms;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Rules are proposed of what people decide alike, and never taken. */
class SuggestionsTest {
  private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
  private static final String POLICY =
      """
      chains: {admins: {name: A, approvers: [kim], window: 4h}}
      rules:
        - name: file that runs
          when: "'program-attached' in signals"
          do: ask
          chain: admins
        - name: of the bank
          when: dmarc.from_domain == 'bank.example'
          do: ask
          chain: admins
          overrides-grants: true
        # All else of strangers
        - name: everything
          when: sender.domain.seen == 0
          do: ask
          chain: admins
      """;

  private final List<Precedent> past = new ArrayList<>();

  private void asked(String rule, People people, String by, Consumer<ASituation> what) {
    int n = past.size();
    Instant at = Instant.parse("2026-11-01T08:00:00Z").plus(Duration.ofHours(7L * n));
    Context context =
        new Context(
            at.atZone(ZoneOffset.UTC), Optional.empty(), SenderHistory.NONE, SenderHistory.NONE);
    ASituation it = ASituation.proved();
    it.context = context;
    what.accept(it);
    Work work = new Work(1, Duration.ofHours(2), people == People.NOBODY ? List.of() : List.of(by));
    Then then = new Then(new Said(new Action.Ask("admins"), rule), people, work, false, true);
    past.add(new Precedent("PN-0000-%04d".formatted(n), it.build(), then));
  }

  private void bakery(int times, People people, String... by) {
    for (int i = 0; i < times; i++) {
      asked("everything", people, by[i % by.length], it -> it.fromDomain = "bakery.example");
    }
  }

  private static PolicyEdit policy() {
    try {
      return PolicyEdit.of(POLICY, "policy.yaml", PolicyFiles.NONE);
    } catch (PolicyProblem problem) {
      throw new AssertionError(problem);
    }
  }

  private List<Suggestion> all() {
    Suggestions first = new Suggestions(policy(), Terms.USUAL, NOW);
    past.forEach(first::take);
    SuggestionTrial second = first.trial();
    past.forEach(second::take);
    return second.done();
  }

  private List<Suggestion> ready() {
    return all().stream().filter(it -> it.missing(Terms.USUAL).isEmpty()).toList();
  }

  @Test
  void whatPeopleAlwaysReleaseIsProposedWithItsFigures() {
    bakery(19, People.RELEASED, "Kim", "Lee");
    bakery(1, People.DISCARDED, "Kim");
    bakery(3, People.NOBODY, "");

    Suggestion it = ready().getFirst();

    assertThat(ready()).hasSize(1);
    assertThat(String.join("\n", it.lines()))
        .isEqualTo(
            """
            - name: release from bakery.example
              when: >-
                dmarc.result == 'pass'
                && dmarc.from_domain == 'bakery.example'
                && !uncertain && computed
                && !signals.exists(s, s in ['%s'])
              do: release
              until: 2027-02-24
              limit: 5
              shadow: true"""
                .formatted(String.join("', '", Pattern.DANGERS)));
    assertThat(it.above()).isEqualTo("everything");
    assertThat(it.past().agreement()).isEqualTo(new Agreement(19, 1));
    assertThat(it.past().undecided()).isEqualTo(3);
    assertThat(it.past().exceptions()).containsExactly("PN-0000-0019");
    assertThat(it.past().saved()).isEqualTo(new Suggestion.Saved(23, Duration.ofHours(46)));
    assertThat(it.past().spread().people()).isEqualTo(2);
  }

  @Test
  void adoptedItStandsInShadowAboveTheRuleThatAsks_andIsNotProposedAgain() throws Exception {
    bakery(12, People.RELEASED, "Kim", "Lee");
    Suggestion it = ready().getFirst();

    Edited.Changed adopted = (Edited.Changed) policy().insert(it.lines(), it.above());

    assertThat(adopted.after()).contains("shadow: true\n  # All else of strangers\n  - name: ev");
    assertThat(adopted.policy().rules())
        .containsExactly(
            "file that runs", "of the bank", "release from bakery.example", "everything");
    Suggestions again =
        new Suggestions(
            PolicyEdit.of(adopted.after(), "policy.yaml", PolicyFiles.NONE), Terms.USUAL, NOW);
    past.forEach(again::take);
    assertThat(again.trial().done()).isEmpty();
  }

  @Test
  void whatIsMissingIsSaid() {
    bakery(12, People.RELEASED, "Kim");
    assertThat(all().getFirst().missing(Terms.USUAL)).contains("only one person decided");
    past.clear();
    bakery(12, People.RELEASED, "Kim", "Lee");
    assertThat(all().getFirst().missing(Terms.USUAL.least(20))).contains("12 of 20 cases");
    past.clear();
    bakery(9, People.RELEASED, "Kim", "Lee");
    assertThat(all()).as("fewer than ten are not looked at").isEmpty();
    bakery(9, People.DISCARDED, "Kim", "Lee");
    assertThat(all()).as("people are of two minds").isEmpty();
  }

  @Test
  void nothingDangerousOrUncertainIsEverReleasedByAProposal() {
    for (int i = 0; i < 30; i++) {
      String by = i % 2 == 0 ? "Kim" : "Lee";
      asked("file that runs", People.RELEASED, by, it -> it.fromDomain = "tools.example");
      asked("of the bank", People.RELEASED, by, it -> it.fromDomain = "bank.example");
      asked(
          "everything",
          People.RELEASED,
          by,
          it -> {
            it.fromDomain = "dubious.example";
            it.signals = List.of("from-lookalike");
          });
      asked(
          "everything",
          People.RELEASED,
          by,
          it -> {
            it.fromDomain = "slow.example";
            it.dmarc = DmarcResult.TEMPERROR;
          });
      asked("gone rule", People.RELEASED, by, it -> it.fromDomain = "gone.example");
    }

    assertThat(all()).isEmpty();
  }

  @Test
  void whatNobodyProvesIsProposedForDiscardOnlyWithASignal() {
    for (int i = 0; i < 15; i++) {
      asked(
          "everything",
          People.DISCARDED,
          i % 2 == 0 ? "Kim" : "Lee",
          it -> {
            it.dmarc = DmarcResult.FAIL;
            it.fromDomain = "shop.example";
            it.signals = List.of("first-contact", "reply-to-elsewhere");
          });
    }

    assertThat(ready()).hasSize(1);
    assertThat(ready().getFirst().says()).isEqualTo("discard");
    assertThat(String.join(" ", ready().getFirst().lines()))
        .contains(
            "dmarc.result != 'pass' ",
            "&& dmarc.from_domain == 'shop.example'",
            "&& 'first-contact' in signals");
  }

  @Test
  void aGatewaysWordIsAPattern() {
    for (int i = 0; i < 15; i++) {
      int n = i;
      asked(
          "everything",
          People.DISCARDED,
          i % 2 == 0 ? "Kim" : "Lee",
          it -> {
            it.dmarc = DmarcResult.FAIL;
            it.fromDomain = "d" + n + ".example";
            Context was = it.context;
            GatewayReport report =
                new GatewayReport(
                    "rspamd",
                    "add header",
                    9,
                    List.of(
                        new GatewayReport.Finding("FISHY", 5, List.of()),
                        new GatewayReport.Finding("X' || 'a' == 'a", 5, List.of())));
            it.context = new Context(was.at(), Optional.of(report), was.domain(), was.address());
          });
    }

    assertThat(ready()).extracting(Suggestion::name).containsExactly("discard with FISHY");
  }

  /** Who may write into mail must not write into the policy. */
  @Test
  void P7_whatMailCallsItselfNeverLeavesItsQuotationMarks() {
    List<String> hostile =
        List.of(
            "x' || true || 'y", "a.example\n  do: release", "#.example", "a..example", "ä.example");
    for (String name : hostile) {
      for (Pattern.Kind kind : Pattern.Kind.values()) {
        Pattern pattern = new Pattern(kind, "everything", "release", "a.example", "");
        assertThat(pattern.name()).matches("[A-Za-z0-9 ._-]{1,40}");
      }
      assertThat(Patterns.isSafe(Pattern.Kind.PROVED, name)).as(name).isFalse();
      assertThat(Patterns.isSafe(Pattern.Kind.CLAIMED_ADDRESS, "kim@" + name)).as(name).isFalse();
      assertThat(Patterns.isSafe(Pattern.Kind.SYMBOL, name)).as(name).isFalse();
    }
  }

  @Test
  void memoryIsBoundedAndWhatIsFrequentIsFoundAllTheSame() {
    Suggestions first = new Suggestions(policy(), Terms.USUAL, NOW);
    bakery(60, People.RELEASED, "Kim", "Lee");
    int given = 0;
    for (int i = 0; i < 200_000; i++) {
      int n = i;
      if (i % 4_000 == 0) {
        first.take(past.get(given++));
      }
      ASituation it = ASituation.proved().with(s -> s.fromDomain = "d" + n + ".example");
      Work work = new Work(1, Duration.ZERO, List.of("kim"));
      first.take(
          new Precedent(
              "PN-1111-1111",
              it.build(),
              new Then(
                  new Said(new Action.Ask("admins"), "everything"),
                  People.RELEASED,
                  work,
                  false,
                  true)));
    }

    assertThat(first.size()).isLessThan(60_000);
    SuggestionTrial second = first.trial();
    past.forEach(second::take);
    assertThat(second.done().stream().map(Suggestion::name).collect(Collectors.toList()))
        .contains("release from bakery.example");
  }

  @Test
  void theSameCasesComeToTheSameProposals() {
    Past.cases(3_000).forEach(past::add);

    assertThat(all()).isEqualTo(all());
  }
}
