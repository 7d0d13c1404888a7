package dev.postern.quarantine.mailbox;

import dev.postern.approval.Ability;
import dev.postern.approval.CaseFile;
import dev.postern.approval.Choice;
import dev.postern.approval.Decision;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.approval.Mandate;
import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.approval.Quarantine;
import dev.postern.mail.EmailAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A quarantine folder. A release moves the message to another folder, which is one step and can be
 * repeated, or sends it on by SMTP and moves it then.
 */
public final class MailboxQuarantine implements Quarantine {
  private final MailboxParts parts;

  /** Takes the ways to the mailbox. */
  public MailboxQuarantine(MailboxParts parts) {
    this.parts = parts;
  }

  @Override
  public Outcome release(CaseFile held, List<EmailAddress> to, Mandate mandate) {
    if (parts.nextHop().isEmpty() && !everybody(held, to)) {
      return Outcome.forAll(
          to,
          Kind.PERM_FAIL,
          "a moved message cannot be parted among recipients: set mail.mailbox.reinject, and"
              + " decide again");
    }
    try {
      return switch (parts.box().place(held.hold().id())) {
        case RENUMBERED, AWAY -> away(held, to);
        case HERE, MARKED ->
            parts
                .nextHop()
                .map(hop -> new SendOn(parts, hop).release(held, to, mandate))
                .orElseGet(() -> move(held, to, mandate));
      };
    } catch (MailSystemTrouble trouble) {
      // A move is one step, and is looked for before it is repeated; sending on tells by itself.
      return Outcome.forAll(to, Kind.TEMP_FAIL, trouble.words());
    }
  }

  private static boolean everybody(CaseFile held, List<EmailAddress> to) {
    return to.containsAll(held.envelope().recipients());
  }

  /** Also after a move whose answer was lost. */
  private Outcome away(CaseFile held, List<EmailAddress> to) {
    String released = parts.settings().folders().released();
    if (!parts.box().has(released, held)) {
      return Outcome.forAll(to, Kind.NOT_FOUND, "the mailbox does not have it any more");
    }
    // Where mail is sent on, the folder proves nothing: somebody moved it, or some were refused.
    return parts.reinjects()
        ? Outcome.forAll(
            to,
            Kind.UNCERTAIN,
            "it is in the folder " + released + ", which does not say whom it was sent to")
        : Outcome.forAll(to, Kind.ALREADY_DONE, "it is in the folder " + released);
  }

  private Outcome move(CaseFile held, List<EmailAddress> to, Mandate mandate) {
    if (!mandate.stands()) {
      return Outcome.forAll(to, Kind.TEMP_FAIL, "another process has taken this over");
    }
    return parts
        .box()
        .move(held.hold().id(), parts.settings().folders().released())
        .map(words -> Outcome.forAll(to, Kind.ACCEPTED_ASYNC, words))
        .orElseGet(() -> away(held, to));
  }

  @Override
  public Outcome tidy(CaseFile held, Mandate mandate) {
    return parts
        .nextHop()
        .filter(_ -> mandate.stands())
        .map(hop -> new SendOn(parts, hop).tidied(held, Outcome.none()))
        .orElseGet(Outcome::none);
  }

  @Override
  public Outcome discard(CaseFile held, Mandate mandate) {
    List<EmailAddress> all = held.envelope().recipients();
    String id = held.hold().id();
    if (!mandate.stands()) {
      return Outcome.forAll(all, Kind.TEMP_FAIL, "another process has taken this over");
    }
    Optional<String> folder = parts.settings().folders().discarded();
    try {
      return folder
          .flatMap(name -> parts.box().move(id, name))
          .or(() -> folder.isEmpty() ? parts.box().delete(id) : Optional.empty())
          .map(words -> Outcome.forAll(all, Kind.DISCARDED, words))
          .orElseGet(() -> notDiscarded(held, all));
    } catch (MailSystemTrouble trouble) {
      return Outcome.forAll(all, Kind.TEMP_FAIL, trouble.words());
    }
  }

  private Outcome notDiscarded(CaseFile held, List<EmailAddress> all) {
    return parts
        .settings()
        .folders()
        .discarded()
        .filter(name -> parts.box().has(name, held))
        .map(name -> Outcome.forAll(all, Kind.ALREADY_DONE, "it is in the folder " + name))
        .orElseGet(
            () -> Outcome.forAll(all, Kind.NOT_FOUND, "the mailbox does not have it any more"));
  }

  @Override
  public Standing standing(CaseFile held) {
    Optional<Choice> decided = held.decision().map(Decision::choice);
    boolean discarding = decided.filter(Choice.Discard.class::isInstance).isPresent();
    boolean releasing = decided.isPresent() && !discarding;
    return switch (parts.box().place(held.hold().id())) {
      case HERE -> Standing.HELD;
      // Sent on, perhaps: no mailbox can tell.
      case MARKED -> releasing && parts.reinjects() ? Standing.UNKNOWN : Standing.HELD;
      case AWAY, RENUMBERED -> gone(held, releasing, discarding);
    };
  }

  private Standing gone(CaseFile held, boolean releasing, boolean discarding) {
    if (!releasing && !discarding) {
      return Standing.GONE;
    }
    MailboxSettings.Folders folders = parts.settings().folders();
    boolean released = parts.box().has(folders.released(), held);
    if (releasing) {
      // Sent on, some may have been refused: the folder does not say who.
      return released && !parts.reinjects() ? Standing.RELEASED : Standing.UNKNOWN;
    }
    boolean discarded =
        folders.discarded().map(name -> parts.box().has(name, held)).orElse(!released);
    return discarded ? Standing.GONE : Standing.UNKNOWN;
  }

  @Override
  public Set<Ability> abilities() {
    return parts.reinjects()
        ? EnumSet.of(Ability.PARTIAL_RELEASE, Ability.DISCARD)
        : EnumSet.of(Ability.DISCARD);
  }

  @Override
  public Optional<String> trouble() {
    return parts.trouble();
  }
}
