package dev.postern.quarantine.mailbox;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Whom a server took a message from, by its Received field (RFC 5321 §4.4).
 *
 * @param helo the name that the client gave
 * @param client its address
 */
record Origin(String helo, InetAddress client) {
  private static final int LONGEST = 1000;

  /** One word, as servers mask what clients say, and one comment with the address. */
  private static final Pattern FROM =
      Pattern.compile("from\\s+([^\\s()]{1,255})\\s+\\(([^()]{1,400})\\)", CASE_INSENSITIVE);

  private static final String IP = "([0-9A-Fa-f.:]{2,45})";

  private static final String LITERAL = "\\[(?:IPv6:)?" + IP + "\\](?::[0-9]{1,5})?";

  /** Exim, of a client without a name: that stands before, and what the client says within. */
  private static final Pattern SAYINGS = Pattern.compile("(?:port|helo|ident)=", CASE_INSENSITIVE);

  /** qmail: what the client says, and nothing else. */
  private static final Pattern GREETING =
      Pattern.compile("(?:HELO|EHLO|LHLO)(?!\\S)", CASE_INSENSITIVE);

  /** The address first, or alone, or behind the client's name alone: elsewhere it may be a HELO. */
  private static final Pattern CLIENT =
      Pattern.compile(
          LITERAL + "(?:\\s.*)?|[^\\s\\[\\]]{1,255}\\s+" + LITERAL + "|" + IP, CASE_INSENSITIVE);

  private static final Pattern NAMELESS = Pattern.compile(LITERAL, CASE_INSENSITIVE);

  /** Reads the value of a Received field; empty where it does not say both. */
  static Optional<Origin> parse(String value) {
    Matcher from = FROM.matcher(value.substring(0, Math.min(value.length(), LONGEST)));
    if (!from.lookingAt()) {
      return Optional.empty();
    }
    return address(from.group(1), from.group(2).strip())
        .flatMap(Origin::literal)
        .map(client -> new Origin(from.group(1), client));
  }

  private static Optional<String> address(String name, String comment) {
    if (GREETING.matcher(comment).lookingAt()) {
      return Optional.empty();
    }
    Matcher client =
        SAYINGS.matcher(comment).lookingAt() ? NAMELESS.matcher(name) : CLIENT.matcher(comment);
    return client.matches()
        ? IntStream.rangeClosed(1, client.groupCount())
            .filter(group -> client.start(group) >= 0)
            .mapToObj(client::group)
            .findFirst()
        : Optional.empty();
  }

  private static Optional<InetAddress> literal(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }
}
