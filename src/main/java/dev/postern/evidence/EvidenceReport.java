package dev.postern.evidence;

import static dev.postern.evidence.ReportText.printable;

import dev.postern.evidence.signal.SignalKind;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Stream;

/**
 * Evidence as text for a terminal: the way of the message through SPF as a picture, then what
 * passed, what did not and why, and what DNS said. Text that comes from the message or from DNS is
 * printed without control characters, so that it can neither move the cursor nor pass for ours.
 */
public final class EvidenceReport {
  private static final int LONGEST_KEY = 64;
  private static final String SIGNAL = " ".repeat("signal ".length());

  private final Evidence evidence;
  private final ReportText out = new ReportText();

  private EvidenceReport(Evidence evidence) {
    this.evidence = evidence;
  }

  /** The report, in lines of eighty columns that end with a line feed. */
  public static String of(Evidence evidence) {
    EvidenceReport report = new EvidenceReport(evidence);
    report.origin();
    report.check("SPF", evidence.spf().result().word(), spf(evidence.spf()));
    report.dkim();
    report.check("ARC", evidence.arc().result().word(), arc(evidence.arc()));
    report.check("DMARC", evidence.dmarc().result().word(), report.dmarc());
    report.signals();
    report.reported();
    if (evidence.uncertain()) {
      report.out.line("").line("DNS did not answer everything: another run may find more.");
    }
    report.dns();
    report.out.line("").line("evidence " + EvidenceJson.digest(evidence).hex());
    return report.out.toString();
  }

  private void origin() {
    switch (evidence.origin()) {
      case Origin.Computed it -> {
        out.line("computed from the message with this SHA-256:");
        out.hanging("", printable(it.messageSha256().hex()));
        out.line("");
        SpfPicture.draw(evidence, it, out);
      }
      case Origin.Reported(String gateway) ->
          out.hanging("reported by ", printable(gateway) + ", not computed");
      case Origin.Asked it ->
          it.terms().forEach((name, value) -> out.hanging(name + " ", printable(value)));
    }
  }

  /** One check: its result, and a line for each thing to be said about it. */
  private void check(String what, String result, List<String> about) {
    out.line("");
    String head = "%-6s %-10s ".formatted(what, result);
    if (about.isEmpty()) {
      out.line(head.stripTrailing());
    }
    for (String line : about) {
      out.hanging(head, line);
      head = " ".repeat(head.length());
    }
  }

  private static List<String> spf(SpfFinding spf) {
    String domain = spf.domain().isEmpty() ? "no domain" : printable(spf.domain());
    return List.of(domain + ", " + alignment(spf.result() == SpfResult.PASS, spf.aligned()));
  }

  private void dkim() {
    if (evidence.dkim().isEmpty()) {
      check("DKIM", "none", List.of("the message is not signed"));
    }
    evidence.dkim().forEach(it -> check("DKIM", it.result().word(), dkim(it)));
  }

  private List<String> dkim(DkimFinding dkim) {
    List<String> about = new ArrayList<>();
    StringJoiner key = new StringJoiner(", ");
    Stream.of(dkim.domain(), "selector " + dkim.selector(), dkim.algorithm())
        .filter(text -> !text.isEmpty() && !text.equals("selector "))
        .forEach(key::add);
    if (dkim.keyBits() > 0) {
      key.add(dkim.keyBits() + " bits");
    }
    add(about, "", key.toString());
    add(about, "for ", dkim.identity());
    add(about, "", dkim.reason());
    if (dkim.testing()) {
      about.add("the domain is only testing this key (t=y)");
    }
    if (dkim.unsignedOctets() > 0) {
      about.add(dkim.unsignedOctets() + " octets at the end are not signed (l=)");
    } else if (dkim.lengthTag()) {
      about.add("text may be added at the end without breaking it (l=)");
    }
    if (dkim.signedAt() > 0) {
      about.add("signed " + Age.beforeExamination(dkim.signedAt(), evidence.at()));
    }
    about.add(alignment(dkim.result() == DkimResult.PASS, dkim.aligned()));
    return about;
  }

  private static String alignment(boolean passes, boolean aligned) {
    if (!aligned) {
      return "not aligned with From";
    }
    return passes ? "aligned with From" : "would be aligned with From";
  }

