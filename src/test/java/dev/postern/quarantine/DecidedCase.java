package dev.postern.quarantine;

import static dev.postern.approval.CaseBuilder.aCase;

import dev.postern.approval.CaseFile;
import dev.postern.approval.Choice;
import dev.postern.approval.Decision;
import dev.postern.approval.HoldRef;
import dev.postern.approval.Outcome;
import dev.postern.mail.Envelope;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Cases about mail that a real mail system holds, decided just now. */
public final class DecidedCase {
  /** Older than what may still be on its way into the queue. */
  public static final Duration MINUTES = Duration.ofMinutes(5);

  private DecidedCase() {}

  /** Of a message that came minutes ago. */
  public static CaseFile of(HoldRef hold, Envelope envelope, Choice choice) {
    return of(hold, envelope, choice, MINUTES, Optional.empty());
  }

  /**
   * The same.
   *
   * @param age since when the message is held
   * @param outcome what an earlier decision that was given up came to
   */
  public static CaseFile of(
      HoldRef hold, Envelope envelope, Choice choice, Duration age, Optional<Outcome> outcome) {
    Decision decision = new Decision(choice, Decision.By.PEOPLE, "kim", Instant.now());
    return of(aCase().decided(choice).build(), hold, envelope, age, Optional.of(decision), outcome);
  }

  /** Of a message that came minutes ago, and that nobody has decided about. */
  public static CaseFile undecided(HoldRef hold, Envelope envelope) {
    return of(aCase().build(), hold, envelope, MINUTES, Optional.empty(), Optional.empty());
  }

  private static CaseFile of(
      CaseFile it,
      HoldRef hold,
      Envelope envelope,
      Duration age,
      Optional<Decision> decision,
      Optional<Outcome> outcome) {
    Instant now = Instant.now();
    return new CaseFile(
        it.id(),
        it.state(),
        it.version(),
        hold,
        hold.source(),
        now.minus(age),
        envelope,
        it.message(),
        true,
        it.evidence(),
        it.digest(),
        it.ruling(),
        it.stage(),
        it.votes(),
        decision,
        outcome,
        "",
        "",
        now,
        Optional.empty(),
        Optional.empty());
  }
}
