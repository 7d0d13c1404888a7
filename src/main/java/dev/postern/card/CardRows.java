package dev.postern.card;

import dev.postern.approval.CardRow;
import dev.postern.approval.Testimony;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The rows that say what each card should show and what it shows. Each method is one short
 * transaction; called from many threads and replicas, which take turns at a card.
 */
public interface CardRows extends Reminders {

  /** The card of that id. */
  Optional<CardRow> find(String cardId);

  /**
   * Begins a turn at a card that shows less than the truth. Durable when it returns, so that a
   * process that dies during its turn leaves behind that it may have called the platform.
   *
   * @param lease how long the turn lasts unless it is {@linkplain #goOn gone on with}; longer than
   *     any call of a platform
   */
  Turn take(String cardId, Instant now, Duration lease);

  /** Prolongs a turn before a further call; false when somebody else has taken over. */
  boolean goOn(Turn.Mine mine, Instant until);

  /**
   * The platform has the card. Written before its revision counts as shown, so that a restart in
   * between updates the card and does not post another.
   *
   * @return the id that stands: that of another message where one was recorded before
   */
  String posted(String cardId, String externalId);

  /** Ends a turn: people see its revision. False when somebody else has taken over. */
  boolean shown(Turn.Mine mine, Instant now);

  /**
   * Ends a turn: people see its revision, but an older one that is still on its way may yet
   * overwrite it. So it is brought once more then, when nothing can be on its way.
   */
  void shownFor(Turn.Mine mine, Instant then);

  /**
   * Ends a turn that failed.
   *
   * @param miss kept for operators
   */
  void missed(Turn.Mine mine, Miss miss);

  /**
   * Why a card could not be brought.
   *
   * @param why the platform's words, made safe
   * @param at when
   * @param due when to try again
   * @param doubtful whether the platform may have done it nevertheless
   */
  record Miss(String why, Instant at, Instant due, boolean doubtful) {}

  /** Ends a turn: the message is gone, and the card is to be posted anew. */
  void vanished(Turn.Mine mine, Instant now);

  /**
   * Ends a turn: whom the card is for cannot be asked, which other cards say from now on.
   *
   * @param why what is the matter
   */
  void unreached(Turn.Mine mine, Testimony.Absence why, Instant now);

  /** A call came too late and may have put an old revision over a newer one: bring it again. */
  void stale(String cardId, Instant now);

  /** The card of a surface that draws the case live shows this revision. */
  void live(CardRow row);

  /** Nobody shows the card now: look again then. */
  void notBefore(String cardId, Instant then);

  /** How many cards failed several times in a row, and why the first of them did. */
  Optional<String> stuck();
}
