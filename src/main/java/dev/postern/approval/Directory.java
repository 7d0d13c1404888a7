package dev.postern.approval;

import dev.postern.mail.EmailAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Who people are. Linked only by configuration or a verified directory address. What it tells comes
 * from memory, but for {@code refresh}.
 */
public interface Directory {

  /** The person behind an account. Empty for strangers, bots and guests. */
  Optional<Person> person(Identity who);

  /**
   * The people that an approver entry of a chain names now: a person's id, {@code group:NAME} or
   * {@code slack-group:ID}.
   */
  List<Person> named(String approver);

  /** Whom to ask who has that mail address, as far as it is known. */
  default Optional<Witness> witness(EmailAddress address) {
    return Optional.empty();
  }

  /** Why an account may not count, whoever it belongs to; empty when it may. */
  default Optional<Refusal> bars(Identity who) {
    return Optional.empty();
  }

  /**
   * Whether it is known whom an approver entry names; false for a group that was never read whole.
   */
  default boolean hasRead(String approver) {
    return true;
  }

  /**
   * Learns from the platform what it says of an account. Calls out: never within a transaction.
   *
   * @return how long to wait at least before asking again, because the platform did not answer;
   *     empty when all is known that can be
   */
  default Optional<Duration> refresh(Identity who) {
    return Optional.empty();
  }

  /** The same for whose mail address it is. */
  default Optional<Duration> refresh(EmailAddress address) {
    return Optional.empty();
  }

  /** The same for whom an approver entry names. */
  default Optional<Duration> refresh(String approver) {
    return Optional.empty();
  }
}
