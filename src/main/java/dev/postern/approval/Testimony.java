package dev.postern.approval;

import dev.postern.mail.EmailAddress;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One recipient who is asked whether the message is expected, and the answer. A witness never
 * votes: the answer is a fact for those who do.
 *
 * @param id random half of the token that the buttons of the question carry
 * @param recipient the address of the envelope
 * @param personId who is asked
 * @param personName as it was then
 * @param place where the question stands; seen by that person alone
 * @param asking who asked, and when
 * @param reply what was answered; empty until then
 * @param unreached why the question did not get there, for good; empty as long as it may
 */
public record Testimony(
    TokenId id,
    EmailAddress recipient,
    String personId,
    String personName,
    CardPlace place,
    Asking asking,
    Optional<Reply> reply,
    Optional<Unreached> unreached) {

  /** A question that is on its way. */
  public Testimony(
      TokenId id,
      EmailAddress recipient,
      String personId,
      String personName,
      CardPlace place,
      Asking asking) {
    this(id, recipient, personId, personName, place, asking, Optional.empty(), Optional.empty());
  }

  /** The same with an answer; the first one stands. */
  public Testimony answered(Reply first) {
    return new Testimony(
        id,
        recipient,
        personId,
        personName,
        place,
        asking,
        reply.or(() -> Optional.of(first)),
        unreached);
  }

  /** The same where it is known that nobody can be asked. */
  public Testimony unreached(Unreached how) {
    return new Testimony(
        id, recipient, personId, personName, place, asking, reply, Optional.of(how));
  }

  /** Whether an account is the one that was asked. */
  boolean askedOf(Identity who) {
    return place.equals(new CardPlace(who.platform(), who.user()));
  }

  /**
   * Who wanted to know.
   *
   * @param personId one who may vote
   * @param personName as it was then
   * @param at when
   */
  public record Asking(String personId, String personName, Instant at) {}

  /**
   * What the witness said.
   *
   * @param word yes, no or not sure
   * @param at when
   */
  public record Reply(Word word, Instant at) {}

  /**
   * The question did not get there.
   *
   * @param why what is the matter
   * @param at when that was found
   */
  public record Unreached(Absence why, Instant at) {}

  /** Why nobody can be asked. */
  public enum Absence {
    /** No account of our workspace. */
    STRANGER,
    /** A guest's account. */
    GUEST,
    /** No human's account. */
    BOT,
    /** An account that was switched off. */
    DEACTIVATED,
    /** Nobody knows an account of that person. */
    NO_ACCOUNT,
    /** The account takes no messages of Postern. */
    NO_MESSAGES,
    /** The platform did not take the question for too long. */
    SILENT;

    /** The word in rows, log and API: {@code no-messages}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The value of that word; anything else is a programmer's error. */
    public static Absence of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  /** Whether the message is expected. */
  public enum Word {
    EXPECTED,
    UNEXPECTED,
    UNSURE;

    /** The word in rows, log and API. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The value of that word; anything else is a programmer's error. */
    public static Word of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }
}
