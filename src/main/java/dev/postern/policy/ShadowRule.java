package dev.postern.policy;

import dev.postern.evidence.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A rule in shadow, with what is known of it besides cases.
 *
 * @param name of the rule
 * @param says the word of what it would do
 * @param meaning a hash of its condition and of what it would do; another one is another rule
 * @param since when it is in force as it is; empty where that is not known
 * @param inline to which mail without a case it would have applied
 */
public record ShadowRule(
    String name, String says, String meaning, Optional<Instant> since, Inline inline) {

  /**
   * Mail that other rules passed or refused on the spot.
   *
   * @param passed messages
   * @param refused messages
   */
  public record Inline(long passed, long refused) {
    /** None. */
    public static final Inline NONE = new Inline(0, 0);
  }

  /** A rule of which nothing is known yet. */
  static ShadowRule of(Rule rule) {
    String says = rule.action().word();
    String meaning = Digest.of(says + " " + rule.when().text()).hex();
    return new ShadowRule(rule.name(), says, meaning, Optional.empty(), Inline.NONE);
  }

  /** With what is known of it, if that is of the same rule. */
  public ShadowRule knowing(List<ShadowRule> seen) {
    return seen.stream()
        .filter(it -> it.name().equals(name) && it.meaning().equals(meaning))
        .findFirst()
        .map(it -> new ShadowRule(name, says, meaning, it.since(), it.inline()))
        .orElse(this);
  }
}
