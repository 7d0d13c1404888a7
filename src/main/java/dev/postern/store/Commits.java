package dev.postern.store;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.JdbiException;

/**
 * Makes what a transaction did durable, and then known.
 *
 * @param disk forces it to the disk, where the database does not
 * @param nudge has work looked for that it may have written down
 * @param teller is told of its lines in the log
 */
record Commits(Optional<GroupSync> disk, Nudge nudge, Story teller) {
  private static final int MOST_TRIES = 5;

  /**
   * What a transaction came to, and what to tell the operator once it is durable.
   *
   * @param weighty false where a power cut may undo it, since the same would be done again
   */
  record Committed<T>(T result, List<Story.Line> story, boolean weighty) {
    Committed(T result, List<Story.Line> story) {
      this(result, story, true);
    }
  }

  <T> T commit(Supplier<Committed<T>> transaction) {
    return disk.isPresent()
        ? disk.get().changing(() -> committed(transaction))
        : committed(transaction);
  }

  /** One transaction; tried again when the database gave it up for another one's sake. */
  private <T> T committed(Supplier<Committed<T>> transaction) {
    for (int tries = 1; ; tries++) {
      try {
        Committed<T> done = transaction.get();
        if (done.weighty()) {
          disk.ifPresent(GroupSync::await);
        }
        done.story().forEach(teller::tell);
        nudge.now();
        return done.result();
      } catch (JdbiException e) {
        if (tries == MOST_TRIES || !givenUpForAnother(e)) {
          throw e;
        }
      }
    }
  }

  static boolean givenUpForAnother(JdbiException e) {
    return e.getCause() instanceof SQLException sql
        && sql.getSQLState() != null
        && sql.getSQLState().startsWith("40");
  }
}
