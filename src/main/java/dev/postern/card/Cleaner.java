package dev.postern.card;

import java.text.BreakIterator;
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
        ? graphemes(scrubbed)
        : raw.codePointCount(0, raw.length());
  }

  private static int graphemes(String text) {
    BreakIterator steps = BreakIterator.getCharacterInstance(Locale.ROOT);
    steps.setText(text);
    int count = 0;
    while (steps.next() != BreakIterator.DONE) {
      count++;
    }
    return count;
  }

  private static String cut(String text, Kind kind) {
    if (text.length() <= kind.limit || graphemes(text) <= kind.limit) {
      return text;
    }
    return switch (kind) {
      case FILENAME -> first(text, kind.limit - 21) + "…" + last(text, 20);
      case HOST -> "…" + last(text, kind.limit - 1);
      case ADDRESS, READS -> cutAddress(text, kind.limit);
      case SUBJECT, NAME, TXT, REPLY, REASON, ID -> first(text, kind.limit - 1) + "…";
    };
  }

  /** The domain says who it is; a long local part must not push it out of sight. */
  private static String cutAddress(String text, int limit) {
    int at = text.lastIndexOf('@');
    int domain = at < 0 ? limit : graphemes(text.substring(at));
    return domain < limit - 1
        ? first(text, limit - 1 - domain) + "…" + text.substring(at)
        : "…" + last(text, limit - 1);
  }

  private static String first(String text, int count) {
    BreakIterator steps = BreakIterator.getCharacterInstance(Locale.ROOT);
    steps.setText(text);
    return text.substring(0, steps.next(count));
  }

  private static String last(String text, int count) {
    BreakIterator steps = BreakIterator.getCharacterInstance(Locale.ROOT);
    steps.setText(text);
    steps.last();
    return text.substring(steps.next(-count));
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
