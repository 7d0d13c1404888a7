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
 */
public record Testimony(
    TokenId id,
    EmailAddress recipient,
    String personId,
    String personName,
    CardPlace place,
    Asking asking,
    Optional<Reply> reply) {

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
