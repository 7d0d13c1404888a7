package dev.postern.web;

import dev.postern.approval.AStage;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.HoldRef;
import dev.postern.approval.Stage;
import dev.postern.evidence.Answer;
import dev.postern.evidence.ArcFinding;
import dev.postern.evidence.DkimFinding;
import dev.postern.evidence.DkimResult;
import dev.postern.evidence.DmarcFinding;
import dev.postern.evidence.DmarcPolicy;
import dev.postern.evidence.DmarcResult;
import dev.postern.evidence.DnsName;
import dev.postern.evidence.DnsRecord;
import dev.postern.evidence.DnsType;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.EvidenceJson;
import dev.postern.evidence.Origin;
import dev.postern.evidence.SpfFinding;
import dev.postern.evidence.SpfResult;
import dev.postern.evidence.SpfTerm;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.MessageHash;
import dev.postern.mail.MessageSummary;
import dev.postern.policy.Action;
import dev.postern.policy.Reason;
import dev.postern.policy.Ruling;
import dev.postern.policy.StagePlan.ReasonRule;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A held message with a spoofed sender, people asked about it. Each test changes what it needs. */
final class SampleCase {
  static final Instant NOW = Instant.parse("2026-11-17T09:41:00Z");

  private final CaseId id;
  private String subject = "Invoice BW-3391, due 24 November";
  private String fromName = "Brightwater Supplies";
  private List<EmailAddress> recipients = addresses("finance@corp.example");
  private List<String> approvers = List.of("mara");
  private ReasonRule reason = ReasonRule.NEVER;
  private int quorum = 1;
  private boolean pass;
  private Instant receivedAt = NOW.minus(Duration.ofMinutes(22));

  private SampleCase(String id) {
    this.id = new CaseId(id);
  }

  static SampleCase aCase(String id) {
    return new SampleCase(id);
  }

  SampleCase subject(String text) {
    subject = text;
    return this;
  }

  SampleCase fromName(String text) {
    fromName = text;
    return this;
  }

  SampleCase to(String... all) {
    recipients = addresses(all);
    return this;
  }

  SampleCase asks(String... people) {
    approvers = List.of(people);
    return this;
  }

  SampleCase reason(ReasonRule rule) {
    reason = rule;
    return this;
  }

  SampleCase quorum(int people) {
    quorum = people;
    return this;
  }

  SampleCase passes() {
    pass = true;
    return this;
  }

  SampleCase heldFor(Duration age) {
    receivedAt = NOW.minus(age);
    return this;
  }

  CaseFile file() {
    Evidence evidence = pass ? good() : bad();
    Stage stage =
        new AStage(
                id.hashCode(),
                "Security on-call",
                approvers,
                quorum,
                reason,
                receivedAt,
                receivedAt.plus(Duration.ofHours(1)))
            .in(Stage.State.OPEN);
    return new CaseFile(
        id,
        CaseState.ASKING,
        3,
        new HoldRef("smtp", "hold-" + id),
        "mx1",
        receivedAt,
        new Envelope(
            EmailAddress.parse("b-77130@bounces.mailer.example"),
            recipients,
            InetAddress.ofLiteral("192.0.2.44"),
            "mta7.mailer.example"),
        new MessageSummary(
            "accounts@brightwater-supplies.example",
            fromName,
            "bw-accounts@brightwater-billing.example",
            subject,
            "<77130.1@mailer.example>",
            "Tue, 17 Nov 2026 09:18:59 +0000",
            184_320,
            List.of(new MessageSummary.Attachment("BW-3391.pdf", "application/pdf", 184_000)),
            List.of("pay.brightwater-supplies.example")),
        true,
        Optional.of(evidence),
        Optional.of(EvidenceJson.digest(evidence)),
        Optional.of(ruling()),
        Optional.of(stage),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        "",
        "",
        receivedAt,
        Optional.empty(),
        Optional.empty());
  }

