package dev.postern.evidence.posture;

import dev.postern.evidence.PlainText;
import dev.postern.evidence.dmarc.PublishedPolicy;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Stream;

/**
 * A posture as text for a terminal of 80 columns: what is wanting at a glance, then topic by topic
 * what was found, why it matters and what to do. What others published is printed without control
 * characters. Records to publish stand on a line of their own, however long, to be copied.
 */
public final class PostureReport {
  private static final int WIDTH = 80;
  private static final int LONGEST_SENTENCE = 2000;
  private static final int LONGEST_RECORD = 2000;
  private static final int MOST_RECORDS = 3;
  private static final String INDENT = " ".repeat(5);
  private static final String UNDER_WORD = " ".repeat(12);

  private final Posture posture;
  private final StringBuilder out = new StringBuilder();

  private PostureReport(Posture posture) {
    this.posture = posture;
  }

  /** The report, in lines that end with a line feed. */
  public static String of(Posture posture) {
    PostureReport report = new PostureReport(posture);
    report.summary();
    posture.sections().forEach(report::section);
    return report.out.toString();
  }

  private void summary() {
    StringJoiner counts = new StringJoiner(", ");
    Stream.of(Level.ERROR, Level.WARNING, Level.TEMPORARY, Level.NOTE)
        .filter(level -> posture.count(level) > 0)
        .forEach(level -> counts.add(counted(posture.count(level), level)));
    line(posture.domain() + ": " + (counts.length() == 0 ? "all well" : counts));
    line("");
    for (Section section : posture.sections()) {
      String start = "  %-8s %-10s".formatted(section.topic().word(), section.level().word());
      paragraph(start, " ".repeat(start.length()), section.findings().getFirst().what());
    }
  }

  private static String counted(long count, Level level) {
    if (level == Level.TEMPORARY) {
      return count + " without answer";
    }
    return count + " " + level.word() + (count == 1 ? "" : "s");
  }

  private void section(Section section) {
    List<String> picture = picture(section.topic());
    if (picture.isEmpty() && section.findings().size() == 1 && section.level() == Level.OK) {
      return; // the summary has said it
    }
    String title = "-- " + section.topic().word() + " ";
    line("");
    line(title + "-".repeat(WIDTH - title.length()));
    picture.forEach(this::line);
    if (section.topic() == Topic.DMARC) {
      walk(posture.published().dmarc());
    }
    if (!picture.isEmpty()) {
      line("");
    }
    section.findings().forEach(this::finding);
  }

  private List<String> picture(Topic topic) {
    Published published = posture.published();
    return switch (topic) {
      case MX -> HostPicture.of(published.mail());
      case SPF -> SpfPicture.of(published.spf());
      case DOMAIN, DKIM, DMARC, MTA_STS, TLS_RPT, BIMI -> List.of();
    };
  }

  /** The questions for a DMARC record in their order, and which record applies. */
  private void walk(PublishedPolicy policy) {
    int number = 0;
    for (PublishedPolicy.Step step : policy.walk()) {
      String answer =
          switch (step.status()) {
            case NXDOMAIN -> ": no such name";
            case NODATA -> ": no record";
            case TEMPFAIL -> ": no answer";
            case NOERROR -> step.records().isEmpty() ? ": no DMARC record" : "";
          };
      boolean applies = policy.policyDomain().filter(step.at()::equals).isPresent();
      String name = PlainText.of("_dmarc." + step.at());
      line("  %d  %s%s%s".formatted(++number, name, answer, applies ? "  <- applies" : ""));
      step.records().stream().limit(MOST_RECORDS).forEach(it -> paragraph(INDENT, INDENT, it));
    }
    line("");
  }

  private void finding(Finding finding) {
    paragraph("  %-9s ".formatted(finding.level().word()), UNDER_WORD, finding.what());
    if (!finding.why().isEmpty()) {
      paragraph(UNDER_WORD + "Why: ", UNDER_WORD + "     ", finding.why());
    }
    if (!finding.advice().isEmpty()) {
      paragraph(UNDER_WORD + "Do:  ", UNDER_WORD + "     ", finding.advice());
    }
    finding.publish().forEach(it -> line("      " + PlainText.of(it.line(), LONGEST_RECORD)));
  }

  /** Breaks at spaces, so that no line is wider than the terminal unless one word is. */
  private void paragraph(String first, String further, String text) {
    StringBuilder line = new StringBuilder(first);
    boolean bare = true;
    for (String word : PlainText.of(text, LONGEST_SENTENCE).split(" ", -1)) {
      if (!bare && line.length() + 1 + word.length() > WIDTH) {
        line(line.toString());
        line = new StringBuilder(further);
        bare = true;
      }
      line.append(bare ? "" : " ").append(word);
      bare = false;
    }
    line(line.toString());
  }

  private void line(String text) {
    out.append(text.stripTrailing()).append('\n');
  }
}
