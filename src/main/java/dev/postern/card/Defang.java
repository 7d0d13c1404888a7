package dev.postern.card;

import com.google.common.net.InternetDomainName;
import dev.postern.card.Cleaner.Kind;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Breaks whatever a chat client would turn into a link, a macro or an emoji. Escaping cannot do
 * that: clients run data detectors over text that is not markup. Linear in the length of the text:
 * no pattern here can backtrack over what it has taken.
 */
final class Defang {
  private static final Pattern WEB = Pattern.compile("(?i)(?:https|ftps|http|ftp)(?=:)");
  private static final Pattern SCHEME =
      Pattern.compile(
          "(?i)(?<![\\p{L}\\p{N}])"
              + "(tel|sms|mailto|data|javascript|vbscript|file|slack|msteams|intent):(?=\\S)");

  private static final String LABEL = "[\\p{L}\\p{M}\\p{N}_-]";

  /** IDNA takes the wide dots of East Asian keyboards for dots too (UTS #46 §4). */
  private static final String DOT = "(?:\\.|(?<=[!-~])[\uFF0E\u3002\uFF61](?=[!-~]))";

  private static final Pattern DOTTED =
      Pattern.compile("(?<!" + LABEL + ")" + LABEL + "++(?:" + DOT + LABEL + "++)++");
  private static final Pattern ANY_DOT = Pattern.compile("[.\uFF0E\u3002\uFF61]");
  private static final Pattern IPV4 =
      Pattern.compile("(?<![0-9])(?<![0-9]\\.)[0-9]{1,3}(?:\\.[0-9]{1,3}){3}(?!\\.?[0-9])");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private static final Pattern SHORTCODE =
      Pattern.compile(
          ":(?=[\\p{L}0-9_+'-]{0,100}[\\p{L}_+'-][\\p{L}0-9_+'-]{0,100}:)"
              + "|(?<![0-9]):(?=[0-9]{1,100}:)");

  /** Names that are set apart and no top-level domains (RFC 2606, RFC 6761, RFC 7686). */
  private static final Set<String> SPECIAL =
      Set.of("example", "test", "invalid", "localhost", "local", "internal", "onion");

  private Defang() {}

  static String apply(String text, Kind kind) {
    if (kind == Kind.HOST && IPV6.matcher(text).matches()) {
      return text;
    }
    String schemeless =
        SCHEME.matcher(WEB.matcher(text).replaceAll(Defang::web)).replaceAll("$1[:]");
    String hostless =
        switch (kind) {
          case ADDRESS, READS -> address(schemeless);
          case HOST -> allDots(schemeless);
          case FILENAME -> fileName(schemeless);
          case SUBJECT, NAME, TXT, REPLY, REASON, ID -> freeText(schemeless);
        };
    return macros(Telephone.mask(hostless));
  }

  private static String web(java.util.regex.MatchResult scheme) {
    return scheme.group().toLowerCase(Locale.ROOT).endsWith("s") ? "hxxps" : "hxxp";
  }

  private static String address(String text) {
    int at = text.lastIndexOf('@');
    return at < 0
        ? freeText(text)
        : hosts(text.substring(0, at), Defang::topLevel) + allDots(text.substring(at));
  }

  private static String allDots(String text) {
    return ANY_DOT.matcher(text).replaceAll("[.]");
  }

  private static String fileName(String text) {
    int dot = text.lastIndexOf('.');
    return dot >= 0 && topLevel(text.substring(dot + 1))
        ? text.substring(0, dot) + "[.]" + text.substring(dot + 1)
        : text;
  }

  private static String freeText(String text) {
    String hostless = hosts(text, label -> label.chars().filter(Character::isLetter).count() >= 2);
    return IPV4.matcher(hostless).replaceAll(ip -> Matcher.quoteReplacement(ipv4(ip.group())));
  }

  private static String ipv4(String text) {
    for (String octet : text.split("\\.", -1)) {
      if (Integer.parseInt(octet) > 255) {
        return text;
      }
    }
    return allDots(text);
  }

  /** Breaks the dots of each dotted word up to the last label that could end a host name. */
  private static String hosts(String text, Predicate<String> mayEndHost) {
    return DOTTED
        .matcher(text)
        .replaceAll(word -> Matcher.quoteReplacement(host(word.group(), mayEndHost)));
  }

  private static String host(String word, Predicate<String> mayEndHost) {
    Matcher dot = ANY_DOT.matcher(word);
    int lastHostDot = -1;
    int labelStart = -1;
    while (dot.find()) {
      if (labelStart > 0 && mayEndHost.test(word.substring(labelStart, dot.start()))) {
        lastHostDot = labelStart - 1;
      }
      labelStart = dot.end();
    }
    if (mayEndHost.test(word.substring(labelStart))) {
      lastHostDot = labelStart - 1;
    }
    return allDots(word.substring(0, lastHostDot + 1)) + word.substring(lastHostDot + 1);
  }

  private static boolean topLevel(String label) {
    String lower = label.toLowerCase(Locale.ROOT);
    boolean twoLetters = lower.length() == 2 && lower.chars().allMatch(Character::isLetter);
    return twoLetters
        || SPECIAL.contains(lower)
        || (InternetDomainName.isValid(lower)
            && lower.indexOf('.') < 0
            && InternetDomainName.from(lower).isRegistrySuffix());
  }

  private static String macros(String text) {
    String unexpanded = text.replaceAll("\\{(?=\\{)", "{ ").replace("${", "$ {");
    return SHORTCODE.matcher(unexpanded).replaceAll(": ");
  }
}