  private static Ruling ruling() {
    return new Ruling(
        new Action.Ask("security"),
        "spoofed",
        Reason.own("DMARC fails and the domain asks for quarantine"),
        "41cfd23bbbec",
        List.of(
            new Ruling.Step("own-domain", false, "dmarc.from_domain == \"corp.example\""),
            new Ruling.Step("stranger", false, "in shadow: would discard"),
            new Ruling.Step("spoofed", true, "dmarc.result == \"fail\"")),
        new Ruling.Notes(
            Optional.empty(), List.of(new Ruling.Shadow("stranger", "discard")), Optional.empty()));
  }

  private static Evidence bad() {
    return new Evidence(
        new Origin.Computed(
            MessageHash.read("ab".repeat(32)), "192.0.2.1", "mx.client.example", "kim@a.example"),
        receivedAtSecond(),
        spf(SpfResult.PASS, "bounces.mailer.example", "ip4:192.0.2.0/25", false),
        spf(SpfResult.NONE, "mta7.mailer.example", "", false),
        List.of(
            dkim(DkimResult.FAIL, "brightwater-supplies.example", "body changed after signing"),
            dkim(DkimResult.PASS, "mailer.example", "")),
        ArcFinding.none(),
        dmarc(DmarcResult.FAIL),
        List.of(),
        List.of(),
        dns());
  }

  private static Evidence good() {
    return new Evidence(
        new Origin.Computed(
            MessageHash.read("cd".repeat(32)), "192.0.2.1", "mx.client.example", "kim@a.example"),
        receivedAtSecond(),
        spf(SpfResult.PASS, "brightwater-supplies.example", "ip4:192.0.2.0/25", true),
        spf(SpfResult.NONE, "mta7.mailer.example", "", false),
        List.of(dkim(DkimResult.PASS, "brightwater-supplies.example", "", true)),
        ArcFinding.none(),
        dmarc(DmarcResult.PASS),
        List.of(),
        List.of(),
        dns());
  }

  private static long receivedAtSecond() {
    return NOW.getEpochSecond() - 1320;
  }

  private static SpfFinding spf(
      SpfResult result, String domain, String mechanism, boolean aligned) {
    List<SpfTerm> path = mechanism.isEmpty() ? List.of() : List.of(new SpfTerm(domain, mechanism));
    return new SpfFinding(result, SpfFinding.Identity.MAILFROM, domain, path, 1, "", "", aligned);
  }

  private static DkimFinding dkim(DkimResult result, String domain, String reason) {
    return dkim(result, domain, reason, false);
  }

  private static DkimFinding dkim(
      DkimResult result, String domain, String reason, boolean aligned) {
    return new DkimFinding(
        result, domain, "s2024", "", "rsa-sha256", 2048, false, reason, false, 0, 0, aligned);
  }

  private static DmarcFinding dmarc(DmarcResult result) {
    return new DmarcFinding(
        result,
        "brightwater-supplies.example",
        "brightwater-supplies.example",
        "brightwater-supplies.example",
        DmarcPolicy.QUARANTINE,
        result == DmarcResult.PASS ? DmarcPolicy.NONE : DmarcPolicy.QUARANTINE,
        false,
        "v=DMARC1; p=quarantine; rua=mailto:dmarc@brightwater-supplies.example",
        "");
  }

  private static List<DnsRecord> dns() {
    return List.of(
        new DnsRecord(
            new DnsName("_dmarc.brightwater-supplies.example"),
            DnsType.TXT,
            Answer.of(
                List.of("v=DMARC1; p=quarantine; rua=mailto:dmarc@brightwater-supplies.example"),
                3600,
                true),
            3),
        new DnsRecord(
            new DnsName("bounces.mailer.example"),
            DnsType.TXT,
            Answer.of(List.of("v=spf1 include:_spf.mailer.example -all"), 3600, false),
            12),
        new DnsRecord(
            new DnsName("mta7.mailer.example"),
            DnsType.TXT,
            Answer.without(Answer.Status.NXDOMAIN, 1800),
            7));
  }

  static List<EmailAddress> addresses(String... all) {
    return new ArrayList<>(
        Arrays.stream(all).map(a -> EmailAddress.parse(a).orElseThrow()).toList());
  }
}
