package dev.postern.policy;

import java.util.List;
import java.util.Optional;

/**
 * Ordered stages of people who are asked.
 *
 * @param name as rules call it
 * @param stages at least one
 * @param breakGlass who may decide at once in an emergency, beside the stages; empty where nobody
 *     may
 */
public record Chain(String name, List<StagePlan> stages, Optional<StagePlan> breakGlass) {

  /** Copies the list, so that a chain never changes. */
  public Chain {
    stages = List.copyOf(stages);
    if (stages.isEmpty()) {
      throw new IllegalArgumentException("chain " + name + " has no stage");
    }
  }

  /**
   * A stage by its place.
   *
   * @param ordinal 1 for the first; empty beyond the last
   */
  public Optional<StagePlan> stage(int ordinal) {
    return ordinal > stages.size() ? Optional.empty() : Optional.of(stages.get(ordinal - 1));
  }
}
