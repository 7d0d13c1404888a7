package dev.postern.approval;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** What became of mail in a day, and who has told of it. */
public interface DayBook {

  /**
   * Takes the telling of a day to a channel upon oneself. Durable when it returns, so that a
   * process that dies before it is told leaves behind that it may have been.
   *
   * @param stale since when whoever began and did not say how it ended is taken for dead
   */
  Claim claim(String channel, LocalDate day, Instant now, Instant stale);

  /** What somebody finds who comes to tell a day. */
  enum Claim {
    /** It is theirs, and nobody tried before. */
    MINE,
    /** It is theirs; somebody began before, and nobody knows whether it was told. */
    DOUBTED,
    /** Somebody else is at it. */
    BUSY,
    /** It was told. */
    TOLD
  }

  /** It was told. */
  void told(String channel, LocalDate day);

  /** Could not tell it after all: somebody may try again. */
  void giveBack(String channel, LocalDate day);

  /** What happened from one instant to another. */
  Day between(Instant from, Instant to);

  /**
   * What happened.
   *
   * @param held messages that became cases
   * @param ended decisions that were carried out, at most ten thousand
   * @param expired cases that ended without a decision
   * @param failed cases whose decision could not be carried out
   * @param waiting cases that wait for people now
   * @param oldest the first of these, at most three
   */
  record Day(
      long held, List<Ended> ended, long expired, long failed, long waiting, List<Waiting> oldest) {
    /** Copies the lists, so that a day never changes. */
    public Day {
      ended = List.copyOf(ended);
      oldest = List.copyOf(oldest);
    }

    /** Whether there is nothing to tell. */
    public boolean empty() {
      return held + expired + failed + waiting + ended.size() == 0;
    }
  }

  /**
   * A decision that was carried out.
   *
   * @param since when the mail system took the message
   */
  record Ended(Decision decision, Instant since) {}

  /**
   * A case that waits.
   *
   * @param since when the mail system took the message
   */
  record Waiting(CaseId id, Instant since) {}
}
