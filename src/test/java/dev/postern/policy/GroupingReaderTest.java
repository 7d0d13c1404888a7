package dev.postern.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a policy says of messages of one kind. */
class GroupingReaderTest {
  private static final String REST =
      "chains: {a: {name: A, approvers: [kim], window: 4h}}\nrules: []\n";

  @Test
  void nothingIsDecidedTogetherUnlessThePolicySaysSo() throws PolicyProblem {
    assertThat(read("").on()).isFalse();
    assertThat(read("campaigns: off").on()).isFalse();
    assertThat(Policy.builtIn().grouping().on()).isFalse();
  }

  @Test
  void onMeansTheUsualBounds() throws PolicyProblem {
    assertThat(read("campaigns: on")).isEqualTo(Grouping.USUAL);
    assertThat(read("campaigns: {window: 30m}"))
        .isEqualTo(
            new Grouping(true, Duration.ofMinutes(30), Grouping.USUAL_GATHER, Grouping.USUAL_MOST));
    assertThat(read("campaigns: {window: 1d, gather: 5s, most: 50}"))
        .isEqualTo(new Grouping(true, Duration.ofDays(1), Duration.ofSeconds(5), 50));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          campaigns: onn               | 3:12: campaigns is on, off
          campaigns: {window: 2d}      | 3:21: window is at most 1d
          campaigns: {gather: 20}      | 3:21: gather is a number of seconds
          campaigns: {gather: 0s}      | 3:21: gather is a number of seconds
          campaigns: {most: 100000}    | 3:19: most is a number from 2 to 500
          campaigns: {most: one}       | 3:19: most is a number from 2 to 500
          campaigns: {mots: 3}         | campaigns has no key "mots"
          """)
  void mistakesAreNamedWithTheirPlace(String line, String complaint) {
    assertThatThrownBy(() -> read(line)).hasMessageContaining(complaint.strip());
  }

  private static Grouping read(String line) throws PolicyProblem {
    return Policy.parse(REST + line + "\n", "p.yaml").grouping();
  }
}
