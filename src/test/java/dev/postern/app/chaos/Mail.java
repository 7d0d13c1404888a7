package dev.postern.app.chaos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.postern.mail.RawMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * One message, as its sender has it.
 *
 * @param token what tells it from all others; stands in its content and in each recipient
 * @param held who is to hold it
 * @param wish what people decide about it where it is held
 * @param sender of the envelope; empty for the null sender
 */
record Mail(
    String token, Held held, Wish wish, String sender, List<String> recipients, RawMessage octets) {
  private static final int LONG_LINE = 6_000;
  private static final int LARGE = 1 << 20;

  /** Who holds it. */
  enum Held {
    NOBODY,
    /** Says that it is from a domain that refuses what it did not send. */
    BY_RSPAMD,
    BY_HEADER_CHECKS
  }

  /** What people decide. */
  enum Wish {
    RELEASE_TO_ALL,
    RELEASE_TO_SOME,
    DISCARD
  }

  /** What its content is like. */
  private enum Content {
    PLAIN,
    EIGHT_BIT,
    LONG_LINES,
    DOTS,
    LARGE
  }

  /** Whom it goes to once people decided: all, some (never all where there are several) or none. */
  List<String> wished() {
    return switch (wish) {
      case RELEASE_TO_ALL -> recipients;
      case RELEASE_TO_SOME -> recipients.subList(0, (recipients.size() + 1) / 2);
      case DISCARD -> List.of();
    };
  }

  /** The message of this number, of a kind by chance. */
  static Mail of(int number, RandomGenerator random) {
    String token = "t%06d".formatted(number);
    Held held = pick(random, Held.NOBODY, Held.NOBODY, Held.BY_RSPAMD, Held.BY_HEADER_CHECKS);
    Wish wish = pick(random, Wish.values());
    String domain = held == Held.BY_RSPAMD ? "shop.test" : "friend.test";
    String sender = random.nextInt(6) == 0 ? "" : "billing@" + domain;
    List<String> recipients = new ArrayList<>();
    int most = wish == Wish.RELEASE_TO_SOME ? 2 + random.nextInt(3) : 1 + random.nextInt(3);
    for (int i = 0; i < most; i++) {
      recipients.add("%s-%d@corp.test".formatted(token, i));
    }
    Content content =
        random.nextInt(20) == 0
            ? Content.LARGE
            : pick(random, Content.PLAIN, Content.EIGHT_BIT, Content.LONG_LINES, Content.DOTS);
    String text = header(token, held, domain) + "\r\n" + body(token, content);
    return new Mail(
        token, held, wish, sender, recipients, RawMessage.of(text.getBytes(ISO_8859_1)));
  }

  private static String header(String token, Held held, String domain) {
    return """
        X-Token: %1$s
        X-Test: %2$s
        From: Shop <billing@%3$s>
        To: you@corp.test
        Subject:  Your  order %1$s
        Date: Mon, 23 Nov 2026 03:40:12 +0000
        Message-ID: <%1$s@%3$s>
        MIME-Version: 1.0
        Content-Type: text/plain; charset=iso-8859-1
        Content-Transfer-Encoding: 8bit
        """
        .formatted(token, held == Held.BY_HEADER_CHECKS ? "hold" : "none", domain)
        .replace("\n", "\r\n");
  }

  private static String body(String token, Content content) {
    String start = "Hello, this is %s.\r\n".formatted(token.toUpperCase(Locale.ROOT));
    return start
        + switch (content) {
          case PLAIN -> "Your order is on its way \r\n\r\n";
          case EIGHT_BIT -> "Gr\u00fc\u00dfe \u0080\u00ff\t\r\n";
          case LONG_LINES -> "long words ".repeat(LONG_LINE / 11) + "\r\n";
          case DOTS -> ".\r\n..\r\n.dot\r\n\r\n.\r\n";
          case LARGE ->
              "A line of an attachment that is like all the others.\r\n".repeat(LARGE / 54);
        };
  }

  @SafeVarargs
  private static <T> T pick(RandomGenerator random, T... these) {
    return these[random.nextInt(these.length)];
  }
}
