package dev.postern.card;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.card.Finding.Grade;
import java.util.List;

/** What a doctor found, for tests of doctors. */
public final class Findings {
  private Findings() {}

  /** The one finding of a grade whose words contain this; says also why and how to mend it. */
  public static Finding only(List<Finding> findings, Grade grade, String words) {
    List<Finding> found =
        findings.stream().filter(f -> f.grade() == grade && f.what().contains(words)).toList();
    assertThat(found).as(findings.toString()).hasSize(1);
    Finding finding = found.getFirst();
    if (grade != Grade.WELL) {
      assertThat(finding.why()).isNotEmpty();
      assertThat(finding.mend()).isNotEmpty();
    }
    return finding;
  }
}
