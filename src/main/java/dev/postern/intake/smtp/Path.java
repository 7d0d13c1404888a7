package dev.postern.intake.smtp;

import dev.postern.intake.SmtpReply;
import dev.postern.mail.EmailAddress;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The argument of MAIL or RCPT: a path and its parameters (RFC 5321 §4.1.2, RFC 1869 §6).
 *
 * @param address the mailbox; empty for the null reverse-path {@code <>}
 * @param parameters by keyword in upper case; the value is empty where there is none
 */
record Path(Optional<EmailAddress> address, Map<String, String> parameters) {

  /** The value of a parameter; empty where it was not given. */
  Optional<String> parameter(String keyword) {
    return Optional.ofNullable(parameters.get(keyword));
  }

  /** For values whose case does not matter. */
  static String upper(String value) {
    return value.toUpperCase(Locale.ROOT);
  }

  /** A path, or the reply that refuses it. */
  sealed interface Parsed {}

  /** It could be read. */
  record Good(Path path) implements Parsed {}

  /** It could not. */
  record Bad(SmtpReply reply) implements Parsed {}

  /**
   * Reads what follows the verb.
   *
   * @param line the whole command line
   * @param keyword {@code FROM} or {@code TO}
   */
  static Parsed parse(String line, String keyword) {
    String rest = line.substring(4).strip();
    String start = keyword + ":";
    if (!rest.regionMatches(true, 0, start, 0, start.length())) {
      return new Bad(syntax(line, keyword));
    }
    rest = rest.substring(start.length()).strip();
    int end = rest.startsWith("<") ? closingBracket(rest) : -1;
    if (end < 0) {
      return new Bad(syntax(line, keyword));
    }
    String inside = withoutRoute(rest.substring(1, end));
    Map<String, String> parameters = parameters(rest.substring(end + 1));
    if (inside.isEmpty()) {
      return keyword.equals("FROM")
          ? new Good(new Path(Optional.empty(), parameters))
          : new Bad(new SmtpReply(501, "5.1.3 a recipient must not be empty"));
    }
    return EmailAddress.parse(inside)
        .filter(a -> wellFormed(a.localPart()))
        .<Parsed>map(a -> new Good(new Path(Optional.of(a), parameters)))
        .orElseGet(() -> new Bad(unreadable(inside, keyword)));
  }

  private static SmtpReply syntax(String line, String keyword) {
    String verb = line.substring(0, 4).toUpperCase(Locale.ROOT);
    return new SmtpReply(501, "5.5.4 syntax: " + verb + " " + keyword + ":<address> [parameters]");
  }

  private static SmtpReply unreadable(String inside, String keyword) {
    String status = keyword.equals("FROM") ? "5.1.7" : "5.1.3";
    String text = inside.contains("@") ? "not a mailbox: <" : "a mailbox needs a domain: <";
    return new SmtpReply(553, status + " " + text + inside + ">");
  }

  /** The bracket that ends the path; one inside a quoted local part does not. */
  private static int closingBracket(String text) {
    boolean quoted = false;
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == '>' && !quoted) {
        return i;
      }
    }
    return -1;
  }

  /** RFC 5321 §4.1.1.3: a source route is accepted and ignored. */
  private static String withoutRoute(String inside) {
    int colon = inside.indexOf(':');
    return inside.startsWith("@") && colon > 0 ? inside.substring(colon + 1) : inside;
  }

  /**
   * Quoted, or without characters that would need quotes. Stray dots are let pass: they are real.
   */
  private static boolean wellFormed(String localPart) {
    boolean quoted =
        localPart.length() > 2 && localPart.startsWith("\"") && localPart.endsWith("\"");
    return quoted || localPart.chars().noneMatch(c -> c <= ' ' || "\"\\()[],:;@".indexOf(c) >= 0);
  }

  private static Map<String, String> parameters(String text) {
    Map<String, String> parameters = new HashMap<>();
    for (String parameter : text.strip().split("\\s+", -1)) {
      int equals = parameter.indexOf('=');
      String keyword = equals < 0 ? parameter : parameter.substring(0, equals);
      if (!keyword.isEmpty()) {
        parameters.put(
            keyword.toUpperCase(Locale.ROOT), equals < 0 ? "" : parameter.substring(equals + 1));
      }
    }
    return Map.copyOf(parameters);
  }
}
