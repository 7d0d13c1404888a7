package dev.postern.approval;

import java.time.Instant;

/** Counts what rules do by themselves, hour by hour, for all replicas. */
public interface Allowance {

  /**
   * Takes one of the actions that a rule may still do in the hour of {@code now}.
   *
   * @param rule its name
   * @param limit how many it may do in an hour
   * @return false when none is left
   */
  boolean take(String rule, int limit, Instant now);
}