  private static List<String> arc(ArcFinding arc) {
    List<String> about = new ArrayList<>();
    for (ArcHop hop : arc.hops()) {
      String sealer = hop.sealer().isEmpty() ? "an unreadable domain" : printable(hop.sealer());
      String trust = hop.trusted() ? ", trusted" : ", not trusted";
      String claims = hop.claims().isEmpty() ? "" : ", claims " + printable(hop.claims());
      about.add("hop " + hop.instance() + ": " + sealer + trust + claims);
    }
    add(about, "", arc.reason());
    return about;
  }

  private List<String> dmarc() {
    DmarcFinding dmarc = evidence.dmarc();
    List<String> about = new ArrayList<>();
    add(about, "From ", dmarc.fromDomain());
    if (!dmarc.policyDomain().isEmpty()) {
      String asks =
          " asks for " + dmarc.policy().word() + (dmarc.testMode() ? ", in test mode" : "");
      about.add("the record at " + printable(dmarc.policyDomain()) + asks);
    }
    if (!dmarc.organizationalDomain().equals(dmarc.fromDomain())) {
      add(about, "organizational domain ", dmarc.organizationalDomain());
    }
    if (dmarc.result() == DmarcResult.FAIL) {
      about.add("asked for this message: " + dmarc.disposition().word());
    }
    add(about, "proved by ", proofs());
    add(about, "", dmarc.problem());
    return about;
  }

  /** What passed for a domain that belongs with the one in From. */
  private String proofs() {
    StringJoiner proofs = new StringJoiner(" and ");
    SpfFinding spf = evidence.spf();
    if (spf.result() == SpfResult.PASS && spf.aligned()) {
      proofs.add("SPF of " + spf.domain());
    }
    evidence.dkim().stream()
        .filter(it -> it.result() == DkimResult.PASS && it.aligned())
        .forEach(it -> proofs.add("DKIM of " + it.domain()));
    return proofs.toString();
  }

  private void signals() {
    for (Signal signal : evidence.signals()) {
      out.line("");
      String meaning = SignalKind.of(signal.name()).map(it -> ": " + it.meaning()).orElse("");
      out.hanging("signal ", printable(signal.name()) + meaning);
      signal.values().forEach(this::value);
    }
  }

  private void value(String name, String value) {
    if (!value.isEmpty()) {
      out.hanging(SIGNAL, printable(name + " " + value));
    }
  }

  private void reported() {
    if (!evidence.reported().isEmpty()) {
      out.line("").line("Written into the message by your gateways, not checked here:");
    }
    for (ReportedResult it : evidence.reported()) {
      out.hanging("  ", "    ", printable(it.text()) + ", says " + printable(it.authservId()));
    }
  }

  private void dns() {
    List<DnsRecord> records = evidence.dns();
    out.line("").line(records.isEmpty() ? "DNS was not asked." : "DNS answers used:");
    for (DnsRecord record : records) {
      Answer answer = record.answer();
      String none =
          switch (answer.status()) {
            case NOERROR -> "";
            case NODATA -> "no such record, ";
            case NXDOMAIN -> "no such name, ";
            case TEMPFAIL -> "no answer, ";
          };
      String question = printable(record.name().text()) + " " + record.type();
      out.hanging("  ", "    ", question + ": " + none + how(record));
      boolean key = record.name().text().contains("._domainkey.");
      answer.data().forEach(data -> out.hanging("      ", key ? beginning(data) : printable(data)));
    }
  }

  private static String how(DnsRecord record) {
    Answer answer = record.answer();
    StringJoiner how = new StringJoiner(", ");
    how.add(answer.rcode().isEmpty() ? "no rcode" : printable(answer.rcode()));
    how.add(answer.cached() ? "known before" : record.millis() + " ms");
    if (answer.status() != Answer.Status.TEMPFAIL) {
      how.add("TTL " + answer.ttl());
    }
    if (answer.authenticated()) {
      how.add("authenticated");
    }
    return how.toString();
  }

  /** Nobody reads a key. */
  private static String beginning(String key) {
    return key.length() > LONGEST_KEY
        ? printable(key.substring(0, LONGEST_KEY)) + "…"
        : printable(key);
  }

  private static void add(List<String> about, String before, String foreign) {
    if (!foreign.isEmpty()) {
      about.add(before + printable(foreign));
    }
  }
}
