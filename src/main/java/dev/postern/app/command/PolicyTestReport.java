package dev.postern.app.command;

import dev.postern.app.command.PolicyTestRun.Result;
import dev.postern.policy.Expectation;
import dev.postern.policy.NearestWord;
import dev.postern.policy.Ruling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What tests of policies came to, for people and for programs. */
final class PolicyTestReport {
  private PolicyTestReport() {}

  static String text(List<PolicyTestRun> runs) {
    List<String> lines = new ArrayList<>();
    for (PolicyTestRun run : runs) {
      run.results().stream().filter(it -> !it.good()).forEach(it -> lines.addAll(failure(run, it)));
      long good = run.results().size() - run.failed();
      lines.add(
          "%s  %s: %d of %d as expected (%s, version %s)"
              .formatted(
                  run.good() ? "ok  " : "FAIL",
                  run.file(),
                  good,
                  run.results().size(),
                  run.policyFile(),
                  run.policy().version()));
      if (!run.untested().isEmpty()) {
        lines.add("      no case is decided by: " + String.join(", ", run.untested()));
      }
    }
    lines.add(sum(runs));
    return String.join("\n", lines);
  }

  private static String sum(List<PolicyTestRun> runs) {
    long failed = runs.stream().mapToLong(PolicyTestRun::failed).sum();
    long all = runs.stream().mapToLong(run -> run.results().size()).sum();
    String cases = all == 1 ? "1 case" : all + " cases";
    return failed == 0
        ? cases + " as expected"
        : "%d of %s not as expected".formatted(failed, cases);
  }

  private static List<String> failure(PolicyTestRun run, Result result) {
    List<String> lines = new ArrayList<>();
    String name = CaseText.plain(result.test().name());
    lines.add("FAIL  %s:%d: %s".formatted(run.file(), result.test().line(), name));
    lines.add("      expected  " + expected(run, result.test().expected()));
    lines.add("      came      " + came(result.ruling()));
    String label = "because";
    for (Ruling.Step step : result.ruling().trace()) {
      String line = step.rule() + "  " + mark(step.matched(), step.why()) + step.why();
      lines.add("      %-9s %s".formatted(label, CaseText.plain(line)));
      label = "";
    }
    return lines;
  }

  /** A step that did not decide names the part that did not hold, or says in words why. */
  static String mark(boolean matched, String why) {
    boolean inWords = Stream.of("in shadow", "ended on", "error: ").anyMatch(why::startsWith);
    return matched ? "decided: " : inWords ? "" : "not: ";
  }

  private static String expected(PolicyTestRun run, Expectation expected) {
    StringBuilder line = new StringBuilder(expected.action());
    expected.rule().ifPresent(it -> line.append(" by rule ").append(it));
    expected.chain().ifPresent(it -> line.append(", chain ").append(it));
    expected
        .shadows()
        .ifPresent(it -> line.append(", in shadow ").append(it.isEmpty() ? "nothing" : it));
    expected
        .rule()
        .flatMap(it -> missing(run.policy().rules(), it))
        .ifPresent(it -> line.append(" (the policy has no such rule").append(it).append(")"));
    return CaseText.plain(line.toString());
  }

  /** What to say of a rule that the policy does not have; empty where it has it. */
  private static Optional<String> missing(List<String> rules, String rule) {
    return rules.contains(rule) || rule.equals("otherwise")
        ? Optional.empty()
        : Optional.of(
            NearestWord.to(rule, rules).map(it -> "; did you mean " + it + "?").orElse(""));
  }

  private static String came(Ruling ruling) {
    String chain = Expectation.chainOf(ruling);
    List<String> shadows = Expectation.shadowsOf(ruling);
    return CaseText.plain(
        ruling.action().word()
            + " by rule "
            + ruling.rule()
            + (chain.isEmpty() ? "" : ", chain " + chain)
            + (shadows.isEmpty() ? "" : ", in shadow " + shadows));
  }

  static Map<String, Object> json(List<PolicyTestRun> runs) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("ok", runs.stream().allMatch(PolicyTestRun::good));
    report.put("cases", runs.stream().mapToLong(run -> run.results().size()).sum());
    report.put("failed", runs.stream().mapToLong(PolicyTestRun::failed).sum());
    report.put("files", runs.stream().map(PolicyTestReport::json).toList());
    return report;
  }

  private static Map<String, Object> json(PolicyTestRun run) {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("file", run.file());
    file.put("policy", run.policyFile());
    file.put("version", run.policy().version());
    file.put("cases", run.results().stream().map(PolicyTestReport::json).toList());
    file.put("untested", run.untested());
    return file;
  }

  private static Map<String, Object> json(Result result) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("name", result.test().name());
    members.put("line", result.test().line());
    members.put("ok", result.good());
    Expectation expected = result.test().expected();
    Map<String, Object> wanted = new LinkedHashMap<>();
    wanted.put("do", expected.action());
    expected.rule().ifPresent(it -> wanted.put("rule", it));
    expected.chain().ifPresent(it -> wanted.put("chain", it));
    expected.shadows().ifPresent(it -> wanted.put("shadows", it));
    members.put("expected", wanted);
    members.put("came", came(result));
    return members;
  }

  private static Map<String, Object> came(Result result) {
    Ruling ruling = result.ruling();
    Map<String, Object> came = new LinkedHashMap<>();
    came.put("do", ruling.action().word());
    came.put("rule", ruling.rule());
    String chain = Expectation.chainOf(ruling);
    if (!chain.isEmpty()) {
      came.put("chain", chain);
    }
    came.put("shadows", Expectation.shadowsOf(ruling));
    came.put("reason", ruling.reason().plain());
    came.put("trace", ruling.trace());
    return came;
  }
}
