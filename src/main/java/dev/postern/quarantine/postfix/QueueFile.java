package dev.postern.quarantine.postfix;

import dev.postern.mail.EmailAddress;
import dev.postern.mail.RawMessage;
import dev.postern.quarantine.CrlfContent;
import dev.postern.quarantine.TraceField;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A message as it is in the queue: envelope, and content with CRLF line ends.
 *
 * @param sender envelope sender as the queue has it; empty for the null sender
 * @param recipients each recipient that is still open, and what it was called before an alias
 *     rewrote it
 * @param unread how many more there are, that cannot be shown or released to
 * @param client address of the client that brought it to the firm; loopback where none did
 * @param helo what that client called itself; hostile
 * @param content headers and body, with the trace that Postfix put before them
 * @param whole whether all of the content is there
 */
record QueueFile(
    String sender,
    List<Recipient> recipients,
    int unread,
    InetAddress client,
    String helo,
    RawMessage content,
    boolean whole) {
  private static final String RECIPIENT = "recipient: ";

  /** 1,000 recipients with three lines each, of the longest. */
  private static final int MOST_ENVELOPE = 4 * 1024 * 1024;

  /** Copies the list, so that it never changes. */
  QueueFile {
    recipients = List.copyOf(recipients);
  }

  /**
   * One recipient.
   *
   * @param address who gets it
   * @param original what the client said; the same where no alias rewrote it
   */
  record Recipient(EmailAddress address, EmailAddress original) {
    boolean isFor(EmailAddress asked) {
      return asked.equals(address) || asked.equals(original);
    }
  }

  /**
   * Reads what {@code postcat -qe} and then {@code postcat -qbh} print; empty where that is not
   * about this message, on hold.
   *
   * @param most octets of content that are kept
   */
  static Optional<QueueFile> read(InputStream printed, QueueId id, int most) throws IOException {
    InputStream in = new BufferedInputStream(printed, 64 * 1024);
    in.mark(1);
    if (in.read() < 0) {
      return Optional.empty(); // the complaint says why
    }
    in.reset();
    List<String> envelope = envelope(in, id);
    if (envelope.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> attributes = attributes(envelope);
    List<Recipient> recipients = recipients(envelope);
    long all = envelope.stream().filter(line -> line.startsWith(RECIPIENT)).count();
    CrlfContent content = CrlfContent.read(in, most);
    return Optional.of(
        new QueueFile(
            attributes.getOrDefault("sender", ""),
            recipients,
            (int) all - recipients.size(),
            client(attributes),
            known(attributes.getOrDefault("log_helo_name", "")),
            content.message(),
            content.whole()));
  }

  /** What the client sent: without the trace field of this very Postfix, where that comes first. */
  RawMessage asReceived(QueueId id) {
    return TraceField.without(content, id.text());
  }

  /** Every record begins with its name, so none can pose as the line that ends them. */
  private static List<String> envelope(InputStream in, QueueId id) throws IOException {
    String end = "*** MESSAGE FILE END hold/" + id + " ***";
    List<String> records = new ArrayList<>();
    int octets = 0;
    for (String line = line(in); !line.equals(end); line = line(in)) {
      if (records.isEmpty() && !line.equals("*** ENVELOPE RECORDS hold/" + id + " ***")) {
        return List.of();
      }
      octets += line.length() + 1;
      if (octets > MOST_ENVELOPE) {
        throw new IOException("an envelope of more than " + MOST_ENVELOPE + " octets");
      }
      records.add(line);
    }
    return records;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0 && line.size() == 0) {
        throw new EOFException("postcat ended early");
      }
      if (octet < 0 || line.size() > MOST_ENVELOPE) {
        break;
      }
      line.write(octet);
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  private static Map<String, String> attributes(List<String> records) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (String line : records) {
      String named = line.startsWith("named_attribute: ") ? line.substring(17) : "";
      int equals = named.indexOf('=');
      if (equals > 0) {
        attributes.put(named.substring(0, equals), named.substring(equals + 1));
      }
      if (line.startsWith("sender: ")) {
        attributes.put("sender", line.substring("sender: ".length()));
      }
    }
    return attributes;
  }

  /** An address that has no form that we know cannot be shown or released to; it is left out. */
  private static List<Recipient> recipients(List<String> records) {
    List<Recipient> recipients = new ArrayList<>();
    Optional<EmailAddress> original = Optional.empty();
    for (String line : records) {
      if (line.startsWith("original_recipient: ")) {
        original = EmailAddress.parse(line.substring("original_recipient: ".length()));
      } else if (line.startsWith(RECIPIENT)) {
        Optional<EmailAddress> said = original;
        EmailAddress.parse(line.substring(RECIPIENT.length()))
            .ifPresent(to -> recipients.add(new Recipient(to, said.orElse(to))));
        original = Optional.empty();
      }
    }
    return recipients;
  }

  /** Mail that came through a filter of the firm has the first client in the log's attributes. */
  private static InetAddress client(Map<String, String> attributes) {
    String address =
        known(attributes.getOrDefault("log_client_address", "")).replaceFirst("(?i)^ipv6:", "");
    try {
      return address.isEmpty() ? InetAddress.getLoopbackAddress() : InetAddress.ofLiteral(address);
    } catch (IllegalArgumentException noAddress) {
      return InetAddress.getLoopbackAddress();
    }
  }

  private static String known(String value) {
    return value.equals("unknown") ? "" : value;
  }
}
