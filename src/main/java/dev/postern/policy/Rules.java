package dev.postern.policy;

import java.util.Optional;

/** The rules in force. A seam: rules are reloaded while the desk keeps working. */
public interface Rules {

  /** Rules on one message: total, bounded, never throws. */
  Ruling rule(Situation situation);

  /**
   * The chain of that name; the default chain where the policy has none of that name (any more).
   */
  Chain chain(String name);

  /** The on-call rota of that name; empty where the policy has none (any more). */
  Optional<Rota> rota(String name);
}
