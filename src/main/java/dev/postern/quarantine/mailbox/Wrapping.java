package dev.postern.quarantine.mailbox;

import dev.postern.mail.EmailAddress;
import dev.postern.mail.HeaderField;
import dev.postern.mail.HeaderFields;
import dev.postern.mail.RawMessage;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What our own servers wrote above a message: each adds its fields on top, so what stands above the
 * Received field that names the first client of another firm is ours, and what stands below may be
 * forged. Without a Received field nothing can be told apart, and nothing is believed.
 *
 * @param sender the reverse-path; empty for the null sender, and where it is not told
 * @param senderTold whether it is told
 * @param recipients whom it was for; empty where that is not told
 * @param origin the client of another firm; empty where it is not told
 */
record Wrapping(
    Optional<EmailAddress> sender,
    boolean senderTold,
    List<EmailAddress> recipients,
    Optional<Origin> origin) {
  /** With more it is no case; one more is read, so that this is seen. */
  static final int MOST_RECIPIENTS = 1000;

  /** What a server writes at the last delivery only, and what a new delivery would trip over. */
  private static final Set<String> OF_A_DELIVERY =
      Set.of("return-path", "delivered-to", "x-original-to");

  static Wrapping of(RawMessage raw, MailboxSettings.Fields names) {
    Layers layers = Layers.of(raw, names);
    Optional<String> sender = first(layers.own(), names.senders());
    Optional<EmailAddress> address = sender.flatMap(EmailAddress::parse);
    return new Wrapping(
        address,
        address.isPresent() || sender.filter(String::isEmpty).isPresent(),
        recipients(layers.own(), names),
        layers.origin());
  }

  /** The message as it is to be sent on: without what tells of its first delivery. */
  static RawMessage unwrapped(RawMessage raw, MailboxSettings.Fields names) {
    ByteArrayOutputStream rest = new ByteArrayOutputStream(raw.size());
    int at = 0;
    for (HeaderField field : Layers.of(raw, names).own()) {
      if (tellsOfDelivery(field.name(), names)) {
        rest.write(raw.octets(), at, field.offset() - at);
        at = field.offset() + field.length();
      }
    }
    rest.write(raw.octets(), at, raw.size() - at);
    return RawMessage.of(rest.toByteArray());
  }

  private static boolean tellsOfDelivery(String name, MailboxSettings.Fields names) {
    return OF_A_DELIVERY.contains(name.toLowerCase(Locale.ROOT))
        || names.senders().stream().anyMatch(name::equalsIgnoreCase)
        || names.recipients().stream().anyMatch(name::equalsIgnoreCase);
  }

  /** Our fields from the top, and the client that the last of our servers names. */
  private record Layers(List<HeaderField> own, Optional<Origin> origin) {
    static Layers of(RawMessage raw, MailboxSettings.Fields names) {
      List<HeaderField> own = new ArrayList<>();
      for (HeaderField field : HeaderFields.of(raw).all()) {
        if (field.name().equalsIgnoreCase("Received")) {
          Optional<Origin> from = Origin.parse(field.unfoldedValue());
          if (from.isEmpty() || !names.ours().test(from.get().client())) {
            return new Layers(own, from);
          }
        }
        own.add(field);
      }
      return new Layers(List.of(), Optional.empty());
    }
  }

  private static Optional<String> first(List<HeaderField> own, List<String> names) {
    return names.stream()
        .flatMap(name -> own.stream().filter(field -> field.name().equalsIgnoreCase(name)))
        .findFirst()
        .map(field -> bare(field.unfoldedValue()));
  }

  private static List<EmailAddress> recipients(
      List<HeaderField> own, MailboxSettings.Fields names) {
    return names.recipients().stream()
        .map(name -> named(own, name, names.own()))
        .filter(found -> !found.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private static List<EmailAddress> named(
      List<HeaderField> own, String name, Optional<EmailAddress> mailbox) {
    return own.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .flatMap(field -> Arrays.stream(field.unfoldedValue().split(",", -1)))
        .flatMap(text -> EmailAddress.parse(bare(text)).stream())
        .filter(address -> !sameAs(address, mailbox))
        .distinct()
        .limit(MOST_RECIPIENTS + 1)
        .toList();
  }

  /** Whether it is for these, and nobody else. */
  boolean isFor(List<EmailAddress> them, MailboxSettings.Fields names) {
    Set<EmailAddress> told =
        recipients.isEmpty() ? names.own().map(Set::of).orElse(Set.of()) : Set.copyOf(recipients);
    return told.equals(Set.copyOf(them));
  }

  static boolean sameAs(EmailAddress address, Optional<EmailAddress> mailbox) {
    return mailbox.filter(it -> it.toString().equalsIgnoreCase(address.toString())).isPresent();
  }

  private static String bare(String text) {
    String it = text.strip();
    return it.startsWith("<") && it.endsWith(">") ? it.substring(1, it.length() - 1).strip() : it;
  }
}
