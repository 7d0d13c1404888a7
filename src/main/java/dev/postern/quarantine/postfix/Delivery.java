package dev.postern.quarantine.postfix;

import dev.postern.approval.Outcome.Kind;
import dev.postern.mail.EmailAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One try to deliver a message to one recipient, as the log tells it.
 *
 * @param names the recipient, and what it was called before an alias rewrote it
 * @param kind what came of it
 * @param words the next hop's own, or those of Postfix; hostile
 */
record Delivery(List<EmailAddress> names, Kind kind, String words) {
  private static final int LONGEST_WORDS = 500;

  private static final Pattern FORM =
      Pattern.compile(
          "to=<(.*?)>, (?:orig_to=<(.*?)>, )?relay=[^,]*, (?:conn_use=[0-9]+, )?delay=[0-9.]+,"
              + " delays=[0-9./]+, dsn=[0-9.]+, status=([a-z]+) \\((.*)\\)");

  /** Copies the list, so that it never changes. */
  Delivery {
    names = List.copyOf(names);
  }

  /** Reads the text of a log line; empty where it is no such line. */
  static Optional<Delivery> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    List<EmailAddress> names =
        Stream.of(Optional.of(form.group(1)), Optional.ofNullable(form.group(2)))
            .flatMap(Optional::stream)
            .flatMap(name -> EmailAddress.parse(name).stream())
            .toList();
    String said = form.group(4);
    return switch (form.group(3)) {
      case "sent" -> Optional.of(of(names, Kind.DELIVERED_TO_NEXT_HOP, said));
      case "deferred" ->
          Optional.of(of(names, Kind.ACCEPTED_ASYNC, "Postfix tries again by itself: " + said));
      case "bounced" ->
          Optional.of(of(names, Kind.PERM_FAIL, "Postfix returned it to the sender: " + said));
      default -> Optional.empty();
    };
  }

  /** What the recipient was called when Postfix took the message; empty where nobody can tell. */
  Optional<EmailAddress> called() {
    return names.isEmpty() ? Optional.empty() : Optional.of(names.getLast());
  }

  boolean isFor(EmailAddress recipient) {
    return names.contains(recipient);
  }

  private static Delivery of(List<EmailAddress> names, Kind kind, String words) {
    boolean fits = words.length() <= LONGEST_WORDS;
    return new Delivery(names, kind, fits ? words : words.substring(0, LONGEST_WORDS) + "…");
  }
}
