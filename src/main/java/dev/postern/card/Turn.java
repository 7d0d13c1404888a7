package dev.postern.card;

import dev.postern.approval.CardRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What somebody finds who comes to bring a card to the truth. */
public sealed interface Turn {

  /**
   * It is theirs, over all replicas, until they end it or its time is up.
   *
   * @param row the card as it was when the turn began
   * @param number grows with each turn; what comes late under an old number changes nothing
   * @param misses turns in a row that failed
   * @param doubted when the platform was last called without anybody knowing what it did; empty
   *     when all is known
   */
  record Mine(CardRow row, long number, int misses, Optional<Instant> doubted) implements Turn {}

  /**
   * Somebody else is at it, or it is too early.
   *
   * @param left how long to stay away
   */
  record Later(Duration left) implements Turn {}

  /** There is nothing to do: the card tells the truth, or is not there. */
  record Nothing() implements Turn {}
}
