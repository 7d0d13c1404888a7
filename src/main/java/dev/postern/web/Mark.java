package dev.postern.web;

import dev.postern.card.CardView;
import dev.postern.card.Wording;
import java.util.Optional;

/**
 * How bad it looks, as words, bars and colour.
 *
 * @param words {@code High risk}
 * @param bars 1 to 3; 0 when it is not known
 * @param tone {@code bad}, {@code warn} or empty
 */
public record Mark(String words, int bars, String tone) {
  /** The mark of a card; empty on cards that tell and do not ask. */
  static Optional<Mark> of(CardView card) {
    return card.verdict().map(v -> of(v.level()));
  }

  private static Mark of(CardView.Level level) {
    String words = Wording.risk(level);
    return switch (level) {
      case HIGH -> new Mark(words, 3, "bad");
      case MEDIUM -> new Mark(words, 2, "warn");
      case LOW -> new Mark(words, 1, "");
      case UNKNOWN -> new Mark(words, 0, "warn");
    };
  }
}
