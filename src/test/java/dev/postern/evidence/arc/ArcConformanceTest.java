package dev.postern.evidence.arc;

import static dev.postern.evidence.Conformance.at;
import static dev.postern.evidence.Conformance.map;
import static dev.postern.evidence.Conformance.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.evidence.Answer;
import dev.postern.evidence.ArcFinding;
import dev.postern.evidence.Conformance;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.Dns;
import dev.postern.evidence.Home;
import dev.postern.evidence.Replays;
import dev.postern.mail.HeaderFields;
import dev.postern.mail.RawMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The ARC validation suite: every case, by its own name. */
class ArcConformanceTest {
  private static final String SUITE = "arc/arc-draft-validation-tests.yml";
  private static final long NOW = 1_795_000_000;
  private static int passed;
  private static int total;

  /** One entry of the suite, with the keys of its document. */
  record SuiteCase(String id, Map<String, Object> yaml, Map<String, Object> keys) {
    RawMessage message() {
      String crlf = Objects.toString(yaml.get("message"), "").replaceAll("\r?\n", "\r\n");
      return RawMessage.of(crlf.getBytes(StandardCharsets.UTF_8));
    }

    /** An empty cv stands for a chain with cv=fail in it, which RFC 8617 §5.2 makes fail. */
    String expected() {
      String word = Objects.toString(yaml.get("cv"), "").toLowerCase(Locale.ROOT).strip();
      return word.isEmpty() ? "fail" : word;
    }

    Dns dns() {
      return (name, _, _) ->
          keys.get(name.text()) instanceof String record
              ? Answer.of(List.of(record), 60, false)
              : Answer.without(Answer.Status.NXDOMAIN, 60);
    }

    @Override
    public String toString() {
      return id;
    }
  }

  @AfterAll
  static void report() {
    System.out.println("conformance arc " + passed + "/" + total);
  }

  static Stream<SuiteCase> cases() {
    return Conformance.yaml(SUITE).stream()
        .flatMap(
            document ->
                map(at(document, "tests")).entrySet().stream()
                    .map(
                        test ->
                            new SuiteCase(
                                test.getKey(),
                                map(test.getValue()),
                                map(at(document, "txt-records")))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void judgesTheChainAsTheStandardDoes(SuiteCase suite) {
    total++;
    RawMessage message = suite.message();
    Deadline by = Deadline.in(Duration.ofSeconds(10));

    ArcFinding found =
        new ArcVerifier(Home.unknown())
            .verify(message, HeaderFields.of(message), suite.dns(), by, NOW);

    assertThat(found.result().word())
        .as("%s: %s", text(suite.yaml(), "description"), found)
        .isEqualTo(suite.expected());
    assertThat(found.reason().isEmpty()).isNotEqualTo(found.result().word().equals("fail"));
    Replays.giveTheSameVerdicts(
        Replays.envelope("a@a.example", "192.0.2.1", "mx.a.example"), message, suite.dns(), NOW);
    passed++;
  }
}
