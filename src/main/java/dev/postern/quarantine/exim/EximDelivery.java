package dev.postern.quarantine.exim;

import dev.postern.approval.Outcome.Kind;
import dev.postern.mail.EmailAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One try to deliver to one recipient, as the main log tells it: {@code =>} and {@code ->} for
 * delivered, {@code ==} for deferred, {@code **} for failed.
 *
 * @param names the recipient, and what it was called before an alias rewrote it
 * @param kind what came of it
 * @param words the next hop's own, or those of Exim without what became of a failed one; hostile
 */
record EximDelivery(List<EmailAddress> names, Kind kind, String words) {
  private static final int LONGEST_WORDS = 500;

  /** Address, parents of an alias, the address of the envelope, and the rest. */
  private static final Pattern FORM =
      Pattern.compile(
          "(=>|->|==|\\*\\*) (:[a-z]+:|[^\\s<>\"():]+)(?: \\([^()]*\\))*(?: <([^<>\"\\s]*)>)?(?: |:"
              + " )(.*)");

  /** What the next hop said; needs log_selector = +smtp_confirmation. */
  private static final Pattern CONFIRMATION = Pattern.compile(".* C=\"((?:[^\"\\\\]|\\\\.)*)\".*");

  /** Copies the list, so that it never changes. */
  EximDelivery {
    names = List.copyOf(names);
  }

  /** Reads what a line says of a message; empty where it tells of no delivery. */
  static Optional<EximDelivery> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    List<EmailAddress> names =
        Stream.of(Optional.of(form.group(2)), Optional.ofNullable(form.group(3)))
            .flatMap(Optional::stream)
            .flatMap(name -> EmailAddress.parse(name).stream())
            .toList();
    String said = form.group(4);
    return Optional.of(
        switch (form.group(1)) {
          case "==" -> of(names, Kind.ACCEPTED_ASYNC, "Exim tries again by itself: " + said);
          case "**" -> of(names, Kind.PERM_FAIL, said);
          default ->
              form.group(2).startsWith(":")
                  ? of(names, Kind.ACCEPTED_ASYNC, "Exim took it for " + form.group(2))
                  : of(names, Kind.DELIVERED_TO_NEXT_HOP, confirmation(said));
        });
  }

  private static String confirmation(String said) {
    Matcher confirmed = CONFIRMATION.matcher(" " + said);
    return confirmed.matches() ? confirmed.group(1) : said;
  }

  private static EximDelivery of(List<EmailAddress> names, Kind kind, String words) {
    boolean fits = words.length() <= LONGEST_WORDS;
    return new EximDelivery(names, kind, fits ? words : words.substring(0, LONGEST_WORDS) + "…");
  }
}
