package dev.postern.web;

import dev.postern.policy.Precedent;
import dev.postern.policy.Precedents;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A look at all cases of the past, which takes its time and can be given up. Safe for many threads.
 */
final class Look<T> {
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong of = new AtomicLong(1);
  private final AtomicBoolean givenUp = new AtomicBoolean();
  private volatile Optional<T> result = Optional.empty();
  private volatile Optional<String> trouble = Optional.empty();

  /** Somebody gave it up. */
  private static final class GivenUp extends RuntimeException {
    private static final long serialVersionUID = 1;

    GivenUp() {
      super("given up", null, false, false);
    }
  }

  /** What is done with the cases. */
  interface Work<T> {
    T with(Look<T> look);
  }

  /** Does it, and keeps what came of it or why nothing did. */
  void run(Work<T> work) {
    try {
      result = Optional.of(work.with(this));
    } catch (GivenUp _) {
      trouble = Optional.of("It was given up.");
    } catch (RuntimeException broken) {
      trouble = Optional.of("The cases could not be read; Postern’s own log says why.");
      throw broken;
    }
  }

  /** Begins a pass over about so many cases. */
  void begin(long cases) {
    of.set(Math.max(1, cases));
    done.set(0);
  }

  /** Counts what it is given, until it is given up. */
  Precedents.Taker watching(Precedents.Taker taker) {
    return new Precedents.Taker() {
      @Override
      public void take(Precedent it) {
        step();
        taker.take(it);
      }

      @Override
      public void unreadable(String id, String why) {
        step();
        taker.unreadable(id, why);
      }
    };
  }

  private void step() {
    if (givenUp.get()) {
      throw new GivenUp();
    }
    done.incrementAndGet();
  }

  void giveUp() {
    givenUp.set(true);
  }

  boolean over() {
    return result.isPresent() || trouble.isPresent();
  }

  Optional<T> result() {
    return result;
  }

  Optional<String> trouble() {
    return trouble;
  }

  int percent() {
    return (int) Math.min(99, 100 * done.get() / of.get());
  }
}
