package dev.postern.app.command;

import dev.postern.policy.Agreement;
import dev.postern.policy.Policy;
import dev.postern.policy.ShadowReport;
import dev.postern.policy.ShadowReport.Line;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What rules in shadow would have done, for people and for programs. */
final class ShadowText {
  private static final String ROW = "%-28s %-8s %-11s %8s %8s %8s %8s %9s";

  private final int days;
  private final URI console;

  ShadowText(int days, URI console) {
    this.days = days;
    this.console = console;
  }

  String text(Policy policy, ShadowReport report) {
    if (report.lines().isEmpty()) {
      return "no rule of policy version " + policy.version() + " is in shadow";
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        ROW.formatted("RULE", "WOULD", "SINCE", "CASES", "PASSED", "REFUSED", "AGREE", "AT LEAST"));
    report.lines().forEach(line -> lines.add(row(line)));
    for (Line line : report.lines()) {
      if (!line.exceptions().isEmpty()) {
        lines.add("");
        lines.add("People decided the other way than rule " + line.rule().name() + ":");
        line.exceptions().forEach(id -> lines.add("  " + id + "  " + link(id)));
      }
    }
    lines.add("");
    lines.add(
        "CASES are those of the last %d days; PASSED and REFUSED is mail that other rules settled"
            .formatted(days));
    lines.add("at once. AT LEAST is the share of agreement that so few cases are sure of (95 %).");
    if (report.unread() > 0) {
      lines.add("Cases that cannot be read and are left out: " + report.unread());
    }
    return String.join("\n", lines);
  }

  private static String row(Line line) {
    Agreement agreement = line.agreement();
    boolean decided = agreement.decided() > 0;
    return ROW.formatted(
            line.rule().name(),
            line.rule().says(),
            line.rule().since().map(ShadowText::day).orElse("not known"),
            number(line.people().cases()),
            number(line.rule().inline().passed()),
            number(line.rule().inline().refused()),
            decided ? agreement.with() + "/" + agreement.decided() : "-",
            decided ? agreement.percent() + " %" : "-")
        .stripTrailing();
  }

  private static String day(Instant at) {
    return at.atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private String link(String id) {
    return console.toString().replaceFirst("/+$", "") + "/cases/" + id;
  }

  /** One rule in one sentence. */
  static String sentence(Line line, int days) {
    Agreement agreement = line.agreement();
    String would =
        "In shadow, rule %s would have settled %,d messages of the last %d days (%s)."
            .formatted(line.rule().name(), line.messages(), days, line.rule().says());
    return agreement.decided() == 0
        ? would
        : would
            + " People decided as it would %,d of %,d times: at least %d %%."
                .formatted(agreement.with(), agreement.decided(), agreement.percent());
  }

  String document(Policy policy, ShadowReport report) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("days", days);
    all.put("policy", policy.version());
    all.put("skipped", report.unread());
    all.put("rules", report.lines().stream().map(ShadowText::json).toList());
    return Json.writeAscii(all);
  }

  static Map<String, Object> json(Line line) {
    Map<String, Object> it = new LinkedHashMap<>();
    it.put("rule", line.rule().name());
    it.put("says", line.rule().says());
    line.rule().since().ifPresent(since -> it.put("since", since.toString()));
    it.put("messages", line.messages());
    it.put("passed", line.rule().inline().passed());
    it.put("refused", line.rule().inline().refused());
    it.put("cases", line.people().cases());
    it.put("people", SimulationJson.tally(line.people()));
    it.put("agreed", line.agreement().with());
    it.put("disagreed", line.agreement().against());
    it.put("agreementAtLeast", Math.floor(line.agreement().atLeast() * 1000) / 1000);
    it.put("exceptions", line.exceptions());
    return it;
  }
}
