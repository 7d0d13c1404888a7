package dev.postern.card;

import static dev.postern.card.Cleaner.Kind.ADDRESS;
import static dev.postern.card.Cleaner.Kind.FILENAME;
import static dev.postern.card.Cleaner.Kind.HOST;
import static dev.postern.card.Cleaner.Kind.ID;
import static dev.postern.card.Cleaner.Kind.TXT;

import dev.postern.approval.CaseFile;
import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Row;
import dev.postern.evidence.Answer;
import dev.postern.evidence.ArcHop;
import dev.postern.evidence.DkimFinding;
import dev.postern.evidence.DmarcFinding;
import dev.postern.evidence.DnsRecord;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.GatewayReport;
import dev.postern.evidence.GatewayReport.Finding;
import dev.postern.evidence.Origin;
import dev.postern.evidence.ReportedResult;
import dev.postern.evidence.Signal;
import dev.postern.evidence.SpfFinding;
import dev.postern.evidence.SpfResult;
import dev.postern.evidence.SpfTerm;
import dev.postern.mail.Envelope;
import dev.postern.mail.MessageSummary.Attachment;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What "More evidence" shows: bounded, since a message can carry any number of anything. */
final class EvidenceGroups {
  private static final int MOST_TERMS = 12;
  private static final int MOST_SIGNATURES = 10;
  private static final int MOST_ANSWERS = 20;
  private static final int MOST_FILES = 10;
  private static final int MOST_REPORTED = 20;
  private static final int MOST_SIGNALS = 20;
  private static final int MOST_FINDINGS = 8;

  private static final String DOTS = " (with a plain dot wherever it says [.])";

  private static final Set<String> ALGORITHMS = Set.of("rsa-sha256", "rsa-sha1", "ed25519-sha256");

  private EvidenceGroups() {}

  static List<Group> of(CaseFile file) {
    List<Group> groups = new ArrayList<>();
    groups.add(path(file));
    file.evidence()
        .ifPresent(
            e -> {
              groups.add(signatures(e));
              groups.add(dmarc(e.dmarc()));
              if (!e.reported().isEmpty()) {
                groups.add(reported(e.reported()));
              }
              groups.add(dns(e.dns()));
              if (!e.signals().isEmpty()) {
                groups.add(signals(e.signals()));
              }
            });
    file.report().map(EvidenceGroups::score).ifPresent(groups::add);
    if (!file.message().attachments().isEmpty()) {
      groups.add(attachments(file.message().attachments()));
    }
    file.ruling().filter(it -> !it.trace().isEmpty()).map(TraceRows::of).ifPresent(groups::add);
    file.evidence().ifPresent(e -> groups.add(record(file, e)));
    return groups;
  }

  /** The same, and what may be done by hand in the mail system, which Postern never does itself. */
  static List<Group> of(CaseFile file, Optional<String> suggestion) {
    List<Group> groups = new ArrayList<>(of(file));
    suggestion
        .map(it -> new Row("By hand", Line.of().quote(it, TXT).say(DOTS).runs()))
        .map(row -> new Group("own-lists", "Lists of the mail system", List.of(row)))
        .ifPresent(groups::add);
    return groups;
  }

  /** A bounce has no sender; one that cannot be read is somebody. */
  private static List<Run> noAddress(String unread) {
    return unread.isEmpty()
        ? Line.own("empty, as in delivery reports")
        : Line.of().say("no address that can be read: ").quote(unread, ADDRESS).runs();
  }

