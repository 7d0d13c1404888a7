package dev.postern.mail;

import static dev.postern.fuzz.Claim.holds;
import static dev.postern.fuzz.Claim.same;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Fuzz target: the outline of a message's parts, and what a card tells of the message. */
public final class MimeFuzz {
  private static final int LONGEST_TEXT = 2_000;

  private static final Envelope ENVELOPE =
      new Envelope(
          Optional.empty(),
          List.of(EmailAddress.parse("anna.kovacs@corp.example").orElseThrow()),
          InetAddress.getLoopbackAddress(),
          "");

  private MimeFuzz() {}

  /** One execution; {@code data} is a message. */
  public static void fuzzerTestOneInput(byte[] data) {
    RawMessage message = RawMessage.of(data);
    HeaderFields header = HeaderFields.of(message);
    List<MimePart> parts = MimeOutline.of(message, header);
    partsLieInOrderInTheBody(data, header, parts);
    MessageSummary summary = MessageReader.summarise(message);
    summaryIsBounded(data, summary);
    attachmentsAreParts(parts, summary);
    linksLeadToHosts(summary);
    same(MessageReader.summarise(message), summary, "the same message has the same summary");
    same(
        Fingerprint.of(message, ENVELOPE),
        Fingerprint.of(RawMessage.of(data.clone()), ENVELOPE),
        "the same message is of the same kind");
  }

  private static void partsLieInOrderInTheBody(
      byte[] data, HeaderFields header, List<MimePart> parts) {
    holds(parts.size() <= MimeOutline.MOST_PARTS, "number of parts");
    int at = header.bodyOffset();
    for (MimePart part : parts) {
      holds(part.from() >= at, "parts do not overlap");
      holds(part.to() >= part.from() && part.to() <= data.length, "parts lie in the message");
      at = part.to();
      holds(part.decodedSize() >= 0, "no negative size");
      holds(part.decodedSize() <= part.to() - part.from(), "decoding does not grow a part");
      holds(!part.type().isEmpty(), "a type is known or assumed");
      holds(!part.type().startsWith("multipart/"), "a part has no parts");
      String text = part.text(100);
      holds(text.length() <= 200, "no more text than asked for");
    }
  }

  private static void summaryIsBounded(byte[] data, MessageSummary summary) {
    for (String text :
        List.of(
            summary.from(),
            summary.fromName(),
            summary.replyTo(),
            summary.subject(),
            summary.messageId(),
            summary.date())) {
      holds(text.length() <= LONGEST_TEXT, "texts are bounded");
    }
    same(summary.size(), (long) data.length, "the size is the message's");
    holds(summary.attachments().size() <= 50, "number of attachments");
    holds(summary.linkHosts().size() <= 50, "number of hosts");
  }

  private static void attachmentsAreParts(List<MimePart> parts, MessageSummary summary) {
    long files = parts.stream().filter(MimePart::isFile).count();
    same(summary.attachments().size(), (int) Math.min(files, 50), "each file is an attachment");
    for (MessageSummary.Attachment file : summary.attachments()) {
      holds(file.name().length() <= LONGEST_TEXT, "names are bounded");
      holds(file.type().length() <= LONGEST_TEXT, "types are bounded");
    }
  }

  private static void linksLeadToHosts(MessageSummary summary) {
    for (String host : summary.linkHosts()) {
      Optional<DomainName> domain = DomainName.parse(host);
      same(domain.map(DomainName::ascii), Optional.of(host), "a host is a domain name");
      holds(host.indexOf('.') > 0, "a host has two labels");
    }
    same(new HashSet<>(summary.linkHosts()).size(), summary.linkHosts().size(), "hosts differ");
  }
}
