package dev.postern.mail;

import dev.postern.mail.MessageSummary.Attachment;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads what a message says of itself. */
public final class MessageReader {

  /** Longest text of a field that a summary keeps. */
  static final int LONGEST_TEXT = 1000;

  private static final int MOST_ATTACHMENTS = 50;
  private static final int MOST_LINK_HOSTS = 50;
  private static final int MOST_TEXT_PARTS = 20;
  private static final int MOST_TEXT_OCTETS = 256 * 1024;

  private MessageReader() {}

  /** The summary of a message. Never throws; time is linear in the message, memory is bounded. */
  public static MessageSummary summarise(RawMessage message) {
    HeaderFields header = HeaderFields.of(message);
    List<Mailbox> from = Authors.of(header).mailboxes();
    List<Mailbox> replyTo = AddressList.parse(header.first("Reply-To"));
    List<MimePart> parts = MimeOutline.of(message, header);
    return new MessageSummary(
        from.isEmpty() ? "" : bounded(from.getFirst().written()),
        from.isEmpty() ? "" : bounded(from.getFirst().name()),
        replyTo.isEmpty() ? "" : bounded(replyTo.getFirst().written()),
        text(header, "Subject"),
        text(header, "Message-ID"),
        text(header, "Date"),
        message.size(),
        attachments(parts),
        linkHosts(parts));
  }

  private static List<Attachment> attachments(List<MimePart> parts) {
    List<Attachment> attachments = new ArrayList<>();
    for (MimePart part : parts) {
      if (part.isFile() && attachments.size() < MOST_ATTACHMENTS) {
        attachments.add(
            new Attachment(bounded(part.fileName()), bounded(part.type()), part.decodedSize()));
      }
    }
    return attachments;
  }

  static List<String> linkHosts(List<MimePart> parts) {
    Set<String> hosts = new LinkedHashSet<>();
    int texts = 0;
    for (MimePart part : parts) {
      boolean html = part.type().equals("text/html");
      if ((html || part.type().equals("text/plain")) && texts++ < MOST_TEXT_PARTS) {
        LinkHosts.collect(part.text(MOST_TEXT_OCTETS), html, hosts, MOST_LINK_HOSTS);
      }
    }
    return List.copyOf(hosts);
  }

  private static String text(HeaderFields header, String name) {
    return bounded(EncodedWords.decode(header.first(name)));
  }

  static String bounded(String text) {
    if (text.length() <= LONGEST_TEXT) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1)) ? 1 : 0;
    return text.substring(0, LONGEST_TEXT - end);
  }
}
