package dev.postern.quarantine;

import dev.postern.approval.CaseFile;
import dev.postern.approval.HoldRef;
import java.util.Optional;

/**
 * The quarantine of a mail system that keeps one entry for each recipient of a message, lists its
 * entries, and sends one on or deletes it when it is told to. Every call has bounded time.
 */
public interface RemoteStore {
  /** What the mail system is called on cards. */
  String name();

  /** Whether this is an id that it could have given. */
  boolean knows(HoldRef hold);

  /**
   * Whether it holds the message now, and this one and no other under its id.
   *
   * @throws dev.postern.approval.MailSystemTrouble when it cannot be told
   */
  boolean holds(CaseFile held);

  /** Has the message sent on to its recipient. */
  Deed release(CaseFile held);

  /** Has the message deleted. */
  Deed delete(CaseFile held);

  /** How an entry comes onto its own list, in its own words; empty where it can be on none. */
  default Optional<String> listing(ListEntry entry) {
    return Optional.empty();
  }

  /** What keeps it from working; empty when nothing does. */
  Optional<String> trouble();

  /** What came of telling it something. */
  sealed interface Deed {
    /**
     * It said that it was done.
     *
     * @param words the mail system's own, or about them
     */
    record Done(String words) implements Deed {}

    /**
     * It was not done.
     *
     * @param words why
     * @param forGood whether it makes no sense to try again
     */
    record Refused(String words, boolean forGood) implements Deed {}

    /**
     * Nobody knows.
     *
     * @param words why
     */
    record Unsure(String words) implements Deed {}
  }
}
