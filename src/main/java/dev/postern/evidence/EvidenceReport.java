package dev.postern.evidence;

import java.util.List;
import java.util.StringJoiner;

/**
 * Evidence as text for a terminal: what passed, what did not and why, and what DNS said. Text that
 * comes from the message or from DNS is printed without control characters, so that it can neither
 * move the cursor nor pass for ours.
 */
public final class EvidenceReport {

  private final StringBuilder out = new StringBuilder();

  private EvidenceReport() {}

  /** The report, in lines that end with a line feed. */
  public static String of(Evidence evidence) {
    EvidenceReport report = new EvidenceReport();
    report.origin(evidence.origin());
    report.line("DMARC", evidence.dmarc().result().word(), dmarc(evidence.dmarc()));
    report.line("SPF", evidence.spf().result().word(), spf(evidence.spf(), "MAIL FROM"));
    report.line("SPF HELO", evidence.helo().result().word(), spf(evidence.helo(), "HELO"));
    if (evidence.dkim().isEmpty()) {
      report.line("DKIM", "none", "the message is not signed");
    }
    evidence.dkim().forEach(it -> report.line("DKIM", it.result().word(), dkim(it)));
    report.line("ARC", evidence.arc().result().word(), arc(evidence.arc()));
    evidence.signals().forEach(it -> report.line("signal", printable(it.name()), values(it)));
    report.reported(evidence.reported());
    if (evidence.uncertain()) {
      report.out.append("\nDNS did not answer everything: another run may find more.\n");
    }
    report.dns(evidence.dns());
    report.out.append("\nevidence ").append(EvidenceJson.digest(evidence).hex()).append('\n');
    return report.out.toString();
  }

  private void origin(Origin origin) {
    switch (origin) {
      case Origin.Computed it ->
          out.append("computed from the message with SHA-256 ")
              .append(printable(it.messageSha256()));
      case Origin.Reported(String gateway) ->
          out.append("reported by ").append(printable(gateway)).append(", not computed");
    }
    out.append("\n\n");
  }

  private void line(String what, String result, String detail) {
    out.append("%-9s %-10s %s%n".formatted(what, result, detail).replace("\r\n", "\n"));
  }

  private static String dmarc(DmarcFinding dmarc) {
    StringJoiner text = new StringJoiner("; ");
    add(text, "From domain ", dmarc.fromDomain());
    if (!dmarc.policyDomain().isEmpty()) {
      text.add("%s asks for %s".formatted(printable(dmarc.policyDomain()), dmarc.policy().word()));
    }
    if (dmarc.testMode()) {
      text.add("in test mode");
    }
    if (dmarc.result() == DmarcResult.FAIL) {
      text.add("asked for this message: " + dmarc.disposition().word());
    }
    add(text, "", dmarc.problem());
    return text.toString();
  }

  private static String spf(SpfFinding spf, String identity) {
    StringJoiner text = new StringJoiner("; ");
    text.add(identity + " " + (spf.domain().isEmpty() ? "is empty" : printable(spf.domain())));
    add(text, "matched ", spf.mechanism());
    add(text, "", spf.problem());
    add(text, "the domain says: ", spf.explanation());
    text.add(alignment(spf.aligned()));
    return text.toString();
  }

  private static String dkim(DkimFinding dkim) {
    StringJoiner text = new StringJoiner("; ");
    add(text, "domain ", dkim.domain());
    add(text, "selector ", dkim.selector());
    add(text, "", dkim.algorithm());
    if (dkim.keyBits() > 0) {
      text.add("key of " + dkim.keyBits() + " bits");
    }
    add(text, "", dkim.reason());
    if (dkim.testing()) {
      text.add("the domain is only testing this key");
    }
    if (dkim.unsignedOctets() > 0) {
      text.add(dkim.unsignedOctets() + " octets at the end are not signed");
    }
    text.add(alignment(dkim.aligned()));
    return text.toString();
  }

  private static String arc(ArcFinding arc) {
    StringJoiner text = new StringJoiner("; ");
    for (ArcHop hop : arc.hops()) {
      add(text, "sealed by ", hop.sealer());
      add(text, "who claims ", hop.claims());
    }
    add(text, "", arc.reason());
    return text.toString();
  }

  private void reported(List<ReportedResult> results) {
    if (!results.isEmpty()) {
      out.append("\nWritten into the message by your gateways, not checked here:\n");
    }
    results.forEach(
        it ->
            out.append(
                "  %s, says %s\n".formatted(printable(it.text()), printable(it.authservId()))));
  }

  private static String values(Signal signal) {
    StringJoiner text = new StringJoiner("; ");
    signal.values().forEach((key, value) -> text.add(printable(key + " " + value)));
    return text.toString();
  }

  private static String alignment(boolean aligned) {
    return aligned ? "aligned with the From domain" : "not aligned with the From domain";
  }

  private void dns(List<DnsRecord> records) {
    out.append(records.isEmpty() ? "\nDNS was not asked.\n" : "\nDNS answers used:\n");
    for (DnsRecord record : records) {
      out.append("  %s %s: ".formatted(printable(record.name().text()), record.type()));
      Answer answer = record.answer();
      switch (answer.status()) {
        case NOERROR -> out.append('\n');
        case NODATA -> out.append("no such record\n");
        case NXDOMAIN -> out.append("no such name\n");
        case TEMPFAIL -> out.append("no answer\n");
      }
      answer.data().forEach(data -> out.append("      ").append(printable(data)).append('\n'));
    }
  }

  private static void add(StringJoiner text, String before, String foreign) {
    if (!foreign.isEmpty()) {
      text.add(before + printable(foreign));
    }
  }

  private static String printable(String foreign) {
    return PlainText.of(foreign);
  }
}
