package dev.postern.quarantine.amavis;

import dev.postern.mail.EmailAddress;
import dev.postern.mail.HeaderField;
import dev.postern.mail.HeaderFields;
import dev.postern.mail.RawMessage;
import dev.postern.quarantine.TraceField;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One message as amavis quarantined it. amavis puts fields before it that tell its envelope; below
 * the first field that is none of these everything may be forged.
 *
 * @param mailId what amavis calls it
 * @param sender envelope sender as it is written; empty for the null sender
 * @param blocked recipients who did not get it
 * @param message the octets as the mail server gave them to amavis
 * @param client who brought it to the mail server that stands before amavis; loopback where that is
 *     not told
 * @param helo what that client called itself; hostile
 */
record QuarantinedMail(
    String mailId,
    String sender,
    List<EmailAddress> blocked,
    RawMessage message,
    InetAddress client,
    String helo) {
  private static final Set<String> ITS_OWN =
      Set.of(
          "return-path",
          "delivered-to",
          "x-envelope-from",
          "x-envelope-to",
          "x-envelope-to-blocked",
          "x-quarantine-id",
          "x-amavis-alert",
          "x-amavis-hold",
          "x-amavis-modified",
          "x-amavis-penpals",
          "x-amavis-policybank",
          "x-amavis-os-fingerprint");

  private static final Pattern ADDRESS = Pattern.compile("<([^<>]*)>");
  private static final Pattern MAIL_ID =
      Pattern.compile("<([A-Za-z0-9][A-Za-z0-9_+-]{0,40}={0,2})>");

  /** Of amavis, where a mail server on the same machine gave it the message. */
  private static final Pattern FROM_HERE =
      Pattern.compile("from \\S+ \\(\\[(?:127\\.[0-9.]+|::1|IPv6:::1)\\]\\)\\s+by .*");

  /** Of Postfix: what the client said of itself has no brackets there. */
  private static final Pattern FROM_CLIENT =
      Pattern.compile(
          "from ([^\\s()\\[\\]]*) \\([^\\s()\\[\\]]* \\[(?:IPv6:)?([0-9A-Fa-f:.]+)\\]\\)\\s.*");

  /** Copies the list, so that it never changes. */
  QuarantinedMail {
    blocked = List.copyOf(blocked);
  }

  /** Reads what the file has; empty where amavis did not write it so. */
  static Optional<QuarantinedMail> read(RawMessage file) {
    List<HeaderField> all = HeaderFields.of(file).all();
    List<HeaderField> own = new ArrayList<>();
    for (HeaderField field : all) {
      String name = field.name().toLowerCase(Locale.ROOT);
      if (!ITS_OWN.contains(name) && !name.startsWith("x-spam-")) {
        break;
      }
      own.add(field);
    }
    Matcher id = MAIL_ID.matcher(first(own, "X-Quarantine-ID"));
    Optional<String> sender = addresses(own, "X-Envelope-From").stream().findFirst();
    if (!id.matches() || sender.isEmpty() || own.size() == all.size()) {
      return Optional.empty();
    }
    String blocked = has(own, "X-Envelope-To-Blocked") ? "X-Envelope-To-Blocked" : "X-Envelope-To";
    byte[] octets = file.octets();
    RawMessage rest =
        RawMessage.of(Arrays.copyOfRange(octets, all.get(own.size()).offset(), octets.length));
    RawMessage message = TraceField.without(rest, id.group(1));
    Optional<Matcher> client = client(rest, message);
    return Optional.of(
        new QuarantinedMail(
            id.group(1),
            sender.get(),
            addresses(own, blocked).stream()
                .flatMap(address -> EmailAddress.parse(address).stream())
                .distinct()
                .toList(),
            message,
            client.flatMap(it -> address(it.group(2))).orElseGet(InetAddress::getLoopbackAddress),
            client.map(it -> it.group(1)).orElse("")));
  }

  private static boolean has(List<HeaderField> fields, String name) {
    return fields.stream().anyMatch(field -> field.name().equalsIgnoreCase(name));
  }

  private static String first(List<HeaderField> fields, String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .findFirst()
        .map(HeaderField::unfoldedValue)
        .orElse("");
  }

  private static List<String> addresses(List<HeaderField> fields, String name) {
    return ADDRESS.matcher(first(fields, name)).results().map(found -> found.group(1)).toList();
  }

  /**
   * The client, as the field says that stands below that of amavis: the mail server on this machine
   * wrote it, where amavis says that one gave it the message.
   */
  private static Optional<Matcher> client(RawMessage withTrace, RawMessage without) {
    boolean fromHere =
        withTrace.size() > without.size() && FROM_HERE.matcher(topmost(withTrace)).matches();
    return Optional.of(FROM_CLIENT.matcher(topmost(without)))
        .filter(form -> fromHere && form.matches());
  }

  private static String topmost(RawMessage message) {
    return HeaderFields.of(message).all().stream()
        .findFirst()
        .filter(field -> field.name().equalsIgnoreCase("Received"))
        .map(field -> field.unfoldedValue().replaceAll("\\s+", " "))
        .orElse("");
  }

  private static Optional<InetAddress> address(String literal) {
    try {
      return Optional.of(InetAddress.ofLiteral(literal));
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }
}
