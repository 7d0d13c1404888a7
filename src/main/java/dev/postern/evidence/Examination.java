package dev.postern.evidence;

import dev.postern.evidence.arc.ArcVerifier;
import dev.postern.evidence.dkim.DkimVerifier;
import dev.postern.evidence.dmarc.Discovery;
import dev.postern.evidence.dmarc.DmarcOutcome;
import dev.postern.evidence.signal.Letter;
import dev.postern.evidence.signal.Route;
import dev.postern.evidence.signal.Signals;
import dev.postern.evidence.spf.SpfCheck;
import dev.postern.evidence.spf.SpfOutcome;
import dev.postern.evidence.spf.SpfQuestion;
import dev.postern.mail.Authors;
import dev.postern.mail.Envelope;
import dev.postern.mail.HeaderFields;
import dev.postern.mail.MessageHash;
import dev.postern.mail.RawMessage;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The examination of one message: its parts, and the two ways to go through them. */
final class Examination {
  private static final String LATE = "time ran out before DNS answered";

  /** What stands for signatures that nobody could verify in time. */
  private static final int MOST_LATE_SIGNATURES = 10;

  private final Envelope envelope;
  private final RawMessage message;
  private final HeaderFields header;
  private final long now;
  private final Home home;
  private final Optional<Signals> signals;
  private final Deadline by;
  private final SpfQuestion mailFrom;
  private final SpfQuestion helo;

  Examination(
      Envelope envelope,
      RawMessage message,
      Instant at,
      Home home,
      Optional<Signals> signals,
      Deadline by) {
    this.envelope = envelope;
    this.message = message;
    this.header = HeaderFields.of(message);
    this.now = at.getEpochSecond();
    this.home = home;
    this.signals = signals;
    this.by = by;
    this.mailFrom = SpfQuestion.mailFrom(envelope, now);
    this.helo = SpfQuestion.helo(envelope, now);
  }

  /**
   * One part after the other on this thread, which is quickest where nothing must be waited for.
   *
   * @throws AtHand.Missing if a DNS answer is not at hand
   */
  Evidence atOnce(RecordingDns recording) {
    Dns dns = new AtHand(recording);
    Route route = signals.isPresent() ? Route.of(envelope, dns, by) : Route.unknown();
    SpfCheck spf = new SpfCheck(dns);
    SpfOutcome ofMailFrom = spf.check(mailFrom, by);
    SpfOutcome ofHelo = spf.check(helo, by);
    Conclusion conclusion = new Conclusion(dns, Authors.of(header), by);
    Optional<Discovery> policy = conclusion.discover();
    List<DkimFinding> dkim = dkim(dns);
    ArcFinding arc = arc(dns);
    var found = new Conclusion.Found(mailFrom, ofMailFrom, helo, ofHelo, dkim, policy);
    DmarcOutcome dmarc = conclusion.dmarc(found);
    return evidence(found, dmarc, arc, recording)
        .raising(signals(route, dmarc.finding()))
        .with(Hearsay.of(header, home));
  }

  /** All parts at the same time, each on its own virtual thread. Ends by the deadline. */
  Evidence together(RecordingDns dns) {
    SpfCheck spf = new SpfCheck(dns);
    try (Branches branches = new Branches(by)) {
      var stage =
          signals.map(
              it -> new SignalStage(it, branches, dns, by).start(envelope, header, message));
      var ofMailFrom = branches.start(() -> spf.check(mailFrom, by), lateSpf());
      var ofHelo = branches.start(() -> spf.check(helo, by), lateSpf());
      var dkim = branches.start(() -> dkim(dns), lateDkim());
      var arc = branches.start(() -> arc(dns), lateArc());
      var hearsay = branches.start(() -> Hearsay.of(header, home), Hearsay.NONE);
      Conclusion conclusion = new Conclusion(dns, Authors.of(header), by);
      var policy = branches.start(conclusion::discover, conclusion.undiscovered());
      conclusion.expect(mailFrom.domain());
      dkim.join().forEach(it -> conclusion.expect(it.domain()));
      var found =
          new Conclusion.Found(
              mailFrom, ofMailFrom.join(), helo, ofHelo.join(), dkim.join(), policy.join());
      var dmarc = branches.start(() -> conclusion.dmarc(found), conclusion.late());
      DmarcFinding concluded = dmarc.join().finding();
      List<Signal> raised = stage.map(it -> it.conclude(concluded)).orElse(List.of());
      return evidence(found, dmarc.join(), arc.join(), dns).raising(raised).with(hearsay.join());
    }
  }

  private List<Signal> signals(Route route, DmarcFinding dmarc) {
    if (signals.isEmpty()) {
      return List.of();
    }
    boolean stranger = Authors.of(header).domain().filter(signals.get()::stranger).isPresent();
    return signals.get().of(Letter.of(envelope, header, message), dmarc, route, stranger);
  }

  private List<DkimFinding> dkim(Dns dns) {
    return new DkimVerifier(signals.isPresent()).verify(message, header, dns, by, now);
  }

  private ArcFinding arc(Dns dns) {
    return new ArcVerifier(home).verify(message, header, dns, by, now);
  }

  private Evidence evidence(
      Conclusion.Found found, DmarcOutcome dmarc, ArcFinding arc, RecordingDns dns) {
    return new Evidence(
        origin(),
        now,
        found.spf(dmarc),
        found.heloSpf(),
        found.dkim(dmarc),
        arc,
        dmarc.finding(),
        List.of(),
        List.of(),
        dns.records());
  }

  private Origin origin() {
    return new Origin.Computed(
        MessageHash.of(message),
        envelope.clientIp().getHostAddress(),
        envelope.helo(),
        envelope.mailFromText());
  }

  private static SpfOutcome lateSpf() {
    return new SpfOutcome(SpfResult.TEMPERROR, List.of(), 0, "", LATE);
  }

  private List<DkimFinding> lateDkim() {
    int signatures = Math.min(header.named("DKIM-Signature").size(), MOST_LATE_SIGNATURES);
    return Collections.nCopies(signatures, DkimFinding.without(DkimResult.TEMPERROR, LATE));
  }

  private static ArcFinding lateArc() {
    return new ArcFinding(ArcResult.FAIL, List.of(), LATE, true);
  }
}
