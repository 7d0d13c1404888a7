package dev.postern.approval;

import dev.postern.policy.Freeze;
import java.util.Optional;

/**
 * Whether releasing by rule is frozen: one row for all replicas. Each change is durable when it
 * returns, with its line in the tamper-evident log.
 */
public interface FreezeRow {

  /** How it stands. */
  Optional<Freeze> freeze();

  /** Freezes; false when it was frozen already, which stays as it is. */
  boolean freeze(Freeze by);

  /** Ends it; false when nothing was frozen. */
  boolean unfreeze(String personId);
}
