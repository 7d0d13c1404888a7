package dev.postern.policy;

/** What a ruling does with a message. */
public sealed interface Action {

  /** Let it go to all recipients. */
  record Release() implements Action {}

  /** Refuse or delete it. */
  record Discard() implements Action {}

  /**
   * Ask people.
   *
   * @param chain the name of the chain that is asked
   */
  record Ask(String chain) implements Action {}

  /** The word of the policy file. */
  default String word() {
    return switch (this) {
      case Release _ -> "release";
      case Discard _ -> "discard";
      case Ask _ -> "ask";
    };
  }
}
