package dev.postern.quarantine.exim;

import dev.postern.mail.EmailAddress;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A message as Exim has it in its spool.
 *
 * @param sender envelope sender; empty for the null sender
 * @param received when it came
 * @param frozen whether it is held
 * @param client who brought it; loopback where nobody is named
 * @param helo what that client called itself; hostile
 * @param recipients of the envelope, as they are written there; hostile
 * @param done those of them that Exim does not deliver to any more
 */
record Spooled(
    String sender,
    Instant received,
    boolean frozen,
    InetAddress client,
    String helo,
    List<String> recipients,
    Set<String> done) {
  /** Addresses that can pose as nothing else, in a line of the log or as an argument. */
  private static final Pattern PLAIN =
      Pattern.compile(
          "[A-Za-z0-9!#$%&'*+/=?^_`{|}~.][A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]*@[A-Za-z0-9.-]+");

  /** Copies what could change. */
  Spooled {
    recipients = List.copyOf(recipients);
    done = Set.copyOf(done);
  }

  /** How the envelope writes this recipient; empty where it has none such. */
  Optional<String> written(EmailAddress recipient) {
    return recipients.stream()
        .filter(one -> EmailAddress.parse(one).filter(recipient::equals).isPresent())
        .findFirst();
  }

  /** Whether Exim delivers to this one no more. */
  boolean isDone(EmailAddress recipient) {
    return written(recipient).filter(done::contains).isPresent();
  }

  static boolean plain(String address) {
    return address.length() <= 320 && PLAIN.matcher(address).matches();
  }
}
