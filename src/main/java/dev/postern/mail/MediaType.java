package dev.postern.mail;

import java.util.Locale;

/**
 * The value of Content-Type or Content-Disposition: a word and parameters (RFC 2045 §5.1, RFC
 * 2183), continued and encoded parameters included (RFC 2231). Read from left to right: comments
 * are left out, quotes and backslashes too, space counts once and not at the ends.
 */
final class MediaType {

  /** No honest field is longer. */
  private static final int LONGEST = 8000;

  private final String text;
  private final String word;
  private final MimeParameters parameters = new MimeParameters();
  private int at;

  private MediaType(String text) {
    this.text = text;
    this.word = content(';', ';').toLowerCase(Locale.ROOT);
    while (at < text.length()) {
      at++;
      String name = content('=', ';');
      if (next('=')) {
        at++;
        parameters.add(name, content(';', ';'));
      }
    }
  }

  /** Reads the first field of that name. Never throws, takes linear time. */
  static MediaType of(HeaderFields header, String name) {
    String value = header.first(name);
    return new MediaType(value.substring(0, Math.min(value.length(), LONGEST)));
  }

  /** {@code text/plain}, {@code attachment}, …; empty without a field. */
  String word() {
    return word;
  }

  /** A parameter; empty without it. MIME words in it are decoded, as all software does. */
  String parameter(String name) {
    return EncodedWords.decode(parameters.value(name));
  }

  /** What stands before the next of two separators, or before the end. */
  private String content(char one, char other) {
    StringBuilder content = new StringBuilder();
    boolean space = false;
    while (at < text.length() && !next(one) && !next(other)) {
      char c = text.charAt(at);
      if (c == '(') {
        comment();
      } else if (c <= ' ') {
        at++;
        space = true;
      } else {
        content.append(space && !content.isEmpty() ? " " : "");
        space = false;
        if (c == '"') {
          quoted(content);
        } else {
          content.append(c);
          at++;
        }
      }
    }
    return content.toString();
  }

  private boolean next(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  /** Comments nest; one that is not closed goes on to the end. */
  private void comment() {
    int depth = 0;
    do {
      depth += next('(') ? 1 : 0;
      depth -= next(')') ? 1 : 0;
      at += next('\\') ? 2 : 1;
    } while (at < text.length() && depth > 0);
  }

  /** A quoted string that is not closed goes on to the end. */
  private void quoted(StringBuilder content) {
    at++;
    while (at < text.length() && !next('"')) {
      at += next('\\') && at + 1 < text.length() ? 1 : 0;
      content.append(text.charAt(at++));
    }
    at++;
  }
}
