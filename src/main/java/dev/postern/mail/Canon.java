package dev.postern.mail;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts of a message with what is personal in them folded away, so that the same text to two people
 * is the same text. Only that is folded by which nobody can be led elsewhere:
 *
 * <ul>
 *   <li>the address of the recipient, and the words before its {@code @}, where there is but one
 *       recipient: a sender does not choose what people are called;
 *   <li>a greeting: the first line of a text, or the first text of a web page, if it has at most
 *       six words and no digit, link or address;
 *   <li>runs of white space, since lines break elsewhere behind a longer name.
 * </ul>
 *
 * <p>Everything else counts, the markup and styles of web pages too: they decide what is seen.
 */
final class Canon {
  private static final String RECIPIENT = "\u0001";
  private static final String GREETING = "\u0002";
  private static final String ID = "\u0003";

  private static final Pattern MARKS = Pattern.compile("[\u0001-\u0003]");
  private static final Pattern SPACE = Pattern.compile("[\\s\\u00A0]+");
  private static final Pattern LETTERS = Pattern.compile("[\\p{L}\\p{M}]+");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}_-]+");

  /** A dot within a word makes a link in many programs. */
  private static final Pattern GREETS =
      Pattern.compile("(?:[\\p{L}\\p{M}'\u2019 ,!:-]|\\.(?=\\s|$)){1,80}");

  private static final Pattern LINK =
      Pattern.compile("(?i)(https?://)([a-z0-9.-]{1,253}+)([/?][^\\s\"'<>()\\\\#]{0,2000}+)");
  private static final Pattern PLAIN_ID = Pattern.compile("[A-Za-z0-9_\u0001-]{1,500}");
  private static final Pattern DIGIT = Pattern.compile("[0-9\u0001]");
  private static final Pattern BETWEEN = Pattern.compile("(?<=[/?&=;])|(?=[/?&=;])");
  private static final Set<String> NOT_SHOWN = Set.of("script", "style", "title");
  private static final int MOST_GREETING_WORDS = 6;
  private static final int SHORTEST_NAME = 3;
  private static final int LONGEST_WORD_OF_A_PATH = 20;

  private final DomainName from;
  private final Optional<Pattern> address;
  private final Set<String> names = new HashSet<>();

  Canon(DomainName from, List<EmailAddress> recipients) {
    this.from = from;
    Optional<EmailAddress> one =
        recipients.size() == 1 ? Optional.of(recipients.getFirst()) : Optional.empty();
    this.address = one.map(Canon::written);
    one.ifPresent(
        it -> {
          for (String name : it.localPart().split("[._+-]", 5)) {
            if (name.length() >= SHORTEST_NAME && LETTERS.matcher(name).matches()) {
              names.add(name.toLowerCase(Locale.ROOT));
            }
          }
        });
  }

  private static Pattern written(EmailAddress it) {
    String local = Pattern.quote(it.localPart());
    return Pattern.compile("(?iu)" + local + "(?:@|%40)" + Pattern.quote(it.domain().ascii()));
  }

  /** One line: the recipient folded, space once. */
  String line(String text) {
    return folded(MARKS.matcher(text).replaceAll("?"));
  }

  /** A text part: greeting and recipient folded, space once. */
  String text(String text, boolean html) {
    String own = MARKS.matcher(text).replaceAll("?");
    return folded(html ? pageWithoutGreeting(own) : withoutGreeting(own));
  }

  private String folded(String text) {
    String bare = address.map(it -> it.matcher(text).replaceAll(RECIPIENT)).orElse(text);
    String nameless =
        names.isEmpty()
            ? bare
            : LETTERS
                .matcher(bare)
                .replaceAll(
                    word ->
                        names.contains(word.group().toLowerCase(Locale.ROOT))
                            ? RECIPIENT
                            : word.group());
    return SPACE.matcher(nameless).replaceAll(" ").strip();
  }

  /** Words with a digit in them, as numbers of orders and tickets: one is as good as another. */
  static String numbersFolded(String text) {
    return WORD.matcher(text)
        .replaceAll(word -> DIGIT.matcher(word.group()).find() ? "#" : word.group());
  }

  private static String withoutGreeting(String text) {
    int start = 0;
    while (start < text.length() && text.charAt(start) <= ' ') {
      start++;
    }
    int end = start;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return greets(text.substring(start, end)) ? GREETING + text.substring(end) : text;
  }

  private static boolean greets(String text) {
    String line = SPACE.matcher(text.strip()).replaceAll(" ");
    return GREETS.matcher(line).matches()
        && line.chars().filter(c -> c == ' ').count() < MOST_GREETING_WORDS;
  }

  /** The page with a mark for its first text that is shown, if that is a greeting. */
  private static String pageWithoutGreeting(String html) {
    int at = 0;
    while (at < html.length()) {
      int tag = html.indexOf('<', at);
      int end = tag < 0 ? html.length() : tag;
      String shown = html.substring(at, end);
      if (!shown.isBlank()) {
        boolean greeting = greets(CharacterReferences.resolve(shown));
        return greeting ? html.substring(0, at) + GREETING + html.substring(end) : html;
      }
      at = tag < 0 ? html.length() : behind(html, tag);
    }
    return html;
  }

  /** Behind a comment, an element that is not shown, or a tag. */
  private static int behind(String html, int tag) {
    if (html.startsWith("<!--", tag)) {
      return past(html, "-->", tag);
    }
    for (String name : NOT_SHOWN) {
      if (html.regionMatches(true, tag + 1, name, 0, name.length())) {
        int end = html.indexOf("</", tag);
        while (end >= 0 && !html.regionMatches(true, end + 2, name, 0, name.length())) {
          end = html.indexOf("</", end + 2);
        }
        return end < 0 ? html.length() : past(html, ">", end);
      }
    }
    return past(html, ">", tag);
  }

  private static int past(String html, String end, int from) {
    int at = html.indexOf(end, from);
    return at < 0 ? html.length() : at + end.length();
  }

  /**
   * The text with a mark for each id in links to the author domain: the domain answers for where
   * they lead. A value that may itself be a link counts to the letter.
   */
  String linksFolded(String text) {
    return LINK.matcher(text)
        .replaceAll(
            link ->
                own(link.group(2))
                    ? Matcher.quoteReplacement(
                        link.group(1) + link.group(2) + withoutIds(link.group(3)))
                    : Matcher.quoteReplacement(link.group()));
  }

  private boolean own(String host) {
    return DomainName.parse(host).filter(it -> it.isAtOrBelow(from)).isPresent();
  }

  private static String withoutIds(String path) {
    StringBuilder folded = new StringBuilder();
    for (String piece : BETWEEN.split(path, -1)) {
      boolean id =
          PLAIN_ID.matcher(piece).matches()
              && (DIGIT.matcher(piece).find() || piece.length() > LONGEST_WORD_OF_A_PATH);
      folded.append(id ? ID : piece);
    }
    return folded.toString();
  }
}
