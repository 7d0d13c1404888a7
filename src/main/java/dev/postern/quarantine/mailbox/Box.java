package dev.postern.quarantine.mailbox;

import dev.postern.approval.CaseFile;
import dev.postern.card.Finding;
import dev.postern.mail.RawMessage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The mailbox as this connector uses it. A message is known by an id that is never given to another
 * one. Every method throws {@link dev.postern.approval.MailSystemTrouble} where it cannot be told
 * what happened.
 */
interface Box {
  /** Ids of all messages in the folder that is asked about. */
  List<String> ids();

  /**
   * A message in that folder.
   *
   * @param raw its first octets
   * @param whole whether these are all
   * @param at when the mailbox took it
   */
  record Letter(RawMessage raw, boolean whole, Instant at) {}

  /** Reads at most so many octets; empty where the folder does not have it any more. */
  Optional<Letter> read(String id, int largest);

  /** Where a message is in that folder. */
  enum Place {
    HERE,
    /** Here, and marked as one that is about to go, or went. */
    MARKED,
    AWAY,
    /** Its id means nothing any more: the mailbox was made anew. */
    RENUMBERED
  }

  /** Where it is. */
  Place place(String id);

  /** Marks it, durably, as about to go; false where it is not there or cannot be marked. */
  boolean mark(String id);

  /** Takes the mark away. */
  void unmark(String id);

  /** Moves it in one step; says how that is known, empty where it was not there. */
  Optional<String> move(String id, String folder);

  /** Deletes it alone; the same. */
  Optional<String> delete(String id);

  /** Whether that folder has the message of this case. */
  boolean has(String folder, CaseFile held);

  /** Looks everything over; {@code marks} where marks are needed. */
  List<Finding> look(boolean marks);
}
