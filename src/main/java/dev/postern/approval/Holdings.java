package dev.postern.approval;

import dev.postern.mail.RawMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A mail system that can say what it holds. Events get lost, so whoever follows a mail system asks
 * it. Each call has bounded time and is made outside of any transaction.
 */
public interface Holdings {
  /** What people are told of a message that is not held any more. */
  String GONE = "The mail system no longer has this message.";

  /** The source of its holds, as {@link HoldRef#source} names it. */
  String source();

  /** What people are told of a message that it does not hold any more. */
  default String absence() {
    return GONE;
  }

  /** How long it is left alone, at least, between two times that {@link #held} is asked. */
  default Duration pace() {
    return Duration.ZERO;
  }

  /**
   * Everything that is held now, in any order.
   *
   * @throws MailSystemTrouble when it cannot be told; then nothing is concluded
   */
  List<HoldRef> held();

  /**
   * One held message with its envelope and, where they can be had, its octets; empty where it is
   * not held any more.
   *
   * @throws MailSystemTrouble when it cannot be told
   */
  Optional<Hold> fetch(HoldRef hold);

  /**
   * The octets of a message of which {@link #fetch} gives none, since nobody knows its envelope;
   * empty where they cannot be had. Nothing is computed from them.
   *
   * @throws MailSystemTrouble when it cannot be told
   */
  default Optional<RawMessage> octets(HoldRef hold) {
    return Optional.empty();
  }
}
