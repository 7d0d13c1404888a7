package dev.postern.evidence;

import static dev.postern.evidence.ReportText.printable;

/** The way of the envelope through SPF, drawn: from the client to the term that matched. */
final class SpfPicture {
  private final ReportText out;
  private final String fromDomain;

  private SpfPicture(ReportText out, String fromDomain) {
    this.out = out;
    this.fromDomain = fromDomain;
  }

  /** Draws the picture of {@code evidence}. */
  static void draw(Evidence evidence, Origin.Computed origin, ReportText out) {
    SpfPicture picture = new SpfPicture(out, evidence.dmarc().fromDomain());
    out.hanging("client ", printable(origin.clientIp()));
    out.line("|");
    out.hanging("+- ", "|  ", "HELO " + name(origin.helo()));
    picture.way("|  ", evidence.helo(), "");
    out.line("|");
    out.hanging("`- ", "MAIL FROM " + sender(origin));
    picture.way("   ", evidence.spf(), picture.alignment(evidence.spf()));
  }

  private static String sender(Origin.Computed origin) {
    return origin.mailFrom().isEmpty()
        ? "<>, for which the HELO name stands"
        : printable(origin.mailFrom());
  }

  /** Each step leads to the next, so each is drawn one level deeper. */
  private void way(String margin, SpfFinding spf, String afterResult) {
    String indent = margin;
    for (SpfTerm term : spf.path()) {
      step(indent, name(term.domain()) + ": " + printable(term.term()));
      indent += "   ";
    }
    if (spf.path().isEmpty() && spf.problem().isEmpty()) {
      step(indent, name(spf.domain()) + ": no term matches");
      indent += "   ";
    }
    String lookups = spf.lookups() == 0 ? "" : " (" + spf.lookups() + " of 10 look-ups)";
    step(indent, "SPF " + spf.result().word() + afterResult + lookups);
    if (!spf.problem().isEmpty()) {
      out.hanging(indent + "   ", printable(spf.problem()));
    }
    if (!spf.explanation().isEmpty()) {
      out.hanging(indent + "   ", "the domain says: " + printable(spf.explanation()));
    }
  }

  private void step(String indent, String text) {
    out.hanging(indent + "`- ", indent + "   ", text);
  }

  private String alignment(SpfFinding spf) {
    if (spf.result() != SpfResult.PASS) {
      return "";
    }
    String from = fromDomain.isEmpty() ? "From" : "From " + printable(fromDomain);
    return (spf.aligned() ? ", aligned with " : ", not aligned with ") + from;
  }

  private static String name(String text) {
    return text.isEmpty() ? "(empty)" : printable(text);
  }
}
