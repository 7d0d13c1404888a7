package dev.postern.policy;

import java.util.List;
import java.util.Optional;

/** The rules in force. A seam: rules are reloaded while the desk keeps working. */
public interface Rules {

  /** Rules on one message: total, bounded, never throws. */
  Ruling rule(Situation situation);

  /**
   * The chain of that name; the default chain where the policy has none of that name (any more).
   */
  Chain chain(String name);

  /** The chain that is asked when no rule matches. */
  Chain otherwise();

  /**
   * Who may freeze releasing by rule: ids of people, {@code group:NAME}, {@code oncall:NAME}; empty
   * where the policy lets nobody.
   */
  List<String> mayFreeze();

  /** Whether messages of one kind are decided together; not where nobody says so. */
  default Grouping grouping() {
    return Grouping.OFF;
  }

  /** How exceptions from the rules are asked for. */
  default GrantLaw grants() {
    return GrantLaw.USUAL;
  }

  /** The on-call rota of that name; empty where the policy has none (any more). */
  Optional<Rota> rota(String name);

  /**
   * Ids of the people of a group; empty where the policy has none of that name: then the settings
   * say who is in it.
   */
  Optional<List<String>> group(String name);
}
