package dev.postern.approval;

import dev.postern.policy.SenderHistory;
import java.time.Instant;

/** How much came from senders, in numbers only. Safe for many threads. */
public interface SenderBook {

  /**
   * What came before.
   *
   * @param domain from the domain
   * @param address from the address
   */
  record Before(SenderHistory domain, SenderHistory address) {
    /** Nothing. */
    public static final Before NONE = new Before(SenderHistory.NONE, SenderHistory.NONE);
  }

  /**
   * What came from a sender, mail as proved as this one only; throws where the store does not
   * answer, since wrong numbers would be wrong facts.
   *
   * @param at the days that are remembered are those before
   */
  Before before(Sender sender, Instant at);

  /** Counts a message that has no case, soon: a crash loses the last second. Never throws. */
  void note(Sighting sighting);
}
