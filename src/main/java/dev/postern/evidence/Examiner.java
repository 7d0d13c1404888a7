package dev.postern.evidence;

import dev.postern.evidence.arc.ArcVerifier;
import dev.postern.evidence.dkim.DkimVerifier;
import dev.postern.evidence.dmarc.DmarcCheck;
import dev.postern.evidence.signal.Signals;
import dev.postern.evidence.spf.SpfCheck;
import dev.postern.evidence.spf.SpfOutcome;
import dev.postern.evidence.spf.SpfQuestion;
import dev.postern.mail.Authors;
import dev.postern.mail.Envelope;
import dev.postern.mail.HeaderFields;
import dev.postern.mail.MessageSummary;
import dev.postern.mail.RawMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Finds out everything about one message that the mail-authentication standards can tell: SPF of
 * both identities, DKIM, ARC and DMARC, from the octets and the envelope. The independent parts run
 * at once on virtual threads and share one recording resolver. Safe for many threads.
 */
public final class Examiner {
  private static final String LATE = "time ran out before DNS answered";

  /** What stands for signatures that nobody could verify in time. */
  private static final int MOST_LATE_SIGNATURES = 10;

  private final Dns dns;
  private final Duration budget;
  private final Home home;
  private final Optional<Signals> signals;

  /**
   * An examiner that asks {@code dns}.
   *
   * @param budget time for one message; what DNS has not answered by then is a temperror. RFC 7208
   *     §4.6.4 suggests at least 20 seconds
   * @param home whose firm this is
   */
  public Examiner(Dns dns, Duration budget, Home home) {
    this(dns, budget, home, Optional.empty());
  }

  private Examiner(Dns dns, Duration budget, Home home, Optional<Signals> signals) {
    this.dns = dns;
    this.budget = budget;
    this.home = home;
    this.signals = signals;
  }

  /** The same examiner, which looks for signals as well. */
  public Examiner with(Signals wanted) {
    return new Examiner(dns, budget, home, Optional.of(wanted));
  }

  /**
   * Evaluates a message. Never throws for what the message holds or what name servers do, and
   * returns within the budget; with a resolver that ignores its deadline, a second later.
   *
   * @param at by which signatures with t= and x= are judged
   */
  public Evidence examine(Envelope envelope, RawMessage message, Instant at) {
    Deadline by = Deadline.in(budget);
    RecordingDns recording = new RecordingDns(dns);
    HeaderFields header = HeaderFields.of(message);
    Origin origin = origin(envelope, message);
    long now = at.getEpochSecond();
    SpfQuestion mailFrom = SpfQuestion.mailFrom(envelope, now);
    SpfQuestion helo = SpfQuestion.helo(envelope, now);
    SpfCheck spf = new SpfCheck(recording);
    try (Branches branches = new Branches(by)) {
      var stage =
          signals.map(
              it -> new SignalStage(it, branches, recording, by).start(envelope, header, message));
      var ofMailFrom = branches.start(() -> spf.check(mailFrom, by), lateSpf());
      var ofHelo = branches.start(() -> spf.check(helo, by), lateSpf());
      var dkim =
          branches.start(
              () -> new DkimVerifier().verify(message, header, recording, by, now),
              lateDkim(header));
      var arc =
          branches.start(
              () -> new ArcVerifier(home).verify(message, header, recording, by, now), lateArc());
      var hearsay = branches.start(() -> Hearsay.of(header, home), Hearsay.NONE);
      Conclusion conclusion = new Conclusion(recording, Authors.of(header), by);
      var policy = branches.start(conclusion::discover, conclusion.undiscovered());
      var found =
          new Conclusion.Found(
              mailFrom, ofMailFrom.join(), helo, ofHelo.join(), dkim.join(), policy.join());
      var dmarc = branches.start(() -> conclusion.dmarc(found), conclusion.late());
      DmarcFinding concluded = dmarc.join().finding();
      List<Signal> raised = stage.map(it -> it.conclude(concluded)).orElse(List.of());
      return conclusion
          .evidence(origin, now, found, dmarc.join(), arc.join())
          .raising(raised)
          .with(hearsay.join());
    }
  }

  /**
   * Evidence about a message whose octets nobody has: nothing was evaluated, every result is none,
   * and the document names who reported the message. DNS is not asked; signals are those that the
   * report itself shows.
   */
  public Evidence reported(String gateway, Envelope envelope, MessageSummary summary, Instant at) {
    String from = summary.from();
    DmarcFinding dmarc =
        DmarcCheck.without(
            DmarcResult.NONE,
            from.substring(from.lastIndexOf('@') + 1),
            "the message itself is not at hand");
    return new Evidence(
        new Origin.Reported(gateway),
        at.getEpochSecond(),
        SpfFinding.unchecked(SpfFinding.Identity.MAILFROM),
        SpfFinding.unchecked(SpfFinding.Identity.HELO),
        List.of(),
        ArcFinding.none(),
        dmarc,
        List.of(),
        signals.map(it -> it.of(envelope, summary, dmarc)).orElse(List.of()),
        List.of());
  }

  private static Origin origin(Envelope envelope, RawMessage message) {
    return new Origin.Computed(
        message.sha256(),
        envelope.clientIp().getHostAddress(),
        envelope.helo(),
        envelope.mailFromText());
  }

  private static SpfOutcome lateSpf() {
    return new SpfOutcome(SpfResult.TEMPERROR, List.of(), 0, "", LATE);
  }

  private static List<DkimFinding> lateDkim(HeaderFields header) {
    int signatures = Math.min(header.named("DKIM-Signature").size(), MOST_LATE_SIGNATURES);
    return Collections.nCopies(signatures, DkimFinding.without(DkimResult.TEMPERROR, LATE));
  }

  private static ArcFinding lateArc() {
    return new ArcFinding(ArcResult.FAIL, List.of(), LATE, true);
  }
}
