package dev.postern.card;

import dev.postern.approval.CardPlace;
import dev.postern.approval.CardRow;

/**
 * A call that a platform is to get.
 *
 * @param kind what it is to do
 * @param who what it is about; keeps its place in a line when it comes again
 * @param place where
 * @param first whether people are asked by it, or told that there is nothing to decide any more:
 *     that goes before what only tells more
 */
public record Errand(Kind kind, String who, CardPlace place, boolean first) {

  /** What platforms count by itself. */
  public enum Kind {
    /** A new message. */
    POST,
    /** Another text of a message. */
    UPDATE,
    /** A look for a message. */
    FIND
  }

  /** What a card needs that shows less than the truth. */
  static Errand of(CardRow row) {
    boolean asks = row.token().isPresent();
    return row.externalId().isEmpty()
        ? new Errand(Kind.POST, row.id(), row.place(), asks)
        : new Errand(Kind.UPDATE, row.id(), row.place(), !asks);
  }

  /** A look for the same. */
  Errand find() {
    return new Errand(Kind.FIND, who, place, first);
  }

  /** The same, on a message that was found. */
  Errand update() {
    return new Errand(Kind.UPDATE, who, place, first);
  }
}
