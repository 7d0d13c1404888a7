package dev.postern.evidence.spf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.evidence.Conformance;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.Replays;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The openspf suite for RFC 7208. */
class SpfConformanceTest {
  private static final AtomicInteger PASSED = new AtomicInteger();
  private static int all;

  record SpfCase(String name, Map<String, Object> test, SuiteDns zone) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<SpfCase> rfc7208() {
    List<SpfCase> cases = new ArrayList<>();
    for (Map<String, Object> scenario : Conformance.yaml("spf/rfc7208-tests.yml")) {
      SuiteDns zone = new SuiteDns(Conformance.map(Conformance.at(scenario, "zonedata")));
      Conformance.map(Conformance.at(scenario, "tests"))
          .forEach((name, test) -> cases.add(new SpfCase(name, Conformance.map(test), zone)));
    }
    all = cases.size();
    return cases;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rfc7208")
  void spf(SpfCase suite) {
    SpfQuestion question =
        SpfQuestion.of(
            InetAddress.ofLiteral(Conformance.text(suite.test(), "host")),
            Conformance.text(suite.test(), "mailfrom"),
            Conformance.text(suite.test(), "helo"),
            1_700_000_000L);

    SpfOutcome outcome =
        new SpfCheck(suite.zone()).check(question, Deadline.in(Duration.ofSeconds(20)));

    assertThat(List.of(outcome.result().word()))
        .as(outcome.problem())
        .containsAnyElementsOf(
            Conformance.list(Conformance.at(suite.test(), "result")).stream()
                .map(Object::toString)
                .toList());
    if (suite.test().get("explanation") instanceof String explanation) {
      assertThat(outcome.explanation()).isEqualTo(explanation.equals("DEFAULT") ? "" : explanation);
    }
    Replays.giveTheSameVerdicts(
        Replays.envelope(
            Conformance.text(suite.test(), "mailfrom"),
            Conformance.text(suite.test(), "host"),
            Conformance.text(suite.test(), "helo")),
        Replays.from("a@example.com"),
        suite.zone(),
        1_700_000_000L);
    PASSED.incrementAndGet();
  }

  @AfterAll
  static void say() {
    System.out.println("conformance spf-rfc7208 " + PASSED + "/" + all);
  }
}