  private static Group path(CaseFile file) {
    Envelope envelope = file.envelope();
    List<Run> sender =
        envelope
            .mailFrom()
            .map(a -> Line.quoted(a.toString(), ADDRESS))
            .orElseGet(() -> noAddress(envelope.unreadSender()));
    Line server = Line.of();
    if (!envelope.helo().isEmpty()) {
      server.quote(envelope.helo(), HOST).say(" at ");
    }
    server.quote(envelope.clientIp().getHostAddress(), HOST);
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("Envelope sender", sender));
    rows.add(new Row("Sending server", server.runs()));
    file.evidence()
        .ifPresent(
            e -> {
              rows.addAll(helo(e.helo()));
              rows.addAll(spf(e.spf()));
            });
    rows.add(new Row("Message-ID", Line.quoted(file.message().messageId(), ID)));
    return new Group("path", "Path", rows);
  }

  /** Most server names publish nothing, which says nothing. */
  private static List<Row> helo(SpfFinding helo) {
    return helo.result() == SpfResult.NONE
        ? List.of()
        : List.of(new Row("SPF of the server name", Line.own(helo.result().word())));
  }

  /** As it was walked: from the domain's own record down to the term that matched. */
  private static List<Row> spf(SpfFinding spf) {
    List<Row> rows = new ArrayList<>();
    String cost =
        spf.lookups() == 0 ? "" : ", " + spf.lookups() + " of 10 look-ups that SPF allows";
    rows.add(new Row("SPF of the envelope sender", Line.own(spf.result().word() + cost)));
    for (SpfTerm term : spf.path().subList(0, Math.min(MOST_TERMS, spf.path().size()))) {
      Line step = Line.of().quote(term.domain(), HOST).say(" says ").quote(term.term(), TXT);
      rows.add(new Row("SPF matched", step.runs()));
    }
    if (!spf.problem().isEmpty()) {
      rows.add(new Row("SPF problem", Line.quoted(spf.problem(), TXT)));
    }
    if (!spf.explanation().isEmpty()) {
      rows.add(new Row("Domain explains", Line.quoted(spf.explanation(), TXT)));
    }
    return rows;
  }

  private static Group signatures(Evidence e) {
    List<Row> rows = new ArrayList<>();
    List<DkimFinding> all = e.dkim();
    for (int i = 0; i < Math.min(MOST_SIGNATURES, all.size()); i++) {
      rows.add(new Row("DKIM " + (i + 1), signature(all.get(i))));
    }
    if (all.isEmpty()) {
      rows.add(new Row("DKIM", Line.own("The message is not signed.")));
    }
    if (!e.arc().hops().isEmpty()) {
      rows.add(new Row("ARC seals", seals(e.arc().hops())));
    }
    return new Group("signatures", "Signatures", rows, more(all.size() - MOST_SIGNATURES));
  }

  private static List<Run> signature(DkimFinding one) {
    Line line = Line.of().say(one.result().word() + ", domain ").quote(one.domain(), HOST);
    line.say(", selector ").quote(one.selector(), HOST).say(", ");
    // What the message calls its algorithm is the sender's word, unless it is one we know.
    if (ALGORITHMS.contains(one.algorithm())) {
      line.say(one.algorithm());
    } else {
      line.quote(one.algorithm(), ID);
    }
    line.say(one.keyBits() > 0 ? ", " + one.keyBits() + " bits" : "");
    if (one.signedAt() > 0) {
      line.say(", signed ").dateTime(Instant.ofEpochSecond(one.signedAt()));
    }
    line.say(one.testing() ? ", only testing this key" : "");
    line.say(end(one));
    // Our words, but they name keys and tags as the message does.
    return one.reason().isEmpty() ? line.runs() : line.say(": ").quote(one.reason(), TXT).runs();
  }

  private static String end(DkimFinding one) {
    if (one.unsignedOctets() > 0) {
      return ", last " + one.unsignedOctets() + " bytes not signed";
    }
    return one.lengthTag() ? ", text may be added at its end" : "";
  }

  private static List<Run> seals(List<ArcHop> all) {
    Line line = Line.of();
    for (ArcHop hop : all.subList(0, Math.min(MOST_SIGNATURES, all.size()))) {
      line.say(hop.instance() == 1 ? "" : ", ").quote(hop.sealer(), HOST);
      line.say(hop.trusted() ? " (trusted)" : "");
      if (!hop.claims().isEmpty()) {
        line.say(" claims ").quote(hop.claims(), TXT);
      }
    }
    return line.runs();
  }

  private static Group dmarc(DmarcFinding dmarc) {
    List<Row> rows = new ArrayList<>();
    if (!dmarc.policyDomain().isEmpty()) {
      rows.add(new Row("Found at", Line.quoted(dmarc.policyDomain(), HOST)));
    }
    rows.add(
        new Row(
            "Record",
            dmarc.record().isEmpty() ? Line.own("none") : Line.quoted(dmarc.record(), TXT)));
    if (dmarc.testMode()) {
      rows.add(new Row("Test mode", Line.own("yes: the domain asks for milder handling")));
    }
    if (!dmarc.problem().isEmpty()) {
      rows.add(new Row("Problem", Line.quoted(dmarc.problem(), TXT)));
    }
    return new Group("dmarc", "DMARC record", rows);
  }

  private static Group reported(List<ReportedResult> all) {
    List<Row> rows = all.stream().limit(MOST_REPORTED).map(EvidenceGroups::says).toList();
    return new Group("reported", "Reported by gateways", rows, more(all.size() - MOST_REPORTED));
  }

  private static Row says(ReportedResult one) {
    Line line = Line.of().quote(one.text(), TXT).say(", says ").quote(one.authservId(), HOST);
    return new Row("Not checked here", line.runs());
  }

  private static Group dns(List<DnsRecord> all) {
    List<Row> rows =
        all.stream().limit(MOST_ANSWERS).map(r -> new Row(r.type().name(), answer(r))).toList();
    return new Group("dns", "DNS answers used", rows, more(all.size() - MOST_ANSWERS));
  }

  private static List<Run> answer(DnsRecord record) {
    Answer answer = record.answer();
    Line line = Line.of().quote(record.name().text(), HOST).say(": ");
    switch (answer.status()) {
      case NOERROR -> line.quote(String.join("; ", answer.data()), TXT);
      case NODATA -> line.say("no record of this type");
      case NXDOMAIN -> line.say("no such name");
      case TEMPFAIL -> line.say("DNS did not answer");
    }
    if (!answer.rcode().isEmpty()) {
      line.say(", ").addAll(rcode(answer.rcode()));
    }
    line.say(answer.authenticated() ? ", signed (DNSSEC)" : "");
    return line.say(answer.cached() ? ", known already" : ", " + record.millis() + " ms").runs();
  }

  /** Our resolver's words; evidence can also come from elsewhere. */
  private static List<Run> rcode(String rcode) {
    return rcode.matches("[A-Z]{2,20}") ? Line.own(rcode) : Line.quoted(rcode, ID);
  }

  private static Group signals(List<Signal> all) {
    List<Row> rows = all.stream().limit(MOST_SIGNALS).map(SignalRows::of).toList();
    return new Group("signals", "Signals", rows, more(all.size() - MOST_SIGNALS));
  }

  /** The heaviest findings first: they say why. */
  private static Group score(GatewayReport report) {
    String found =
        report.findings().stream()
            .filter(f -> f.score() != 0)
            .sorted(Comparator.comparingDouble(Finding::score).reversed())
            .limit(MOST_FINDINGS)
            .map(f -> f.name() + " " + plain(f.score()))
            .collect(Collectors.joining(", "));
    Line line = Line.of().say(plain(report.score()) + ", ").quote(report.action(), ID);
    if (!found.isEmpty()) {
      line.say(": ").quote(found, TXT);
    }
    return new Group("score", "Score", List.of(new Row(report.gateway(), line.runs())));
  }

  private static String plain(double score) {
    return Double.isFinite(score)
        ? BigDecimal.valueOf(score)
            .setScale(2, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString()
        : "unknown";
  }

  private static Group attachments(List<Attachment> all) {
    List<Row> rows =
        all.stream()
            .limit(MOST_FILES)
            .map(
                a ->
                    new Row(
                        "File",
                        Line.of()
                            .quote(a.name(), FILENAME)
                            .say(", claimed type ")
                            .quote(a.type(), ID)
                            .say(", " + Wording.size(a.size()))
                            .runs()))
            .toList();
    return new Group("files", "Attachment types", rows, more(all.size() - MOST_FILES));
  }

  private static Group record(CaseFile file, Evidence e) {
    List<Row> rows = new ArrayList<>();
    rows.add(
        switch (e.origin()) {
          case Origin.Computed c ->
              new Row("Computed from the raw message", Line.own("SHA-256 " + c.messageSha256()));
          case Origin.Reported r -> new Row("Reported by", Line.of().name(r.gateway()).runs());
          case Origin.Asked _ -> new Row("Nothing to examine", Line.own("somebody asks for it"));
        });
    rows.add(new Row("Examined at", Line.of().dateTime(Instant.ofEpochSecond(e.at())).runs()));
    file.digest().ifPresent(d -> rows.add(new Row("Evidence SHA-256", Line.own(d.hex()))));
    return new Group("record", "Record", rows);
  }

  private static List<List<Run>> more(int left) {
    return left > 0
        ? List.of(Line.own("and " + left + " more in the evidence document"))
        : List.of();
  }
}
