package dev.postern.card;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masks telephone numbers in the middle, since phones make any number of ten digits a thing to tap
 * on. Dates, times, versions and shorter numbers stay.
 */
final class Telephone {
  private static final int SHORTEST = 10;
  private static final int SHOWN_IN_FRONT = 3;
  private static final int SHOWN_AT_END = 2;

  /** Digits of any script with at most three separators between two of them. */
  private static final Pattern NUMBER =
      Pattern.compile("\\p{Nd}++(?:[ ()./\u2010-\u2015-]{1,3}\\p{Nd}++)*+");

  private static final Pattern DATE_OR_TIME =
      Pattern.compile(
          "(?<!\\p{Nd})(?:(?:19|20)[0-9]{2}([-/.])(?:0?[1-9]|1[0-2])\\1(?:0?[1-9]|[12][0-9]|3[01])"
              + "|(?:0?[1-9]|[12][0-9]|3[01])([-/.])(?:0?[1-9]|1[0-2])\\2(?:19|20)[0-9]{2}"
              + "|[0-2]?[0-9](?::[0-5][0-9]){1,2})(?!\\p{Nd})");

  /** Dots only, and one of the later parts has a single digit: no country groups like that. */
  private static final Pattern VERSION =
      Pattern.compile("[0-9]{1,5}(?:\\.[0-9]{1,5})*\\.[0-9](?:\\.[0-9]{1,5})*");

  private static final Pattern DECIMAL = Pattern.compile("(\\p{Nd}++)\\.(\\p{Nd}++)");

  private Telephone() {}

  static String mask(String text) {
    StringBuilder out = new StringBuilder(text.length());
    Matcher keep = DATE_OR_TIME.matcher(text);
    int from = 0;
    while (keep.find()) {
      out.append(maskBetween(text.substring(from, keep.start()))).append(keep.group());
      from = keep.end();
    }
    return out.append(maskBetween(text.substring(from))).toString();
  }

  private static String maskBetween(String text) {
    return NUMBER.matcher(text).replaceAll(n -> Matcher.quoteReplacement(number(n)));
  }

  private static String number(MatchResult found) {
    String text = found.group();
    Matcher decimal = DECIMAL.matcher(text);
    if (decimal.matches()) {
      return masked(decimal.group(1)) + "." + masked(decimal.group(2));
    }
    return VERSION.matcher(text).matches() ? text : masked(text);
  }

  private static String masked(String text) {
    long digits = text.codePoints().filter(Character::isDigit).count();
    if (digits < SHORTEST) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int nth = 0;
    for (int c : text.codePoints().toArray()) {
      boolean digit = Character.isDigit(c);
      nth += digit ? 1 : 0;
      boolean hide = digit && nth > SHOWN_IN_FRONT && nth <= digits - SHOWN_AT_END;
      out.appendCodePoint(hide ? '•' : c);
    }
    return out.toString();
  }
}
