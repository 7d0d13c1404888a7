package dev.postern.app.command;

import dev.postern.card.Finding;
import dev.postern.card.Finding.Grade;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a doctor found, as it is told.
 *
 * @param findings in the order in which to mend them
 */
record Diagnosis(List<Finding> findings) {
  Diagnosis {
    findings = List.copyOf(findings);
  }

  /** Prints it, for machines in JSON, and returns the exit code. */
  int tell(Terminal terminal, boolean json) {
    terminal.out().println(json ? Json.writeAscii(document()) : lines());
    return verdict();
  }

  private int verdict() {
    if (any(Grade.WRONG)) {
      return Exit.NO;
    }
    return any(Grade.UNKNOWN) ? Exit.UNAVAILABLE : Exit.OK;
  }

  private boolean any(Grade grade) {
    return findings.stream().anyMatch(finding -> finding.grade() == grade);
  }

  private String lines() {
    StringBuilder text = new StringBuilder();
    for (Finding finding : findings) {
      text.append("%-7s  %s\n".formatted(word(finding), finding.what()));
      if (!finding.why().isEmpty()) {
        text.append("         Why: ").append(finding.why()).append('\n');
      }
      if (!finding.mend().isEmpty()) {
        text.append("         Mend: ").append(finding.mend()).append('\n');
      }
    }
    return text.toString().stripTrailing();
  }

  private static String word(Finding finding) {
    return finding.grade().name().toLowerCase(Locale.ROOT);
  }

  private Map<String, Object> document() {
    List<Map<String, String>> all = new ArrayList<>();
    for (Finding finding : findings) {
      Map<String, String> one = new LinkedHashMap<>();
      one.put("grade", word(finding));
      one.put("what", finding.what());
      one.put("why", finding.why());
      one.put("mend", finding.mend());
      all.add(one);
    }
    return Map.of("ok", verdict() == Exit.OK, "findings", all);
  }
}
