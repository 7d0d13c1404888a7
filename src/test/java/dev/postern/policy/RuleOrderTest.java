package dev.postern.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleOrderTest {
  private static final String HEAD =
      "chains:\n  admins: {name: Admins, approvers: [kim], window: 4h}\nrules:\n";

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          false                                            | false is always false
          1 > 2 && uncertain                               | 1 > 2 is always false
          dmarc.result == 'pass' && dmarc.result == 'fail' | exclude each other
          uncertain && !uncertain                          | must both hold and not hold
          uncertain && computed && !(uncertain)            | must both hold and not hold
          """)
  void aRuleThatCanNeverMatchIsRefused(String when, String what) {
    PolicyProblem problem =
        catchThrowableOfType(
            PolicyProblem.class,
            () -> parse("  - {name: r, when: \"" + when + "\", do: release}\n"));

    assertThat(problem.getMessage())
        .startsWith("p.yaml:4:5: rule r can never match: ")
        .contains(what);
  }

  @ParameterizedTest(name = "{0} before {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          true                    | uncertain
          uncertain               | uncertain
          uncertain               | computed && uncertain
          uncertain && computed   | computed && message.size > 7 && uncertain
          """)
  void aRuleThatIsNeverReachedIsRefused(String earlier, String later) {
    PolicyProblem problem =
        catchThrowableOfType(PolicyProblem.class, () -> parse(two(earlier, "", later)));

    assertThat(problem.getMessage())
        .isEqualTo(
            "p.yaml:5:5: rule late is never reached: early, line 4, decides all that it matches;"
                + " move it up or delete it");
  }

  @Test
  void aRuleBehindOneThatEndsOrOnlyRecordsIsReached() {
    assertThatCode(() -> parse(two("true", ", shadow: true", "uncertain")))
        .doesNotThrowAnyException();
    assertThatCode(() -> parse(two("true", ", until: 2026-12-31", "uncertain")))
        .doesNotThrowAnyException();
    assertThatCode(() -> parse(two("uncertain && computed", "", "uncertain")))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          do: release, until: soon          | "soon" is not a date such as 2026-12-31
          do: release, shadow: maybe        | shadow is true or false, not "maybe"
          do: release, limit: 0             | limit is the most automatic actions of an hour
          do: release, limit: 9999999       | limit is the most automatic actions of an hour
          'do: ask, chain: admins, limit: 5' | a rule that asks needs no limit
          do: release, force: true          | only a rule that discards needs force
          do: release, reason: '"{nope}"'   | reason: there is no fact "nope"
          do: release, reason: '"{dkim}"'   | {dkim} is neither a text nor a number
          do: release, reason: '"{a"'       | a fact stands between braces
          """)
  void termsThatAreWrong(String terms, String what) {
    String yaml = "  - {name: r, when: uncertain, " + terms.replace("'", "") + "}\n";

    assertThat(catchThrowableOfType(PolicyProblem.class, () -> parse(yaml)).getMessage())
        .contains(what);
  }

  private static String two(String earlier, String terms, String later) {
    return "  - {name: early, when: \"%s\", do: release%s}\n  - {name: late, when: \"%s\", do: release}\n"
        .formatted(earlier, terms, later);
  }

  private static Policy parse(String rules) throws PolicyProblem {
    return Policy.parse(HEAD + rules, "p.yaml");
  }
}
