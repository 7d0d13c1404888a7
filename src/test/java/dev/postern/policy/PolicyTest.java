package dev.postern.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.policy.Ruling.Step;
import dev.postern.policy.StagePlan.ReasonRule;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {
  private static final String CHAINS =
      """
      chains:
        admins:
          name: Mail admins
          approvers: [kim, group:admins]
          window: 4h
      """;

  @Test
  void theFirstRuleThatMatchesDecides() throws PolicyProblem {
    Ruling ruling =
        policy(rule("one", "dmarc.result == 'fail'", "discard"), rule("two", "true", "release"))
            .rule(ASituation.proved().build());

    assertThat(ruling.action()).isEqualTo(new Action.Release());
    assertThat(ruling.rule()).isEqualTo("two");
    assertThat(ruling.trace())
        .containsExactly(
            new Step("one", false, "dmarc.result == \"fail\""), new Step("two", true, "true"));
  }

  @Test
  void theTraceNamesTheFirstPartThatDoesNotHold() throws PolicyProblem {
    Ruling ruling =
        policy(
                rule(
                    "odd",
                    "dmarc.result == 'pass' && (dkim.exists(d, d.aligned) && message.size > 5000)"
                        + " && uncertain",
                    "release"))
            .rule(ASituation.proved().build());

    assertThat(ruling.trace().getFirst()).isEqualTo(new Step("odd", false, "message.size > 5000"));
  }

  @Test
  void aMessageThatNoRuleMatchesIsAskedAbout() throws PolicyProblem {
    Ruling ruling =
        policy(rule("never", "message.size < 0", "discard")).rule(ASituation.proved().build());

    assertThat(ruling.action()).isEqualTo(new Action.Ask("admins"));
    assertThat(ruling.rule()).isEqualTo("otherwise");
    assertThat(ruling.trace()).last().isEqualTo(new Step("otherwise", true, "no rule matched"));
  }

  @Test
  void anErrorInARuleAsksAndNoLaterRuleDecides() throws PolicyProblem {
    Ruling ruling =
        policy(rule("broken", "dkim[7].aligned", "discard"), rule("careless", "true", "release"))
            .rule(ASituation.proved().build());

    assertThat(ruling.action()).isEqualTo(new Action.Ask("admins"));
    assertThat(ruling.rule()).isEqualTo("broken");
    assertThat(ruling.trace())
        .singleElement()
        .satisfies(step -> assertThat(step.why()).startsWith("error: dkim[7].aligned: "))
        .satisfies(step -> assertThat(step.matched()).isFalse());
  }

  @Test
  void aFalsePartDecidesEvenWhereAnotherPartIsInError() throws PolicyProblem {
    Ruling ruling =
        policy(rule("mixed", "dkim[7].aligned && uncertain", "discard"))
            .rule(ASituation.proved().build());

    assertThat(ruling.trace().getFirst()).isEqualTo(new Step("mixed", false, "uncertain"));
  }

  @Test
  void aRunawayExpressionEndsInAsking() throws PolicyProblem {
    String hundred = "[" + "1,".repeat(99) + "1]";
    String runaway = "%s.all(a, %s.all(b, %s.all(c, a == b)))".formatted(hundred, hundred, hundred);

    Ruling ruling = policy(rule("run", runaway, "discard")).rule(ASituation.proved().build());

    assertThat(ruling.action()).isEqualTo(new Action.Ask("admins"));
    assertThat(ruling.trace().getFirst().why()).contains("error");
  }

  @Test
  void aFieldThatIsTooLongToReadEndsInAsking() throws PolicyProblem {
    Ruling ruling =
        policy(rule("all", "true", "release"))
            .rule(ASituation.proved().with(it -> it.subject = "x".repeat(10_000_000)).build());

    assertThat(ruling.action()).isEqualTo(new Action.Ask("admins"));
    assertThat(ruling.trace().getFirst().why())
        .isEqualTo("subject has 10000000 characters; rules read at most 8192");
  }

  @Test
  void regularExpressionsAreLinearInTheText() throws PolicyProblem {
    Policy policy = policy(rule("evil", "message.subject.matches('^(a+)+$')", "discard"));
    Situation situation =
        ASituation.proved().with(it -> it.subject = "a".repeat(8_000) + "!").build();

    assertThat(policy.rule(situation).trace().getFirst().matched()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spf.result == 'pass' && spf.domain == 'firm.example' && spf.aligned",
        "helo.result in ['pass', 'none']",
        "dkim.exists_one(d, d.result == 'pass' && d.selector == 's1' && d.algorithm == 'rsa-sha256')",
        "dkim.all(d, d.key_bits >= 1024)",
        "dmarc.policy == 'reject' && dmarc.disposition == 'none'",
        "arc.result == 'none' && size(arc.sealers) == 0",
        "reported.exists(r, r.authserv_id == 'mx.here.example' && r.method == 'dmarc')",
        "reported.all(r, r.result == 'pass')",
        "envelope.mail_from == 'kim@firm.example' && 'lee@here.example' in envelope.recipients",
        "envelope.client_ip == '192.0.2.1' && envelope.helo.endsWith('.firm.example')",
        "message.from.startsWith('kim@') && message.from_name == 'Kim' && message.reply_to == ''",
        "message.subject.lowerAscii() == 'minutes' && message.size < 1000",
        "message.attachments.filter(a, a.size > 10).map(a, a.name) == []",
        "message.link_hosts.exists(h, h.matches('(^|[.])firm[.]example$'))",
        "source == 'smtp' && !uncertain",
        "(uncertain ? 'a' : 'b') == 'b' && has(dmarc.result)",
      })
  void everyFactCanBeAskedFor(String when) throws PolicyProblem {
    Ruling ruling = policy(rule("ask", when, "discard")).rule(ASituation.proved().build());

    assertThat(ruling.trace()).first().extracting(Step::matched).isEqualTo(true);
  }

  @Test
  void chainsSayWhoIsAsked() throws PolicyProblem {
    StagePlan expected = APlan.of("Mail admins", "kim", "group:admins").build();
    Policy policy = policy(rule("all", "true", "release"));

    assertThat(policy.chain("admins").stages()).containsExactly(expected);
    assertThat(policy.otherwise().name()).isEqualTo("admins");
  }

  @Test
  void oneStageCanBeWrittenAsAListOfStages() throws PolicyProblem {
    Policy policy =
        Policy.parse(
            """
            chains:
              money:
                stages:
                  - {name: Finance, approvers: [group:cfo], quorum: 2, window: 30m, reason: always}
            rules: []
            """,
            "p.yaml");

    assertThat(policy.chain("money").stages())
        .containsExactly(
            APlan.of("Finance", "group:cfo")
                .quorum(2)
                .window(Duration.ofMinutes(30))
                .reason(ReasonRule.ALWAYS)
                .build());
  }

  @Test
  void theVersionIsOfTheFilesOctets() throws PolicyProblem {
    Policy one = Policy.parse(CHAINS + "rules: []\n", "p.yaml");
    Policy other = Policy.parse(CHAINS + "rules: [] #\n", "p.yaml");

    assertThat(one.version()).matches("[0-9a-f]{12}").isNotEqualTo(other.version());
    assertThat(one.rule(ASituation.proved().build()).policyVersion()).isEqualTo(one.version());
  }

  @Test
  void P9_aChainThatThePolicyDoesNotHaveIsTheDefaultOne() throws PolicyProblem {
    Policy policy = Policy.parse(CHAINS + "rules: []\n", "p.yaml");

    assertThat(policy.chain("left-the-file-since")).isEqualTo(policy.otherwise());
    assertThat(policy.chain("")).as("of a case that a rule decided").isEqualTo(policy.otherwise());
  }

  @Test
  void manyThreadsMayRuleAtOnce() throws Exception {
    Policy policy = Policy.builtIn();
    Situation situation = ASituation.proved().build();
    Callable<Ruling> rule = () -> policy.rule(situation);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Ruling>> rulings =
          threads.invokeAll(Stream.generate(() -> rule).limit(500).toList());
      for (Future<Ruling> ruling : rulings) {
        assertThat(ruling.get().action()).isEqualTo(new Action.Release());
      }
    }
  }

  private static Policy policy(String... rules) throws PolicyProblem {
    return Policy.parse(CHAINS + "rules:\n" + String.join("", rules), "p.yaml");
  }

  private static String rule(String name, String when, String action) {
    return "  - name: %s\n    when: \"%s\"\n    do: %s\n".formatted(name, when, action);
  }
}
