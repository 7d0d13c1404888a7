package dev.postern.store;

import dev.postern.approval.Work;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Who does which work. A worker gets the key of a row, makes the world agree with that row, and
 * says when to come back; empty when it is done.
 *
 * @param byKind one worker for every kind
 */
public record Workers(Map<Work, Worker> byKind) {

  /** Does one kind of work; must be safe to repeat. */
  public interface Worker {
    /** Does what the row of that key asks for. */
    Optional<Duration> run(String key);
  }

  /** The same workers, each within something. */
  Workers within(UnaryOperator<Worker> wrap) {
    Map<Work, Worker> wrapped = new EnumMap<>(Work.class);
    byKind.forEach((kind, worker) -> wrapped.put(kind, wrap.apply(worker)));
    return new Workers(wrapped);
  }

  /** Checks that no kind was forgotten. */
  public Workers {
    byKind = Map.copyOf(byKind);
    for (Work kind : Work.values()) {
      if (!byKind.containsKey(kind)) {
        throw new IllegalArgumentException("nobody does " + kind);
      }
    }
  }
}
