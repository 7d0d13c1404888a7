package dev.postern.quarantine;

import dev.postern.mail.EmailAddress;
import dev.postern.mail.HeaderField;
import dev.postern.mail.HeaderFields;
import dev.postern.mail.RawMessage;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a message came to a provider, by the trace fields that the provider itself put on top of it
 * (RFC 5321 §4.4). Fields further down are the sender's and prove nothing.
 *
 * @param client who handed it to the provider
 * @param helo the name that the client gave
 * @param returnPath the {@code Return-Path} above those fields, in angle brackets; empty without
 */
public record Arrival(InetAddress client, String helo, Optional<String> returnPath) {
  private static final int LONGEST_FIELD = 4000;

  /** No blank within the name, so that a hostile one moves nothing to the right of it. */
  private static final Pattern FROM =
      Pattern.compile(
          "from (\\S{1,255}) \\((?:[^\\s()\\[\\]]{1,255}"
              + " )?\\[?(?:IPv6:)?([0-9A-Fa-f.:]{2,45})\\]?\\) by (\\S{1,255})(?: .*)?");

  private static final Pattern BY = Pattern.compile("by (\\S{1,255})(?: .*)?");

  /**
   * Reads it.
   *
   * @param edge hosts of the provider that take mail from outside
   * @param inside other hosts of the provider
   * @return empty when the fields on top are not all the provider's
   */
  public static Optional<Arrival> read(
      RawMessage raw, Predicate<String> edge, Predicate<String> inside) {
    Optional<String> returnPath = Optional.empty();
    for (HeaderField field : HeaderFields.of(raw).all()) {
      if (field.name().equalsIgnoreCase("Return-Path")) {
        returnPath = returnPath.or(() -> Optional.of(field.unfoldedValue()));
      }
      if (!field.name().equalsIgnoreCase("Received")) {
        continue;
      }
      String text = plain(field.unfoldedValue());
      Matcher from = FROM.matcher(text);
      Matcher by = BY.matcher(text);
      if (from.matches() && edge.test(from.group(3))) {
        Optional<String> path = returnPath;
        return literal(from.group(2)).map(client -> new Arrival(client, from.group(1), path));
      }
      boolean passedOn =
          (from.matches() && inside.test(from.group(3)))
              || (by.matches() && inside.test(by.group(1)));
      if (!passedOn) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** The reverse-path as it stands there; empty where it is none, or that of nobody. */
  public Optional<EmailAddress> mailFrom() {
    return returnPath.map(text -> text.replaceAll("^<|>$", "")).flatMap(EmailAddress::parse);
  }

  private static String plain(String value) {
    String bounded = value.length() > LONGEST_FIELD ? value.substring(0, LONGEST_FIELD) : value;
    return bounded.replaceAll("\\s+", " ").strip();
  }

  private static Optional<InetAddress> literal(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }
}
