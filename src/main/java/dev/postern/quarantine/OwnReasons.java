package dev.postern.quarantine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.evidence.GatewayReport;
import dev.postern.evidence.GatewayReport.Finding;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what a mail system tells of the rules by which it held a message; every text is hostile.
 */
public final class OwnReasons {
  private static final int MOST_FINDINGS = 300;
  private static final int MOST_OPTIONS = 10;
  private static final int LONGEST_TEXT = 200;

  private OwnReasons() {}

  /**
   * A report of them.
   *
   * @param action what the mail system calls what it did
   * @param rules a list of objects with {@code name}, {@code score} and, at some, {@code options}
   */
  public static GatewayReport report(String source, String action, double score, JsonNode rules) {
    List<Finding> findings = new ArrayList<>();
    for (JsonNode rule : rules) {
      String name = text(rule.path("name"));
      if (!name.isEmpty() && findings.size() < MOST_FINDINGS) {
        findings.add(new Finding(name, rule.path("score").asDouble(), options(rule)));
      }
    }
    return new GatewayReport(source, bounded(action), score, findings);
  }

  private static List<String> options(JsonNode rule) {
    List<String> options = new ArrayList<>();
    for (JsonNode option : rule.path("options")) {
      if (options.size() < MOST_OPTIONS) {
        options.add(text(option));
      }
    }
    return options;
  }

  private static String text(JsonNode node) {
    return bounded(node.asText(""));
  }

  private static String bounded(String text) {
    return OneLine.of(text, LONGEST_TEXT);
  }
}
