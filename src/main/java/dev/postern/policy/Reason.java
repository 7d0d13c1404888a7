package dev.postern.policy;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The words of a rule for the card: its own, which were checked when the policy was loaded, and
 * values of the message between them, which are foreign.
 *
 * @param pieces in order; empty where the rule gives no reason
 */
public record Reason(List<Piece> pieces) {
  /** As long as a value may be before it is cut. */
  private static final int LONGEST_VALUE = 100;

  /**
   * A piece.
   *
   * @param text what it says
   * @param foreign whether it comes from the message, so that surfaces have to quote it
   */
  public record Piece(String text, boolean foreign) {}

  /** Copies the list, so that a reason never changes. */
  public Reason {
    pieces = List.copyOf(pieces);
  }

  /** Words of the policy alone; none where they are empty. */
  public static Reason own(String words) {
    return new Reason(words.isEmpty() ? List.of() : List.of(new Piece(words, false)));
  }

  /** Whether the rule gives none. */
  public boolean isBlank() {
    return pieces.isEmpty();
  }

  /**
   * One line, fit for a reply of SMTP: whatever a value holds besides printable US-ASCII becomes a
   * question mark.
   */
  public String plain() {
    return pieces.stream()
        .map(it -> it.foreign() ? value(it.text()) : it.text())
        .collect(Collectors.joining());
  }

  private static String value(String text) {
    String cut = text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "..." : text;
    return cut.replaceAll("[^ -~]", "?");
  }
}
