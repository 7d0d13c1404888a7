package dev.postern.policy;

import dev.postern.evidence.MicroBenchmark;
import org.openjdk.jmh.annotations.Benchmark;

/** Ruling on one message: by a hundred rules none of which matches, and by the built-in policy. */
public class PolicyBenchmark extends MicroBenchmark {
  private final Situation situation = ASituation.proved().build();
  private final Policy builtIn = Policy.builtIn();
  private final Policy hundredRules = hundredRules();

  private static Policy hundredRules() {
    StringBuilder yaml =
        new StringBuilder(
            """
            chains: {a: {name: A, approvers: [kim], window: 4h}}
            lists: {far: {domains: ["*.far.example"]}}
            rules:
            """);
    for (int i = 0; i < 25; i++) {
      yaml.append(rule(i, "equal", "message.size == %d && dmarc.result == 'pass'"))
          .append(
              rule(i, "text", "message.subject.lowerAscii().contains('invoice %d') || uncertain"))
          .append(rule(i, "regex", "message.from_name.matches('(?i)chief.*%d')"))
          .append(rule(i, "list", "dkim.exists(d, d.selector == 's%d' && d.domain.listed('far'))"));
    }
    try {
      return Policy.parse(yaml.toString(), "benchmark.yaml");
    } catch (PolicyProblem problem) {
      throw new IllegalStateException(problem);
    }
  }

  private static String rule(int number, String kind, String when) {
    return "- {name: %s%d, do: release, when: \"%s\"}\n"
        .formatted(kind, number, when.formatted(number + 7));
  }

  @Benchmark
  public Ruling hundred() {
    return hundredRules.rule(situation);
  }

  @Benchmark
  public Ruling builtIn() {
    return builtIn.rule(situation);
  }
}
