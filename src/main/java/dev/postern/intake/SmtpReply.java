package dev.postern.intake;

import java.util.regex.Pattern;

/**
 * One line that we answer with (RFC 5321 §4.2, RFC 3463).
 *
 * @param code three digits
 * @param text enhanced status code and words; printable ASCII, at most {@value #LONGEST}
 */
public record SmtpReply(int code, String text) {
  /** RFC 5321 §4.5.3.1.5 allows 512 octets with code, blank and CRLF. */
  private static final int LONGEST = 500;

  private static final Pattern FOREIGN = Pattern.compile("([245][0-9][0-9])[ -](.*)");

  /** Makes the text fit for the wire: whatever is in it, it stays one line. */
  public SmtpReply {
    if (code < 200 || code > 599) {
      throw new IllegalArgumentException("no SMTP reply code: " + code);
    }
    text = oneLine(text);
  }

  /** The line without its CRLF. */
  public String line() {
    return code + " " + text;
  }

  /**
   * Another server's reply as ours. Words that are no reply of the wanted class go behind {@code
   * otherwise}.
   */
  public static SmtpReply passOn(String words, SmtpReply otherwise) {
    var reply = FOREIGN.matcher(oneLine(words));
    if (reply.matches()
        && reply.group(1).charAt(0) == Character.forDigit(otherwise.code / 100, 10)) {
      return new SmtpReply(Integer.parseInt(reply.group(1)), reply.group(2));
    }
    return new SmtpReply(otherwise.code, otherwise.text + ": " + words);
  }

  /** The text as printable ASCII in one line, at most {@value #LONGEST} characters. */
  public static String oneLine(String text) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < text.length() && line.length() < LONGEST; i++) {
      char c = text.charAt(i);
      line.append(c == '\r' || c == '\n' || c == '\t' ? ' ' : c < 0x20 || c > 0x7e ? '?' : c);
    }
    return line.toString().strip();
  }
}
