package dev.postern.approval;

import dev.postern.mail.EmailAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One kind of mail system. Called by the effect worker only, never inside a transaction; each call
 * is preceded by a committed intent.
 */
public interface Quarantine {

  /**
   * Lets a held message go to these recipients; returns what the mail system said per recipient. A
   * mandate that does not stand any more sends nothing.
   */
  Outcome release(CaseFile held, List<EmailAddress> to, Mandate mandate);

  /** Deletes a held message. */
  Outcome discard(CaseFile held, Mandate mandate);

  /**
   * Where the message stands; asked before an effect whose outcome is unknown is repeated.
   *
   * @throws MailSystemTrouble when it cannot be asked now; it is asked again later. Unknown is what
   *     it cannot tell although it answers, which people are asked about
   */
  Standing standing(CaseFile held);

  /**
   * What became of each of these, of a call that was begun and left no proof. A mail system that
   * can tell them apart does: one may have the message whose neighbour was refused.
   *
   * @throws MailSystemTrouble as with {@link #standing}
   */
  default Outcome lookUp(CaseFile held, List<EmailAddress> open) {
    return standing(held).forAll(open);
  }

  /**
   * Takes away what a release left over, once everybody has the message who is to get it; sends
   * nothing. Harmless where nothing is left, and repeated until nothing is.
   */
  default Outcome tidy(CaseFile held, Mandate mandate) {
    return Outcome.none();
  }

  /** What cards may offer. */
  Set<Ability> abilities();

  /**
   * What whoever decided may do by hand, so that the mail system's own lists say the same of the
   * next message: the place or the command in its own words. A text to read only, never carried
   * out, and made without asking anybody. Empty where it has no such list, or nothing that is safe
   * to paste can be said.
   */
  default Optional<String> suggestion(CaseFile decided) {
    return Optional.empty();
  }

  /**
   * What keeps it from working, in words for an operator; empty when nothing does. Takes seconds.
   */
  Optional<String> trouble();

  /** Where a message stands in its mail system. */
  enum Standing {
    HELD,
    RELEASED,
    GONE,
    UNKNOWN;

    /** What it means for each of these where a call was cut off. */
    public Outcome forAll(List<EmailAddress> open) {
      return switch (this) {
        case HELD -> Outcome.forAll(open, Outcome.Kind.TEMP_FAIL, "interrupted before it was sent");
        case RELEASED, GONE ->
            Outcome.forAll(open, Outcome.Kind.ALREADY_DONE, "the mail system has carried it out");
        case UNKNOWN ->
            Outcome.forAll(
                open, Outcome.Kind.UNCERTAIN, "interrupted while the mail system was answering");
      };
    }
  }
}
