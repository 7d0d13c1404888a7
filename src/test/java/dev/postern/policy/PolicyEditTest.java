package dev.postern.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.policy.PolicyEdit.Edited;
import dev.postern.policy.PolicyEdit.Terms;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rule is changed, and everything else of the file stays as it was written. */
class PolicyEditTest {
  private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
  private static final Terms AS_IT_IS = new Terms(Optional.empty(), OptionalInt.empty());
  private static final Terms BOUNDED =
      new Terms(Optional.of(LocalDate.of(2027, 3, 31)), OptionalInt.of(50));
  private static final String HEAD =
      """
      # Our policy 🐘
      chains:
        admins: {name: Mail admins, approvers: ["group:admins"], window: 4h}   # who decides
      rules:
      """;

  private static Edited promoted(String yaml, Terms terms) throws PolicyProblem {
    return PolicyEdit.of(yaml, "policy.yaml", PolicyFiles.NONE).promote("partner", terms, NOW);
  }

  private static String after(Edited edited) {
    assertThat(edited).isInstanceOf(Edited.Changed.class);
    return edited instanceof Edited.Changed it ? it.after() : "";
  }

  private static String why(Edited edited) {
    assertThat(edited).isInstanceOf(Edited.Refused.class);
    return edited instanceof Edited.Refused it ? it.why() : "";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          - name: partner~  when: uncertain~  do: release~  shadow: true~|- name: partner~  when: uncertain~  do: release~
          - name: partner~  shadow: true   # since May~  when: uncertain~  do: release~|- name: partner~  # since May~  when: uncertain~  do: release~
          - shadow: true~  name: partner~  when: uncertain~  do: release~|- name: partner~  when: uncertain~  do: release~
          - shadow: true # so~  name: partner~  when: uncertain~  do: release~|- shadow: false # so~  name: partner~  when: uncertain~  do: release~
          - name: partner~  "shadow":   'true'~  when: uncertain~  do: release|- name: partner~  when: uncertain~  do: release
          - name: partner~  when: >-~    uncertain~    && computed~  do: release~~  shadow: true|- name: partner~  when: >-~    uncertain~    && computed~  do: release~~
          - {name: partner, when: uncertain, do: release, shadow: true}~|- {name: partner, when: uncertain, do: release}~
          - {name: partner, shadow: true , when: uncertain, do: release}~|- {name: partner, when: uncertain, do: release}~
          - {shadow: true, name: partner, when: uncertain,~   do: release}~|- {name: partner, when: uncertain,~   do: release}~
          - {name: partner, when: uncertain, do: release, # all~   shadow: true}~|- {name: partner, when: uncertain, do: release, # all~   shadow: false}~
          """)
  void theLineGoesAndNothingElseDoes(String before, String after) throws PolicyProblem {
    String yaml = HEAD + before.replace('~', '\n');

    assertThat(after(promoted(yaml, AS_IT_IS))).isEqualTo(HEAD + after.replace('~', '\n'));
    assertThat(after(promoted(yaml.replace("\n", "\r\n"), AS_IT_IS)))
        .isEqualTo((HEAD + after.replace('~', '\n')).replace("\n", "\r\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
            - name: partner~    shadow: true # yet~    when: uncertain~    do: release~|  - name: partner~    until: 2027-03-31~    limit: 50 # yet~    when: uncertain~    do: release~
            - name: partner~    until: 2026-01-01~    when: uncertain~    do: release~    shadow: true~|  - name: partner~    until: 2027-03-31~    when: uncertain~    do: release~    limit: 50~
            - {name: partner, limit: 5, shadow: true, when: uncertain, do: release}~|  - {name: partner, limit: 50, until: 2027-03-31, when: uncertain, do: release}~
            - {until: 2026-12-01, name: partner, limit: 5, shadow: true, when: uncertain, do: release}~|  - {until: 2027-03-31, name: partner, limit: 50, when: uncertain, do: release}~
          """)
  void anEndAndALimitTakeItsPlace(String before, String after) throws PolicyProblem {
    String yaml = HEAD + before.replace('~', '\n');

    assertThat(after(promoted(yaml, BOUNDED))).isEqualTo(HEAD + after.replace('~', '\n'));
  }

  @Test
  void theNewPolicyIsThatOfTheNewText() throws PolicyProblem {
    Edited edited =
        promoted(HEAD + "  - {name: partner, when: uncertain, do: release, shadow: true}", BOUNDED);

    Policy policy = ((Edited.Changed) edited).policy();
    assertThat(policy.shadows()).isEmpty();
    assertThat(policy.version()).isEqualTo(Policy.parse(after(edited), "x").version());
  }

  @Test
  void whatCannotBePromotedIsRefusedWithPlaceAndMend() throws PolicyProblem {
    String rule = HEAD + "  - {name: partner, when: uncertain, do: release}\n";
    assertThat(why(promoted(rule, AS_IT_IS)))
        .isEqualTo(
            "policy.yaml:5: rule partner decides already: it has no \"shadow: true\" to take off");
    assertThat(why(promoted(rule.replace("partner", "partners"), AS_IT_IS)))
        .isEqualTo("the policy has no rule \"partner\"; did you mean partners?");
    String ended = rule.replace("release", "release, until: 2026-11-25, shadow: true");
    assertThat(why(promoted(ended, AS_IT_IS)))
        .isEqualTo("policy.yaml:5: rule partner ended on 2026-11-25: give it a later day to end");
    assertThat(after(promoted(ended, BOUNDED))).contains("until: 2027-03-31");
    String asks = rule.replace("release", "ask, chain: admins, shadow: true");
    assertThat(why(promoted(asks, BOUNDED))).contains("policy.yaml:5", "needs no limit");
  }

  @Test
  void aPolicyThatCouldNotBeUsedThenIsRefused() throws PolicyProblem {
    String yaml =
        HEAD
            + """
              - {name: partner, when: uncertain, do: release, shadow: true}
              - {name: later, when: uncertain && computed, do: release}
            """;

    assertThat(why(promoted(yaml, AS_IT_IS)))
        .contains("mend this first", "policy.yaml:6:5: rule later is never reached: partner");
  }

  @Test
  void aWayOfWritingThatIsNotUnderstoodIsLeftAlone() throws PolicyProblem {
    String anchors =
        HEAD
            + """
              - {name: other, when: computed, do: release, shadow: &yes true}
              - {name: partner, when: uncertain, do: release, shadow: *yes}
            """;
    String first =
        anchors.replace("other", "x").replace("partner", "other").replace("x,", "partner,");

    assertThat(why(promoted(anchors, AS_IT_IS))).contains("change it yourself");
    assertThat(why(promoted(first, AS_IT_IS))).contains("change it yourself");
    String explicit =
        HEAD
            + "  - name: partner\n    when: uncertain\n    do: release\n    ? shadow\n    : true\n";
    assertThat(after(promoted(explicit, AS_IT_IS))).endsWith("    ? shadow\n    : false\n");
  }

  @Test
  void aRuleOfAnIncludedFileIsChangedThere() throws PolicyProblem {
    String included = "rules:\n  - {name: partner, when: uncertain, do: release, shadow: true}\n";
    PolicyEdit edit =
        PolicyEdit.of(HEAD + "  - include: sub/partners.yaml\n", "policy.yaml", _ -> included);

    Edited edited = edit.promote("partner", AS_IT_IS, NOW);

    assertThat(after(edited))
        .isEqualTo("rules:\n  - {name: partner, when: uncertain, do: release}\n");
    assertThat(((Edited.Changed) edited).file()).isEqualTo("sub/partners.yaml");
    assertThat(((Edited.Changed) edited).policy().shadows()).isEmpty();
    assertThat(edit.policy().shadows()).hasSize(1);
  }

  /** Whatever the layout: either the same rules without a shadow come out, or nothing does. */
  @Test
  void noLayoutLetsItChangeAnythingElse() {
    Random random = new Random(35);
    int changed = 0;
    for (int i = 0; i < 3000; i++) {
      String yaml = RandomLayout.of(random);
      try {
        Edited edited = promoted(yaml, random.nextBoolean() ? AS_IT_IS : BOUNDED);
        if (edited instanceof Edited.Changed it) {
          changed++;
          assertThat(it.policy().rules()).as(yaml).isEqualTo(Policy.parse(yaml, "p").rules());
          assertThat(it.policy().shadows()).as(yaml).isEmpty();
          assertThat(it.after().lines().filter(line -> line.contains("#")).count())
              .as(yaml)
              .isEqualTo(yaml.lines().filter(line -> line.contains("#")).count());
        }
      } catch (PolicyProblem notAPolicy) {
        assertThat(notAPolicy.faults()).isNotEmpty();
      }
    }
    assertThat(changed).isGreaterThan(1000);
  }

  @Test
  void aRuleIsPutInFrontOfAnotherAndOfItsRemarks() throws PolicyProblem, IOException {
    String yaml =
        HEAD
            + "\n  # Partners\n  # and friends\n  - name: partner\n    when: uncertain\n    do: release\n";
    List<String> rule =
        List.of(
            "# Suggested",
            "- name: new one",
            "  when: >-",
            "    computed",
            "  do: release",
            "  shadow: true");
    Edited before = PolicyEdit.of(yaml, "p.yaml", PolicyFiles.NONE).insert(rule, "partner");
    Edited behind = PolicyEdit.of(yaml, "p.yaml", PolicyFiles.NONE).insert(rule, "otherwise");
    String lines =
        "  # Suggested\n  - name: new one\n    when: >-\n      computed\n    do: release\n    shadow: true\n";

    assertThat(after(before)).isEqualTo(yaml.replace("  # Partners\n", lines + "  # Partners\n"));
    assertThat(after(behind)).isEqualTo(yaml + lines);
    assertThat(((Edited.Changed) behind).policy().rules()).containsExactly("partner", "new one");
  }

  @Test
  void whatFollowsTheRulesStaysBehindThem() throws PolicyProblem {
    Map<String, String> tails =
        Map.of(
            "  - name: a\n    when: uncertain\n    do: release # yes\n",
                "\n# End\notherwise: admins\n",
            "  - name: a\n    do: release\n    when: >-\n      uncertain\n", "otherwise: admins\n",
            "  - {name: a, when: uncertain, do: release}\n", "otherwise: admins");
    for (Map.Entry<String, String> it : tails.entrySet()) {
      Edited edited =
          PolicyEdit.of(HEAD + it.getKey() + it.getValue(), "p.yaml", PolicyFiles.NONE)
              .insert(List.of("- {name: b, when: computed, do: release}"), "none");
      assertThat(after(edited))
          .isEqualTo(
              HEAD + it.getKey() + "  - {name: b, when: computed, do: release}\n" + it.getValue());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      rules: []
      rules: [{name: partner, when: uncertain, do: release}]
      """)
  void rulesInOneLineAreLeftAlone(String rules) throws PolicyProblem {
    String yaml = HEAD.replace("rules:\n", rules + "\n");
    PolicyEdit edit = PolicyEdit.of(yaml, "p.yaml", PolicyFiles.NONE);

    assertThat(why(edit.insert(List.of("- {name: b, when: computed, do: release}"), "partner")))
        .contains("paste it yourself");
  }
}
