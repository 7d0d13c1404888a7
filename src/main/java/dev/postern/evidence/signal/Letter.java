package dev.postern.evidence.signal;

import dev.postern.mail.Contents;
import dev.postern.mail.Envelope;
import dev.postern.mail.HeaderFields;
import dev.postern.mail.Mailbox;
import dev.postern.mail.MessageSummary;
import dev.postern.mail.RawMessage;
import java.util.List;

/**
 * What signals are read from: all that a message says of itself, as far as it is at hand.
 *
 * @param envelope what the SMTP client said
 * @param from the mailboxes of From, at most {@link #MOST_MAILBOXES}, their names cut at {@value
 *     #LONGEST_NAME} characters
 * @param replyTo the mailboxes of Reply-To, likewise
 * @param received the topmost Received field; empty without one
 * @param contents files and links, with their hosts
 */
public record Letter(
    Envelope envelope,
    List<Mailbox> from,
    List<Mailbox> replyTo,
    String received,
    Contents contents) {
  static final int MOST_MAILBOXES = 10;

  /** No reader of mail shows as much of a name. */
  static final int LONGEST_NAME = 1000;

  /** Copies the lists, so that a letter never changes, and bounds them. */
  public Letter {
    from = bounded(from);
    replyTo = bounded(replyTo);
  }

  private static List<Mailbox> bounded(List<Mailbox> mailboxes) {
    return mailboxes.stream()
        .limit(MOST_MAILBOXES)
        .map(
            it ->
                it.name().length() <= LONGEST_NAME
                    ? it
                    : new Mailbox(it.name().substring(0, LONGEST_NAME), it.written()))
        .toList();
  }

  /** Reads a message. Never throws; time is linear in the message, memory is bounded. */
  public static Letter of(Envelope envelope, HeaderFields header, RawMessage message) {
    return new Letter(
        envelope,
        Mailbox.of(header, "From"),
        Mailbox.of(header, "Reply-To"),
        header.first("Received"),
        Contents.of(message, header));
  }

  /** What is known of a message that could not be read in time. */
  public static Letter unread(Envelope envelope) {
    return new Letter(
        envelope, List.of(), List.of(), "", new Contents(List.of(), List.of(), List.of()));
  }

  /** What a gateway told of a message that it did not hand over. */
  public static Letter reported(Envelope envelope, MessageSummary summary) {
    List<Contents.File> files =
        summary.attachments().stream()
            .map(it -> new Contents.File(it.name(), it.type(), ""))
            .toList();
    return new Letter(
        envelope,
        List.of(new Mailbox(summary.fromName(), summary.from())),
        List.of(new Mailbox("", summary.replyTo())),
        "",
        new Contents(files, List.of(), summary.linkHosts()));
  }
}
