package dev.postern.quarantine.proxmox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postern.mail.HeaderField;
import dev.postern.mail.HeaderFields;
import dev.postern.mail.RawMessage;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file that Proxmox keeps of a message. Proxmox parses a message, lets its rules change it, and
 * writes it anew with two fields on top, so a signature may fail that was good. Only where what is
 * below those two fields has exactly the size that the message came with it is taken for the
 * message itself.
 */
final class Copy {
  /** As Postfix writes it, which takes mail for Proxmox; what the client said has no blanks. */
  private static final Pattern RECEIVED =
      Pattern.compile(
          "from (\\S{1,255}) \\(\\S{1,255} \\[(?:IPv6:)?([0-9A-Fa-f.:]{2,45})\\]\\)\\s.*",
          Pattern.DOTALL);

  private final byte[] file;
  private final int start;
  private final RawMessage raw;

  /** Takes the file as it was downloaded. */
  Copy(byte[] file) {
    this.file = file;
    this.start = afterField(afterField(0, "delivered-to:"), "return-path:");
    this.raw = onTheWire(file, Math.max(start, 0));
  }

  /** Header fields alone, for a message whose file is too large. */
  static Copy ofHeader(String header) {
    return new Copy((header.stripTrailing() + "\n\n").getBytes(UTF_8));
  }

  private int afterField(int from, String name) {
    if (from < 0
        || file.length - from < name.length()
        || !new String(file, from, name.length(), UTF_8).toLowerCase(Locale.ROOT).equals(name)) {
      return -1;
    }
    int at = from;
    while (at < file.length) {
      while (at < file.length && file[at] != '\n') {
        at++;
      }
      at++;
      if (at >= file.length || (file[at] != ' ' && file[at] != '\t')) {
        return Math.min(at, file.length);
      }
    }
    return file.length;
  }

  /**
   * Whether this is the message as it came.
   *
   * @param bytes its size then, with line ends of one octet
   */
  boolean exact(long bytes) {
    if (start < 0) {
      return false;
    }
    for (int at = start; at < file.length; at++) {
      if (file[at] == '\r') {
        return false; // nobody knows how many of them were there
      }
    }
    return file.length - start == bytes;
  }

  /** What is below the two fields, with line ends as on the wire. */
  RawMessage raw() {
    return raw;
  }

  private static RawMessage onTheWire(byte[] file, int from) {
    int bare = 0;
    for (int at = from; at < file.length; at++) {
      bare += bareEnd(file, from, at) ? 1 : 0;
    }
    byte[] octets = new byte[file.length - from + bare];
    int to = 0;
    for (int at = from; at < file.length; at++) {
      if (bareEnd(file, from, at)) {
        octets[to++] = '\r';
      }
      octets[to++] = file[at];
    }
    return RawMessage.of(octets);
  }

  private static boolean bareEnd(byte[] file, int from, int at) {
    return file[at] == '\n' && (at == from || file[at - 1] != '\r');
  }

  /**
   * Who handed the message to Proxmox.
   *
   * @param helo the name that it gave
   */
  record Client(InetAddress address, String helo) {}

  /** The same, by the topmost trace field, which is Proxmox' own; empty where it has none. */
  Optional<Client> client() {
    return HeaderFields.of(raw).all().stream()
        .filter(field -> field.name().equalsIgnoreCase("Received"))
        .findFirst()
        .map(HeaderField::unfoldedValue)
        .map(value -> RECEIVED.matcher(value.replaceAll("\\s+", " ").strip() + " "))
        .filter(Matcher::matches)
        .flatMap(it -> literal(it.group(2)).map(ip -> new Client(ip, it.group(1))));
  }

  private static Optional<InetAddress> literal(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }
}
