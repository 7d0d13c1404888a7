package dev.postern.policy;

import dev.postern.evidence.ArcFinding;
import dev.postern.evidence.ArcHop;
import dev.postern.evidence.ArcResult;
import dev.postern.evidence.DkimFinding;
import dev.postern.evidence.DkimResult;
import dev.postern.evidence.DmarcFinding;
import dev.postern.evidence.DmarcPolicy;
import dev.postern.evidence.DmarcResult;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.GatewayReport;
import dev.postern.evidence.Origin;
import dev.postern.evidence.ReportedResult;
import dev.postern.evidence.Signal;
import dev.postern.evidence.SpfFinding;
import dev.postern.evidence.SpfResult;
import dev.postern.mail.DomainName;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.MessageHash;
import dev.postern.mail.MessageSummary;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What rules can see of a message, and nothing else of it, as octets: what {@link View} reads of
 * the copy is what it reads of the original. DNS answers, paths and reasons are left out.
 */
final class Imprint {
  private static final Origin COMPUTED =
      new Origin.Computed(MessageHash.read("00".repeat(32)), "", "", "");
  private static final Origin REPORTED = new Origin.Reported("");

  private Imprint() {}

  static void write(Packed.Writer out, Situation it) {
    Evidence evidence = it.evidence();
    out.flag(evidence.origin() instanceof Origin.Computed);
    spf(out, evidence.spf());
    spf(out, evidence.helo());
    out.list(evidence.dkim(), Imprint::dkim);
    DmarcFinding dmarc = evidence.dmarc();
    out.word(dmarc.result()).word(dmarc.policy()).word(dmarc.disposition());
    text(out, dmarc.fromDomain());
    ArcFinding arc = evidence.arc();
    out.word(arc.result()).flag(arc.undecided());
    out.list(arc.hops(), (o, hop) -> text(o, hop.sealer()).flag(hop.trusted()));
    out.list(
        evidence.reported(),
        (o, said) -> text(text(text(o, said.authservId()), said.method()), said.result()));
    out.list(evidence.signals(), (o, signal) -> text(o, signal.name()));
    envelope(out, it.envelope());
    message(out, it.message());
    text(out, it.source());
    context(out, it.context());
  }

  static Situation read(Packed.Reader in) {
    boolean computed = in.flag();
    SpfFinding spf = spf(in, SpfFinding.Identity.MAILFROM);
    SpfFinding helo = spf(in, SpfFinding.Identity.HELO);
    List<DkimFinding> dkim = in.list(Imprint::dkim);
    DmarcFinding dmarc = dmarc(in);
    ArcFinding arc = arc(in);
    List<ReportedResult> reported = in.list(Imprint::reported);
    List<Signal> signals = in.list(i -> new Signal(i.text(), Collections.emptySortedMap()));
    Evidence evidence =
        new Evidence(
            computed ? COMPUTED : REPORTED,
            0,
            spf,
            helo,
            dkim,
            arc,
            dmarc,
            reported,
            signals,
            List.of());
    return new Situation(evidence, envelope(in), message(in), in.text(), context(in));
  }

  /** A text that is longer than rules read stays longer than they read. */
  private static Packed.Writer text(Packed.Writer out, String text) {
    return out.text(
        text.length() > Facts.LONGEST_TEXT ? text.substring(0, Facts.LONGEST_TEXT + 1) : text);
  }

  private static void spf(Packed.Writer out, SpfFinding spf) {
    text(out.word(spf.result()), spf.domain()).flag(spf.aligned());
  }

  private static SpfFinding spf(Packed.Reader in, SpfFinding.Identity identity) {
    return new SpfFinding(
        in.word(SpfResult.class), identity, in.text(), List.of(), 0, "", "", in.flag());
  }

  private static void dkim(Packed.Writer out, DkimFinding dkim) {
    text(text(text(out.word(dkim.result()), dkim.domain()), dkim.selector()), dkim.algorithm())
        .number(dkim.keyBits())
        .flag(dkim.testing())
        .flag(dkim.lengthTag())
        .number(dkim.unsignedOctets())
        .flag(dkim.aligned());
  }

  private static DkimFinding dkim(Packed.Reader in) {
    DkimResult result = in.word(DkimResult.class);
    String domain = in.text();
    String selector = in.text();
    String algorithm = in.text();
    int keyBits = (int) in.number();
    boolean testing = in.flag();
    boolean lengthTag = in.flag();
    long unsigned = in.number();
    return new DkimFinding(
        result, domain, selector, "", algorithm, keyBits, testing, "", lengthTag, unsigned, 0,
        in.flag());
  }

