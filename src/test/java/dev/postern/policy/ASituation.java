package dev.postern.policy;

import dev.postern.evidence.ArcFinding;
import dev.postern.evidence.DkimFinding;
import dev.postern.evidence.DkimResult;
import dev.postern.evidence.DmarcFinding;
import dev.postern.evidence.DmarcPolicy;
import dev.postern.evidence.DmarcResult;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.Origin;
import dev.postern.evidence.ReportedResult;
import dev.postern.evidence.Signal;
import dev.postern.evidence.SpfFinding;
import dev.postern.evidence.SpfResult;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.MessageHash;
import dev.postern.mail.MessageSummary;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Builds situations; without further words, mail that is proved in every way. */
final class ASituation {
  Origin origin =
      new Origin.Computed(
          MessageHash.read("00"), "192.0.2.1", "mx.client.example", "kim@a.example");
  SpfResult spf = SpfResult.PASS;
  DkimResult dkim = DkimResult.PASS;
  DmarcResult dmarc = DmarcResult.PASS;
  DmarcPolicy disposition = DmarcPolicy.NONE;
  String fromDomain = "firm.example";
  String fromName = "Kim";
  String subject = "Minutes";
  long unsignedOctets;
  List<MessageSummary.Attachment> attachments = List.of();
  List<String> linkHosts = List.of("www.firm.example");
  List<String> signals = List.of();
  String unreadSender = "";
  Situation.Context context = Situation.Context.at(Instant.parse("2026-11-26T09:30:00Z"));

  static ASituation proved() {
    return new ASituation();
  }

  static ASituation spoofed(DmarcPolicy asked) {
    ASituation it = new ASituation();
    it.spf = SpfResult.FAIL;
    it.dkim = DkimResult.FAIL;
    it.dmarc = DmarcResult.FAIL;
    it.disposition = asked;
    return it;
  }

  ASituation with(java.util.function.Consumer<ASituation> change) {
    change.accept(this);
    return this;
  }

  Situation build() {
    Evidence evidence =
        new Evidence(
            origin,
            1_790_000_000,
            spf(SpfFinding.Identity.MAILFROM),
            spf(SpfFinding.Identity.HELO),
            List.of(
                new DkimFinding(
                    dkim,
                    fromDomain,
                    "s1",
                    "",
                    "rsa-sha256",
                    2048,
                    false,
                    "",
                    unsignedOctets > 0,
                    unsignedOctets,
                    0,
                    true)),
            ArcFinding.none(),
            new DmarcFinding(
                dmarc,
                fromDomain,
                fromDomain,
                fromDomain,
                DmarcPolicy.REJECT,
                disposition,
                false,
                "v=DMARC1; p=reject",
                ""),
            List.of(new ReportedResult("mx.here.example", "dmarc", "pass", "", new TreeMap<>())),
            signals.stream().map(it -> Signal.of(it, Map.of())).toList(),
            List.of());
    EmailAddress from = EmailAddress.parse("kim@" + fromDomain).orElseThrow();
    Envelope envelope =
        new Envelope(
                Optional.of(from).filter(_ -> unreadSender.isEmpty()),
                List.of(EmailAddress.parse("lee@here.example").orElseThrow()),
                InetAddress.ofLiteral("192.0.2.1"),
                "mail.firm.example")
            .withSender(unreadSender);
    MessageSummary message =
        new MessageSummary(
            from.toString(), fromName, "", subject, "<1@x>", "", 900, attachments, linkHosts);
    return new Situation(evidence, envelope, message, "smtp", context);
  }

  private SpfFinding spf(SpfFinding.Identity identity) {
    return new SpfFinding(spf, identity, fromDomain, List.of(), 0, "", "", true);
  }
}
