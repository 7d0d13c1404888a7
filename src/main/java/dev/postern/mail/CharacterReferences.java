package dev.postern.mail;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Character references of HTML (§13.1.4), as far as they can hide an address: all by number, and by
 * name those of the characters that URLs, hosts and the space around them consist of.
 */
final class CharacterReferences {
  private static final Pattern REFERENCE =
      Pattern.compile("&(?:#(?:[xX]([0-9a-fA-F]{1,6})|([0-9]{1,7}));?|([A-Za-z]{2,8});)");

  private static final Map<String, String> NAMED =
      Map.ofEntries(
          Map.entry("amp", "&"),
          Map.entry("lt", "<"),
          Map.entry("gt", ">"),
          Map.entry("quot", "\""),
          Map.entry("apos", "'"),
          Map.entry("nbsp", "\u00A0"),
          Map.entry("shy", "\u00AD"),
          Map.entry("zwj", "\u200D"),
          Map.entry("zwnj", "\u200C"),
          Map.entry("period", "."),
          Map.entry("colon", ":"),
          Map.entry("sol", "/"),
          Map.entry("bsol", "\\"),
          Map.entry("commat", "@"),
          Map.entry("lowbar", "_"),
          Map.entry("hyphen", "\u2010"),
          Map.entry("num", "#"),
          Map.entry("quest", "?"),
          Map.entry("Tab", "\t"),
          Map.entry("NewLine", "\n"));

  private CharacterReferences() {}

  /** The text with its references resolved, once; an unknown one stays as it is. Linear time. */
  static String resolve(String html) {
    return html.indexOf('&') < 0 ? html : REFERENCE.matcher(html).replaceAll(it -> character(it));
  }

  private static String character(MatchResult reference) {
    if (reference.group(3) != null) {
      return Matcher.quoteReplacement(NAMED.getOrDefault(reference.group(3), reference.group()));
    }
    int code =
        reference.group(1) != null
            ? Integer.parseInt(reference.group(1), 16)
            : Integer.parseInt(reference.group(2));
    return Character.isValidCodePoint(code)
        ? Matcher.quoteReplacement(Character.toString(code))
        : "";
  }
}
