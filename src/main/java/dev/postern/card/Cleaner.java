package dev.postern.card;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Makes text from outside fit to be shown: nothing hidden, no symbol that could pose as a verdict,
 * nothing that a chat client would turn into a link, mention, macro or emoji, and a bounded length.
 * The only maker of {@link Foreign}. Total: takes any text, never throws, and works on at most
 * 20,000 UTF-16 units of it.
 */
public final class Cleaner {

  /** UTF-16 units that are looked at; nothing that is shown comes from beyond. */
  private static final int MOST_UNITS = 20_000;

  /** With the two isolates, what the card's schema allows. */
  private static final int MOST_CODE_POINTS = 398;

  /** A letter with as many marks as are left on it. */
  private static final int LONGEST_PIECE = 3;

  /** What a text is, which decides how much of it is shown and which dots are broken. */
  public enum Kind {
    SUBJECT(120),
    NAME(60),
    /** {@code local@domain}; the domain as A-labels, kept when the address is cut. */
    ADDRESS(96),
    /** The same with the domain as people read it. Stands beside an {@link #ADDRESS} only. */
    READS(96),
    /** A host name or IP address; A-labels; keeps its right end. */
    HOST(72),
    /** Keeps its last 20 characters, so that the ending is seen. */
    FILENAME(64),
    /** A DNS record. */
    TXT(200),
    /** What a mail server answered. */
    REPLY(160),
    /** What an approver typed. */
    REASON(240),
    /** A Message-ID or other name that a remote system made up. */
    ID(80);

    private final int limit;

    Kind(int limit) {
      this.limit = limit;
    }
  }

  private Cleaner() {}

  /** Cleans one text. */
  public static Foreign clean(String raw, Kind kind) {
    String bounded = bounded(raw);
    Scrubbed scrubbed =
        switch (kind) {
          case ADDRESS, HOST -> Idn.asciiDomain(bounded);
          case READS -> Idn.readableDomain(bounded);
          default -> Scrubbed.of(bounded);
        };
    String harmless = Defang.apply(scrubbed.text(), kind);
    String shown = cut(harmless, kind);
    int cutFrom =
        shown.equals(harmless) && bounded.length() == raw.length()
            ? 0
            : length(raw, bounded, scrubbed.text());
    return new Foreign(isolated(shown), scrubbed.hidden(), scrubbed.symbols(), cutFrom);
  }

  private static String bounded(String raw) {
    if (raw.length() <= MOST_UNITS) {
      return raw;
    }
    boolean splitsPair = Character.isHighSurrogate(raw.charAt(MOST_UNITS - 1));
    return raw.substring(0, splitsPair ? MOST_UNITS - 1 : MOST_UNITS);
  }

  /** How long it was, as the reader would count; beyond the bound nobody counts graphemes. */
  private static int length(String raw, String bounded, String scrubbed) {
    return bounded.length() == raw.length()
        ? pieces(scrubbed).size()
        : raw.codePointCount(0, raw.length());
  }

  /**
   * The text in what readers see as one character each; but a character made of ever more letters,
   * as some scripts allow, is several.
   */
  private static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    BreakIterator steps = BreakIterator.getCharacterInstance(Locale.ROOT);
    steps.setText(text);
    int start = steps.first();
    for (int end = steps.next(); end != BreakIterator.DONE; end = steps.next()) {
      while (text.codePointCount(start, end) > LONGEST_PIECE) {
        int middle = text.offsetByCodePoints(start, LONGEST_PIECE);
        pieces.add(text.substring(start, middle));
        start = middle;
      }
      pieces.add(text.substring(start, end));
      start = end;
    }
    return pieces;
  }

  private static String cut(String text, Kind kind) {
    if (text.length() <= kind.limit) {
      return text;
    }
    List<String> all = pieces(text);
    if (all.size() <= kind.limit && codePoints(text) <= MOST_CODE_POINTS) {
      return text;
    }
    return switch (kind) {
      case FILENAME -> first(all, kind.limit - 21) + "…" + last(all, 20);
      case HOST -> "…" + last(all, kind.limit - 1);
      case ADDRESS, READS -> cutAddress(text, all, kind.limit);
      case SUBJECT, NAME, TXT, REPLY, REASON, ID -> first(all, kind.limit - 1) + "…";
    };
  }

  /** The domain says who it is; a long local part must not push it out of sight. */
  private static String cutAddress(String text, List<String> all, int limit) {
    int at = text.lastIndexOf('@');
    int domain = at < 0 ? limit : pieces(text.substring(at)).size();
    return domain < limit - 1
        ? first(all, limit - 1 - domain) + "…" + text.substring(at)
        : "…" + last(all, limit - 1);
  }

  private static String first(List<String> pieces, int count) {
    StringBuilder out = new StringBuilder();
    int points = 0;
    for (String piece : pieces.subList(0, Math.min(count, pieces.size()))) {
      points += codePoints(piece);
      if (points >= MOST_CODE_POINTS) {
        break;
      }
      out.append(piece);
    }
    return out.toString();
  }

  private static String last(List<String> pieces, int count) {
    return String.join("", pieces.subList(Math.max(0, pieces.size() - count), pieces.size()));
  }

  private static int codePoints(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Right-to-left letters would reorder our own words around them (UAX #9 §2.4). */
  private static String isolated(String text) {
    boolean rightToLeft =
        text.codePoints()
            .mapToObj(Character::getDirectionality)
            .anyMatch(
                d ->
                    d == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                        || d == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC);
    return rightToLeft ? "\u2068" + text + "\u2069" : text;
  }
}
