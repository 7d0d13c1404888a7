package dev.postern.policy;

import dev.postern.evidence.Evidence;
import dev.postern.evidence.GatewayReport;
import dev.postern.evidence.GatewayReport.Finding;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.MessageSummary;
import dev.postern.mail.MessageSummary.Attachment;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A message of which a test states some facts; the others have the defaults of docs/policy.md. */
final class SituationReader {
  private static final String RECIPIENT = "lee@here.example";

  private final StatedFacts facts;
  private final OffsetDateTime at;

  SituationReader(StatedFacts facts, OffsetDateTime at) {
    this.facts = facts;
    this.at = at;
  }

  Situation read() {
    String domain = facts.text("dmarc.from_domain", "sender.example");
    String from = facts.text("message.from", "kim@" + domain);
    String fromDomain =
        facts.text(
            "dmarc.from_domain",
            from.substring(from.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT));
    Envelope envelope = envelope(from, fromDomain);
    Evidence evidence = new StatedEvidence(facts, fromDomain).read(envelope, at.toInstant());
    return new Situation(evidence, envelope, message(from), source(), context());
  }

  /** The connector that took it. */
  String source() {
    return facts.text("source", "smtp");
  }

  /** What is known besides the message. */
  Situation.Context context() {
    return new Situation.Context(
        at.toZonedDateTime(),
        gateway(),
        history("sender.domain."),
        history("sender.address."),
        new Granted(
            facts.flag("grant.allow", false),
            facts.flag("grant.block", false),
            facts.text("grant.id", "")));
  }

  private Envelope envelope(String from, String domain) {
    String sender = facts.text("envelope.mail_from", from);
    Optional<EmailAddress> mailFrom =
        sender.isEmpty() ? Optional.empty() : address("envelope.mail_from", sender);
    List<EmailAddress> recipients =
        facts.texts("envelope.recipients", List.of(RECIPIENT)).stream()
            .flatMap(it -> address("envelope.recipients", it).stream())
            .toList();
    EmailAddress somebody = EmailAddress.parse(RECIPIENT).orElseThrow();
    return new Envelope(
        mailFrom,
        recipients.isEmpty() ? List.of(somebody) : recipients,
        client(facts.text("envelope.client_ip", "192.0.2.1")),
        facts.text("envelope.helo", "mail." + domain));
  }

  private Optional<EmailAddress> address(String path, String text) {
    Optional<EmailAddress> address = EmailAddress.parse(text);
    if (address.isEmpty()) {
      facts.fault(path, "\"" + text + "\" is no mail address such as kim@firm.example");
    }
    return address;
  }

  private InetAddress client(String text) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException notLiteral) {
      facts.fault("envelope.client_ip", "\"" + text + "\" is no address such as 192.0.2.1");
      return InetAddress.getLoopbackAddress();
    }
  }

  private MessageSummary message(String from) {
    List<Attachment> files =
        facts.each("message.attachments").orElse(List.of()).stream()
            .map(
                it ->
                    new Attachment(
                        it.text("name", ""),
                        it.text("type", "application/octet-stream"),
                        it.number("size", 1000)))
            .toList();
    return new MessageSummary(
        from,
        facts.text("message.from_name", ""),
        facts.text("message.reply_to", ""),
        facts.text("message.subject", "Minutes"),
        "",
        "",
        facts.number("message.size", 2000),
        files,
        facts.texts("message.link_hosts", List.of()));
  }

  private Optional<GatewayReport> gateway() {
    return facts.has("gateway")
        ? Optional.of(
            new GatewayReport(
                facts.text("gateway.name", "gateway"),
                facts.text("gateway.action", ""),
                facts.real("gateway.score"),
                facts.texts("gateway.symbols", List.of()).stream()
                    .map(it -> new Finding(it, 0, List.of()))
                    .toList()))
        : Optional.empty();
  }

  private SenderHistory history(String of) {
    long passed = facts.number(of + "passed", 0);
    long asked = facts.number(of + "asked", 0);
    long seen = facts.number(of + "seen", passed + asked);
    return new SenderHistory(
        seen,
        passed,
        asked,
        facts.number(of + "released", 0),
        facts.number(of + "discarded", 0),
        day(of + "first_days", seen),
        day(of + "last_days", seen));
  }

  private Optional<Instant> day(String path, long seen) {
    long days = Math.min(facts.number(path, 0), 36_500);
    return seen > 0 || facts.has(path)
        ? Optional.of(at.toInstant().minus(Duration.ofDays(days)))
        : Optional.empty();
  }
}
