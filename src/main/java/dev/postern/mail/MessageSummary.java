package dev.postern.mail;

import java.util.List;

/**
 * What a message says of itself, decoded from MIME words and charsets but otherwise untouched:
 * every text is the sender's and hostile. An absent field is the empty text.
 *
 * @param from addr-spec of the first From mailbox
 * @param fromName display name of that mailbox
 * @param replyTo addr-spec of the first Reply-To mailbox
 * @param subject the Subject field
 * @param messageId the Message-ID field
 * @param date the Date field
 * @param size octets of the raw message
 * @param attachments parts that carry a file, at most 50
 * @param linkHosts hosts that links in the text point to, distinct, at most 50; never visited
 */
public record MessageSummary(
    String from,
    String fromName,
    String replyTo,
    String subject,
    String messageId,
    String date,
    long size,
    List<Attachment> attachments,
    List<String> linkHosts) {

  /**
   * One attached file.
   *
   * @param name the file name as claimed
   * @param type the media type as claimed, for example {@code application/pdf}
   * @param size octets after decoding
   */
  public record Attachment(String name, String type, long size) {}

  /** Copies the lists, so that a summary never changes. */
  public MessageSummary {
    attachments = List.copyOf(attachments);
    linkHosts = List.copyOf(linkHosts);
  }
}
