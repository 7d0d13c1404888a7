package dev.postern.policy;

import java.time.LocalDate;
import java.util.Optional;

/**
 * One rule of the file.
 *
 * @param name unique in the policy
 * @param when what must hold
 * @param action what is then done
 * @param reason for the card
 * @param terms how far it goes
 */
record Rule(String name, Condition when, Action action, ReasonPlan reason, Terms terms) {

  /**
   * How far a rule goes.
   *
   * @param until the last day on which it applies, in the time zone of the policy; empty: for ever
   * @param shadow it only records what it would have done
   * @param limit at most so many automatic actions in an hour, then people are asked; 0: no limit
   * @param force it may discard mail whose sender is proved
   * @param overGrants no grant decides otherwise
   */
  record Terms(
      Optional<LocalDate> until, boolean shadow, int limit, boolean force, boolean overGrants) {}
}
