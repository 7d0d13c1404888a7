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

  private <T> T committed(Supplier<Committed<T>> transaction) {
    Committed<T> done = again(MOST_TRIES, transaction);
    if (done.weighty()) {
      disk.ifPresent(GroupSync::await);
    }
    done.story().forEach(teller::tell);
    nudge.now();
    return done.result();
  }

  /** One transaction; tried again when the database gave it up for another one's sake. */
  static <T> T again(int mostTries, Supplier<T> transaction) {
    for (int tries = 1; ; tries++) {
      try {
        return transaction.get();
      } catch (JdbiException e) {
        if (tries == mostTries || !givenUpForAnother(e)) {
          throw e;
        }
      }
    }
  }

  private static boolean givenUpForAnother(JdbiException e) {
    return e.getCause() instanceof SQLException sql
        && sql.getSQLState() != null
        && sql.getSQLState().startsWith("40");
  }
}
