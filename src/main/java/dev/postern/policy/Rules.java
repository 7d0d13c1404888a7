package dev.postern.policy;

/** The rules in force. A seam: rules are reloaded while the desk keeps working. */
public interface Rules {

  /** Rules on one message: total, bounded, never throws. */
  Ruling rule(Situation situation);

  /** The chain of that name; the policy was checked when it was loaded, so it exists. */
  Chain chain(String name);
}
