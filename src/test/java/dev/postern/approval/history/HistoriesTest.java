package dev.postern.approval.history;

import static org.assertj.core.api.Assertions.fail;

import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What people can do to a case, at random, many times. */
class HistoriesTest {
  private static final long HISTORIES = Long.getLong("postern.histories", 100_000);
  private static final long FIRST = Long.getLong("postern.first-history", 1);

  @Test
  void P4_P6_P7_P9_P10_P11_whateverPeopleDo_neverFewerThanTheQuorumAndNeverASecondEffect() {
    LongStream.range(FIRST, FIRST + HISTORIES)
        .parallel()
        .mapToObj(History::of)
        .filter(history -> trouble(history).isPresent())
        .findFirst()
        .ifPresent(HistoriesTest::tell);
  }

  private static Optional<AssertionError> trouble(History history) {
    try {
      Play.of(history);
      return Optional.empty();
    } catch (AssertionError parted) {
      return Optional.of(parted);
    }
  }

  /** Fails with the shortest history that is still in trouble. */
  private static void tell(History history) {
    History shortest = shorten(history);
    AssertionError trouble = trouble(shortest).orElseThrow();
    fail(shortest + trouble.getMessage() + "\n" + String.valueOf(trouble.getCause()), trouble);
  }

  private static History shorten(History history) {
    for (int i = history.steps().size() - 1; i >= 0; i--) {
      History fewer = history.without(i);
      if (trouble(fewer).isPresent()) {
        return shorten(fewer);
      }
    }
    return history;
  }
}
