package dev.postern.card;

import static dev.postern.card.Cleaner.Kind.HOST;

import dev.postern.approval.CaseFile;
import dev.postern.card.CardView.Level;
import dev.postern.evidence.DkimFinding;
import dev.postern.evidence.DkimResult;
import dev.postern.evidence.DmarcPolicy;
import dev.postern.evidence.DmarcResult;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.SpfResult;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How bad a message looks, with the contradiction that says so. Never "safe": DMARC does not see a
 * stolen account.
 *
 * @param level how bad
 * @param heading the shortest true statement, after the risk word: {@code nothing proves d}
 * @param reason one sentence
 */
public record Risk(Level level, List<Run> heading, List<Run> reason) {

  /** Copies the lists, so that a risk never changes. */
  public Risk {
    heading = List.copyOf(heading);
    reason = List.copyOf(reason);
  }

  /** Weighs what was found; the gravest contradiction speaks. */
  public static Risk of(CaseFile file) {
    if (file.evidence().isEmpty()) {
      return plain(Level.UNKNOWN, "not checked", "It has not been checked yet.");
    }
    Evidence e = file.evidence().get();
    SignalRisk signals = new SignalRisk(e);
    return Stream.of(
            noDomain(e),
            signals.lookalike(),
            refusedByPolicy(e),
            signals.borrowedName(),
            signals.disguisedFile(),
            unanswered(e),
            unproved(e),
            brokenSignature(e),
            addedText(e),
            signals.elsewhere(),
            signals.oddFile())
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(() -> proved(e));
  }

  private static Optional<Risk> noDomain(Evidence e) {
    return when(
        e.dmarc().fromDomain().isEmpty(),
        plain(
            Level.HIGH,
            "no single sender",
            "The From header names no single domain, so nothing can prove it."));
  }

  private static Optional<Risk> refusedByPolicy(Evidence e) {
    boolean refused =
        e.dmarc().result() == DmarcResult.FAIL && e.dmarc().policy() != DmarcPolicy.NONE;
    return when(refused, nothingProves(Level.HIGH, e));
  }

  private static Optional<Risk> unanswered(Evidence e) {
    if (!e.uncertain()) {
      return Optional.empty();
    }
    String silent =
        e.spf().result() == SpfResult.TEMPERROR
            ? e.spf().domain()
            : e.dkim().stream()
                .filter(d -> d.result() == DkimResult.TEMPERROR)
                .map(DkimFinding::domain)
                .findFirst()
                .orElse(e.dmarc().fromDomain());
    return Optional.of(
        new Risk(
            Level.UNKNOWN,
            Line.of().say("DNS of ").quote(silent, HOST).say(" did not answer").runs(),
            Line.of()
                .say("DNS of ")
                .quote(silent, HOST)
                .say(" did not answer, so there is no conclusion yet.")
                .runs()));
  }

  private static Optional<Risk> unproved(Evidence e) {
    if (e.dmarc().result() == DmarcResult.PASS) {
      return Optional.empty();
    }
    boolean aligned =
        (e.spf().result() == SpfResult.PASS && e.spf().aligned())
            || e.dkim().stream().anyMatch(d -> d.result() == DkimResult.PASS && d.aligned());
    if (e.dmarc().result() == DmarcResult.FAIL || !aligned) {
      return Optional.of(nothingProves(Level.MEDIUM, e));
    }
    String d = e.dmarc().fromDomain();
    return Optional.of(
        new Risk(
            Level.MEDIUM,
            Line.of().quote(d, HOST).say(" publishes no policy").runs(),
            Line.of()
                .say("A check that passed fits ")
                .quote(d, HOST)
                .say(", which publishes no usable policy.")
                .runs()));
  }

  /** RFC 6376 §3.6.1: a failure under a key that is only tested counts like no signature. */
  private static Optional<Risk> brokenSignature(Evidence e) {
    return e.dkim().stream()
        .filter(d -> d.result() == DkimResult.FAIL && d.aligned() && !d.testing())
        .findFirst()
        .map(
            d ->
                new Risk(
                    Level.MEDIUM,
                    Line.of().say("a signature of ").quote(d.domain(), HOST).say(" fails").runs(),
                    Line.of()
                        .say("A signature that claims ")
                        .quote(d.domain(), HOST)
                        .say(" does not match: changed on the way, or forged.")
                        .runs()));
  }

  private static Optional<Risk> addedText(Evidence e) {
    return e.dkim().stream()
        .filter(d -> d.result() == DkimResult.PASS && d.aligned() && d.unsignedOctets() > 0)
        .findFirst()
        .map(
            d ->
                new Risk(
                    Level.MEDIUM,
                    Line.own("its end is not signed"),
                    Line.of()
                        .say("The signature of ")
                        .quote(d.domain(), HOST)
                        .say(" leaves out the end of the message, which anyone may have added.")
                        .runs()));
  }

  private static Risk proved(Evidence e) {
    String d = e.dmarc().fromDomain();
    return new Risk(
        Level.LOW,
        Line.of().say("proved to come from ").quote(d, HOST).runs(),
        Line.of()
            .say("It comes from the domain it claims, ")
            .quote(d, HOST)
            .say(". That does not make the sender trustworthy.")
            .runs());
  }

  private static Risk nothingProves(Level level, Evidence e) {
    String d = e.dmarc().fromDomain();
    return new Risk(
        level,
        Line.of().say("nothing proves ").quote(d, HOST).runs(),
        Line.of()
            .say("From says ")
            .quote(d, HOST)
            .say(", but nothing that signed or sent it is ")
            .quote(d, HOST)
            .say(".")
            .runs());
  }

  private static Risk plain(Level level, String heading, String reason) {
    return new Risk(level, Line.own(heading), Line.own(reason));
  }

  private static Optional<Risk> when(boolean holds, Risk risk) {
    return holds ? Optional.of(risk) : Optional.empty();
  }
}
