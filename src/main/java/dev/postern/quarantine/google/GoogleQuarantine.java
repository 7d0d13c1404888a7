package dev.postern.quarantine.google;

import dev.postern.approval.Ability;
import dev.postern.approval.CaseFile;
import dev.postern.approval.Choice;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.approval.Mandate;
import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.approval.Quarantine;
import dev.postern.mail.EmailAddress;
import dev.postern.quarantine.google.Kept.State;
import dev.postern.quarantine.google.QuarantineApi.Deed;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The admin quarantine of Google Workspace. What counts as proof is the state that it tells of the
 * message afterwards. That Gmail delivered it nobody can see, so a release is told as taken.
 */
public final class GoogleQuarantine implements Quarantine {
  private final GoogleParts parts;

  /** Takes the way to the Workspace. */
  public GoogleQuarantine(GoogleParts parts) {
    this.parts = parts;
  }

  /** What is wanted of a message, and how that is told. */
  private record Aim(State wanted, Kind proof, String words) {}

  private static final Aim RELEASE =
      new Aim(State.RELEASED, Kind.ACCEPTED_ASYNC, "released by Google Workspace");
  private static final Aim DENY =
      new Aim(State.DENIED, Kind.DISCARDED, "denied in Google Workspace");

  @Override
  public Outcome release(CaseFile held, List<EmailAddress> to, Mandate mandate) {
    return carriedOut(held, to, mandate, RELEASE);
  }

  @Override
  public Outcome discard(CaseFile held, Mandate mandate) {
    return carriedOut(held, held.envelope().recipients(), mandate, DENY);
  }

  private Outcome carriedOut(CaseFile held, List<EmailAddress> to, Mandate mandate, Aim aim) {
    Optional<MessageName> name = MessageName.parse(held.hold().id());
    if (name.isEmpty()) {
      return Outcome.forAll(to, Kind.PERM_FAIL, "it has no name of Google Workspace");
    }
    try {
      return carriedOut(name.get(), to, mandate, aim);
    } catch (MailSystemTrouble trouble) {
      // The next attempt asks first.
      return Outcome.forAll(to, Kind.TEMP_FAIL, trouble.words());
    }
  }

  private Outcome carriedOut(MessageName name, List<EmailAddress> to, Mandate mandate, Aim aim) {
    Optional<Kept> found = parts.api().find(name);
    if (found.filter(one -> one.state() == State.PENDING_TRIAGE).isEmpty()) {
      return settled(found, to, aim);
    }
    if (!mandate.stands()) {
      return Outcome.forAll(to, Kind.TEMP_FAIL, "another process has taken this over");
    }
    String trouble =
        ordered(
            () ->
                aim.wanted() == State.RELEASED
                    ? parts.api().release(name)
                    : parts.api().deny(name));
    // Its own answer is not proof: the state is.
    State after = parts.api().find(name).map(Kept::state).orElse(State.UNKNOWN);
    if (after == aim.wanted()) {
      return Outcome.forAll(to, aim.proof(), aim.words());
    }
    return Outcome.forAll(
        to,
        Kind.TEMP_FAIL,
        trouble.isEmpty() ? "Google Workspace still shows it as waiting" : trouble);
  }

  /** It does not wait any more, or is not there. */
  private static Outcome settled(Optional<Kept> found, List<EmailAddress> to, Aim aim) {
    State state = found.map(Kept::state).orElse(State.UNKNOWN);
    if (state == aim.wanted()) {
      return Outcome.forAll(to, Kind.ALREADY_DONE, aim.words() + " before");
    }
    return switch (state) {
      case RELEASED -> Outcome.forAll(to, Kind.NOT_FOUND, RELEASE.words() + " before");
      case DENIED -> Outcome.forAll(to, Kind.NOT_FOUND, DENY.words() + " before");
      case PENDING_TRIAGE, UNKNOWN ->
          found.isPresent()
              ? Outcome.forAll(to, Kind.TEMP_FAIL, "Google Workspace tells no state of it")
              : Outcome.forAll(
                  to, Kind.NOT_FOUND, "Google Workspace does not have it in quarantine any more");
    };
  }

  /** Carries an order out; returns what went wrong with it, empty where nothing did. */
  private static String ordered(Supplier<Deed> order) {
    try {
      return switch (order.get()) {
        case Deed.Done _ -> "";
        case Deed.Missing _ -> "Google Workspace does not find it";
        case Deed.Refused refused -> refused.words();
      };
    } catch (MailSystemTrouble unanswered) {
      // It may have been done: what the quarantine says next decides.
      return unanswered.words();
    }
  }

  @Override
  public Standing standing(CaseFile held) {
    Optional<MessageName> name = MessageName.parse(held.hold().id());
    if (name.isEmpty()) {
      return Standing.UNKNOWN;
    }
    boolean discarding =
        held.decision().filter(d -> d.choice() instanceof Choice.Discard).isPresent();
    boolean releasing = held.decision().isPresent() && !discarding;
    return parts
        .api()
        .find(name.get())
        .map(one -> listed(one.state(), releasing, discarding))
        // What was released stays listed for thirty days.
        .orElse(releasing ? Standing.UNKNOWN : Standing.GONE);
  }

  private static Standing listed(State state, boolean releasing, boolean discarding) {
    return switch (state) {
      case PENDING_TRIAGE -> Standing.HELD;
      case RELEASED -> discarding ? Standing.UNKNOWN : Standing.RELEASED;
      case DENIED -> releasing ? Standing.UNKNOWN : Standing.GONE;
      case UNKNOWN -> Standing.UNKNOWN;
    };
  }

  /** A message has one recipient here: there is nothing to part. */
  @Override
  public Set<Ability> abilities() {
    return EnumSet.of(Ability.DISCARD);
  }

  @Override
  public Optional<String> trouble() {
    return parts.api().trouble().or(parts.coverage()::trouble);
  }
}
