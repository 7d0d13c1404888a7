package dev.postern.evidence;

import dev.postern.evidence.dmarc.DmarcCheck;
import dev.postern.evidence.signal.Signals;
import dev.postern.mail.Envelope;
import dev.postern.mail.MessageSummary;
import dev.postern.mail.RawMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Finds out everything about one message that the mail-authentication standards can tell: SPF of
 * both identities, DKIM, ARC and DMARC, from the octets and the envelope. The independent parts run
 * at once on virtual threads and share one recording resolver; where every DNS answer is known
 * already, they run one after the other on the thread that called. Safe for many threads.
 */
public final class Examiner {
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

  /**
   * The same examiner for messages that people will look at: it raises signals as well, and works
   * out what changed under a DKIM signature that fails.
   */
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
    Examination examination = new Examination(envelope, message, at, home, signals, by);
    try {
      return examination.atOnce(recording);
    } catch (RuntimeException somethingMustBeWaitedFor) {
      // Or a defect: then only the part that has it is lost, and it is told.
      return examination.together(recording);
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
}
