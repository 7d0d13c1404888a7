package dev.postern.dns;

import dev.postern.evidence.DnsName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.StringJoiner;
import org.xbill.DNS.Name;

/** Names between our octet form and the wire (RFC 1035 §3.1), without any escaping. */
final class WireNames {
  private static final int LONGEST_LABEL = 63;

  private WireNames() {}

  /** The name as DNS carries it; empty when it cannot. */
  static Optional<Name> of(DnsName name) {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    for (String label : name.text().split("\\.", -1)) {
      byte[] octets = label.getBytes(StandardCharsets.ISO_8859_1);
      if (octets.length == 0 || octets.length > LONGEST_LABEL) {
        return Optional.empty();
      }
      wire.write(octets.length);
      wire.writeBytes(octets);
    }
    wire.write(0);
    try {
      return Optional.of(new Name(wire.toByteArray()));
    } catch (IOException longerThan255Octets) {
      return Optional.empty();
    }
  }

  /** The text of a name from the wire, without trailing dot; {@code .} for the root. */
  static String text(Name name) {
    StringJoiner labels = new StringJoiner(".");
    for (int i = 0; i < name.labels() - 1; i++) {
      byte[] label = name.getLabel(i);
      labels.add(new String(label, 1, label.length - 1, StandardCharsets.ISO_8859_1));
    }
    return name.labels() <= 1 ? "." : new DnsName(labels.toString()).text();
  }
}
