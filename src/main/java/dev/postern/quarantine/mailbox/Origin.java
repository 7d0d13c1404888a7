package dev.postern.quarantine.mailbox;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  private static final Pattern BRACKETS =
      Pattern.compile("\\[(?:IPv6:)?([0-9A-Fa-f.:]{2,45})\\]", CASE_INSENSITIVE);

  private static final Pattern BARE = Pattern.compile("([0-9A-Fa-f.:]{2,45})");

  /** Reads the value of a Received field; empty where it does not say both. */
  static Optional<Origin> parse(String value) {
    Matcher from = FROM.matcher(value.substring(0, Math.min(value.length(), LONGEST)));
    if (!from.lookingAt()) {
      return Optional.empty();
    }
    Matcher brackets = BRACKETS.matcher(from.group(2));
    Matcher bare = BARE.matcher(from.group(2).strip());
    Optional<String> address =
        brackets.find()
            ? Optional.of(brackets.group(1))
            : Optional.of(bare).filter(Matcher::matches).map(it -> it.group(1));
    return address.flatMap(Origin::literal).map(client -> new Origin(from.group(1), client));
  }

  private static Optional<InetAddress> literal(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }
}
