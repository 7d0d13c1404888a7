package dev.postern.quarantine.mailbox;

import dev.postern.approval.CaseFile;
import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.search.AndTerm;
import jakarta.mail.search.ComparisonTerm;
import jakarta.mail.search.HeaderTerm;
import jakarta.mail.search.ReceivedDateTerm;
import jakarta.mail.search.SearchTerm;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.eclipse.angus.mail.imap.IMAPFolder;

/** Finds a moved message in the folder that it was moved to, where it has another number. */
final class ImapSearch {
  /** Servers compare days, in a zone of their own. */
  private static final Duration A_DAY = Duration.ofDays(1);

  private final IMAPFolder folder;

  ImapSearch(IMAPFolder folder) {
    this.folder = folder;
  }

  /**
   * Whether the message is there: with these flags, and with the time at which the mailbox took it,
   * which MOVE keeps (RFC 6851 §3.3).
   */
  boolean has(CaseFile held, Flags marks) throws MessagingException {
    Message[] found = folder.search(terms(held));
    FetchProfile wanted = new FetchProfile();
    wanted.add(FetchProfile.Item.ENVELOPE);
    wanted.add(FetchProfile.Item.FLAGS);
    wanted.add(FetchProfile.Item.SIZE);
    folder.fetch(found, wanted);
    Instant at = held.receivedAt().truncatedTo(ChronoUnit.SECONDS);
    for (Message message : found) {
      boolean same = message.getReceivedDate().toInstant().equals(at);
      boolean sized = !held.rawKept() || message.getSize() == held.message().size();
      if (same && sized && message.getFlags().contains(marks)) {
        return true;
      }
    }
    return false;
  }

  private static SearchTerm terms(CaseFile held) {
    List<SearchTerm> terms = new ArrayList<>();
    terms.add(new ReceivedDateTerm(ComparisonTerm.GE, Date.from(held.receivedAt().minus(A_DAY))));
    terms.add(new ReceivedDateTerm(ComparisonTerm.LE, Date.from(held.receivedAt().plus(A_DAY))));
    String messageId = held.message().messageId();
    if (messageId.matches("[\\x21-\\x7e]{3,250}")) {
      terms.add(new HeaderTerm("Message-ID", messageId));
    }
    return new AndTerm(terms.toArray(SearchTerm[]::new));
  }
}
