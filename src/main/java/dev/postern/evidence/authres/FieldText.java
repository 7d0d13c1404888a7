package dev.postern.evidence.authres;

import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * The value of a structured field, read from left to right (RFC 5322 §3.2): comments, quoted
 * strings, words. The first flaw stops it: from then on it is at its end, so that its readers need
 * to look for a flaw only once. Never recurses and never goes back.
 */
final class FieldText {

  /** RFC 2045 §5.1: what a token may not hold, besides space and control characters. */
  private static final String TSPECIALS = "()<>@,;:\\\"/[]?=";

  /** What ends a value for us; the rest of tspecials stands bare in real fields. */
  private static final String ENDS_VALUE = "();\"";

  private final String text;
  private int at;
  private String flaw = "";
  private int flawAt;

  FieldText(String text) {
    this.text = text;
  }

  /** What is wrong; empty if nothing is so far. */
  Optional<Reading> flaw(String authservId) {
    return flaw.isEmpty()
        ? Optional.empty()
        : Optional.of(new Reading.Garbled(authservId, flaw, flawAt));
  }

  /** Whether nothing is left to read. */
  boolean ended() {
    return at >= text.length();
  }

  /** Stops here, unless something else was wrong before. */
  void stop(String problem) {
    if (flaw.isEmpty()) {
      flaw = problem;
      flawAt = Math.min(at, text.length());
      at = text.length();
    }
  }

  boolean nextIs(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  /** Takes {@code c} if it comes next. */
  boolean take(char c) {
    boolean next = nextIs(c);
    if (next) {
      at++;
    }
    return next;
  }

  /** Takes {@code c}, with comments and space around it, or stops. */
  void expect(char c) {
    skipSpace();
    if (!take(c)) {
      stop("\"" + c + "\" is missing");
    }
    skipSpace();
  }

  /** Skips white space, folding and comments (CFWS, RFC 5322 §3.2.2). */
  void skipSpace() {
    while (at < text.length()) {
      if (nextIs('(')) {
        skipComment();
      } else if (spaceAt(at)) {
        at++;
      } else {
        return;
      }
    }
  }

  /** Comments nest; a counter follows them as deep as they like. */
  private void skipComment() {
    int open = at;
    int depth = 0;
    for (int i = at; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        i++;
      } else if (c == '(') {
        depth++;
      } else if (c == ')' && --depth == 0) {
        at = i + 1;
        return;
      }
      if (controlAt(i)) {
        at = i;
        stop("control character in a comment");
        return;
      }
    }
    at = open;
    stop("comment is not closed");
  }

  /** A method, result or name of a property in lower case; empty if none comes next. */
  String keyword() {
    return run(FieldText::inKeyword).toLowerCase(Locale.ROOT);
  }

  /** A key of Received-SPF in lower case (RFC 7208 §9.1, name); empty if none comes next. */
  String dottedKeyword() {
    return run(c -> inKeyword(c) || c == '.').toLowerCase(Locale.ROOT);
  }

  String digits() {
    return run(c -> c >= '0' && c <= '9');
  }

  /** A token or a quoted string without its quotes (RFC 2045 §5.1); empty if neither comes next. */
  String tokenOrQuoted() {
    return nextIs('"') ? quoted() : run(c -> c > ' ' && c != 0x7f && TSPECIALS.indexOf(c) < 0);
  }

  /**
   * The value of a property (RFC 8601 §2.2, pvalue), which also may be an address whose local part
   * is a quoted string. Takes colons, slashes and brackets bare, as real fields have them; empty
   * where nothing stands, which is how many write the null sender.
   */
  String value() {
    if (!nextIs('"')) {
      return bare();
    }
    int start = at;
    String content = quoted();
    if (!nextIs('@')) {
      return content;
    }
    String localPart = unfolded(start, at);
    return localPart + bare();
  }

  private String bare() {
    int start = at;
    String word = run(c -> c > ' ' && c != 0x7f && ENDS_VALUE.indexOf(c) < 0);
    // In an address the sign is an ordinary character (RFC 5322 §3.2.3), and base64 ends with it.
    // Anywhere else this is the next property, and the value before it is missing.
    int sign = word.indexOf('@') < 0 ? word.indexOf('=') : -1;
    boolean padding = sign >= word.length() - 2 && word.endsWith("=");
    if (sign >= 0 && !padding) {
      at = start;
      stop("equals sign in a value");
    }
    return word;
  }

  private String quoted() {
    int open = at;
    StringBuilder content = new StringBuilder();
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        at = i + 1;
        return content.toString();
      }
      if (c == '\\' && i + 1 < text.length()) {
        c = text.charAt(++i);
      }
      if (controlAt(i)) {
        at = i;
        stop("control character in a quoted string");
        return "";
      }
      if (c != '\r' && c != '\n') {
        content.append(c);
      }
    }
    at = open;
    stop("quoted string is not closed");
    return "";
  }

  private String unfolded(int from, int to) {
    return text.substring(from, to).replace("\r\n", "").replace("\n", "");
  }

  private String run(IntPredicate belongs) {
    int start = at;
    while (at < text.length() && belongs.test(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private static boolean inKeyword(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        // Not in RFC 5321's Keyword, but in names that are in use.
        || c == '_';
  }

  /** A carriage return is space only in front of its line feed. */
  private boolean spaceAt(int i) {
    char c = text.charAt(i);
    return c == ' '
        || c == '\t'
        || c == '\n'
        || (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n');
  }

  private boolean controlAt(int i) {
    char c = text.charAt(i);
    return (c < ' ' || c == 0x7f) && !spaceAt(i);
  }
}