  private static DmarcFinding dmarc(Packed.Reader in) {
    DmarcResult result = in.word(DmarcResult.class);
    DmarcPolicy policy = in.word(DmarcPolicy.class);
    DmarcPolicy disposition = in.word(DmarcPolicy.class);
    return new DmarcFinding(result, in.text(), "", "", policy, disposition, false, "", "");
  }

  private static ArcFinding arc(Packed.Reader in) {
    ArcResult result = in.word(ArcResult.class);
    boolean undecided = in.flag();
    List<ArcHop> hops = in.list(i -> new ArcHop(0, i.text(), "", i.flag(), ""));
    return new ArcFinding(result, hops, "", undecided);
  }

  private static ReportedResult reported(Packed.Reader in) {
    return new ReportedResult(in.text(), in.text(), in.text(), "", Collections.emptySortedMap());
  }

  private static void envelope(Packed.Writer out, Envelope envelope) {
    out.list(envelope.mailFrom().stream().toList(), Imprint::address);
    out.list(envelope.recipients(), Imprint::address);
    text(
        text(out.octets(envelope.clientIp().getAddress()), envelope.helo()),
        envelope.unreadSender());
  }

  private static Envelope envelope(Packed.Reader in) {
    Optional<EmailAddress> from = in.list(Imprint::address).stream().findFirst();
    List<EmailAddress> to = in.list(Imprint::address);
    try {
      return new Envelope(from, to, InetAddress.getByAddress(in.octets()), in.text())
          .withSender(in.text());
    } catch (UnknownHostException neitherFourNorSixteen) {
      throw new IllegalArgumentException("a client address is no IP address");
    }
  }

  private static void address(Packed.Writer out, EmailAddress address) {
    out.text(address.localPart()).text(address.domain().ascii());
  }

  private static EmailAddress address(Packed.Reader in) {
    return new EmailAddress(in.text(), new DomainName(in.text()));
  }

  private static void message(Packed.Writer out, MessageSummary it) {
    text(text(text(text(out, it.from()), it.fromName()), it.replyTo()), it.subject());
    out.number(it.size());
    out.list(it.attachments(), (o, a) -> text(text(o, a.name()), a.type()).number(a.size()));
    out.list(it.linkHosts(), Imprint::text);
  }

  private static MessageSummary message(Packed.Reader in) {
    String from = in.text();
    String name = in.text();
    String replyTo = in.text();
    String subject = in.text();
    long size = in.number();
    List<MessageSummary.Attachment> attachments =
        in.list(i -> new MessageSummary.Attachment(i.text(), i.text(), i.number()));
    List<String> hosts = in.list(Packed.Reader::text);
    return new MessageSummary(from, name, replyTo, subject, "", "", size, attachments, hosts);
  }

  private static void context(Packed.Writer out, Situation.Context context) {
    out.instant(context.at().toInstant());
    out.list(
        context.gateway().stream().toList(),
        (o, g) -> {
          text(text(o, g.gateway()), g.action()).number(Double.doubleToRawLongBits(g.score()));
          o.list(g.findings(), (p, finding) -> text(p, finding.name()));
        });
    history(out, context.domain());
    history(out, context.address());
    text(out.flag(context.grants().allow()).flag(context.grants().block()), context.grants().id());
  }

  private static Situation.Context context(Packed.Reader in) {
    ZonedDateTime at = in.instant().atZone(ZoneOffset.UTC);
    Optional<GatewayReport> gateway = in.list(Imprint::gateway).stream().findFirst();
    SenderHistory domain = history(in);
    SenderHistory address = history(in);
    Granted grants = new Granted(in.flag(), in.flag(), in.text());
    return new Situation.Context(at, gateway, domain, address, grants);
  }

  private static GatewayReport gateway(Packed.Reader in) {
    String name = in.text();
    String action = in.text();
    double score = Double.longBitsToDouble(in.number());
    return new GatewayReport(
        name, action, score, in.list(i -> new GatewayReport.Finding(i.text(), 0, List.of())));
  }

  private static void history(Packed.Writer out, SenderHistory it) {
    out.number(it.seen()).number(it.passed()).number(it.asked());
    out.number(it.released()).number(it.discarded());
    out.list(it.first().stream().toList(), Packed.Writer::instant);
    out.list(it.last().stream().toList(), Packed.Writer::instant);
  }

  private static SenderHistory history(Packed.Reader in) {
    return new SenderHistory(
        in.number(),
        in.number(),
        in.number(),
        in.number(),
        in.number(),
        in.list(Packed.Reader::instant).stream().findFirst(),
        in.list(Packed.Reader::instant).stream().findFirst());
  }
}
