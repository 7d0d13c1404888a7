package dev.postern.quarantine.mailbox;

import dev.postern.approval.CaseFile;
import dev.postern.mail.RawMessage;
import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.search.AndTerm;
import jakarta.mail.search.ComparisonTerm;
import jakarta.mail.search.HeaderTerm;
import jakarta.mail.search.ReceivedDateTerm;
import jakarta.mail.search.SearchTerm;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;

/**
 * Finds a moved message in the folder that it was moved to, where it has another number. Two of the
 * same content have the same Message-ID, and may have come in the same second.
 */
final class ImapSearch {
  /** Servers compare days, in a zone of their own. */
  private static final Duration A_DAY = Duration.ofDays(1);

  /** Our servers' fields stand on top. */
  private static final int HEADER = 256 * 1024;

  private final IMAPFolder folder;

  ImapSearch(IMAPFolder folder) {
    this.folder = folder;
  }

  /**
   * The headers of those that it may be: with these flags, and with the time at which the mailbox
   * took it, which MOVE keeps (RFC 6851 §3.3). None where it has no Message-ID to be known by.
   */
  List<RawMessage> like(CaseFile held, Flags marks) throws MessagingException, IOException {
    String messageId = held.message().messageId();
    if (!messageId.matches("[\\x21-\\x7e]{3,250}")) {
      return List.of();
    }
    Message[] found = folder.search(terms(held, messageId));
    FetchProfile wanted = new FetchProfile();
    wanted.add(FetchProfile.Item.ENVELOPE);
    wanted.add(FetchProfile.Item.FLAGS);
    wanted.add(FetchProfile.Item.SIZE);
    folder.fetch(found, wanted);
    Instant at = held.receivedAt().truncatedTo(ChronoUnit.SECONDS);
    List<RawMessage> headers = new ArrayList<>();
    for (Message message : found) {
      boolean same = message.getReceivedDate().toInstant().equals(at);
      boolean sized = !held.rawKept() || message.getSize() == held.message().size();
      if (same && sized && message.getFlags().contains(marks)) {
        headers.add(header((IMAPMessage) message));
      }
    }
    return headers;
  }

  private static RawMessage header(IMAPMessage message) throws MessagingException, IOException {
    try (InputStream in = message.getMimeStream()) {
      return RawMessage.of(in.readNBytes(HEADER));
    }
  }

  private static SearchTerm terms(CaseFile held, String messageId) {
    return new AndTerm(
        new SearchTerm[] {
          new ReceivedDateTerm(ComparisonTerm.GE, Date.from(held.receivedAt().minus(A_DAY))),
          new ReceivedDateTerm(ComparisonTerm.LE, Date.from(held.receivedAt().plus(A_DAY))),
          new HeaderTerm("Message-ID", messageId)
        });
  }
}
