package dev.postern.evidence.posture;

import java.util.Comparator;
import java.util.List;

/**
 * The findings about one topic, the gravest first.
 *
 * @param topic what they are about
 * @param findings at least one
 */
public record Section(Topic topic, List<Finding> findings) {

  /** Sorts by level; what is equally grave stays in the order given. */
  public Section {
    findings = findings.stream().sorted(Comparator.comparing(Finding::level).reversed()).toList();
    if (findings.isEmpty()) {
      throw new IllegalArgumentException("nothing is said about " + topic);
    }
  }

  /** The gravest level. */
  public Level level() {
    return findings.getFirst().level();
  }
}
