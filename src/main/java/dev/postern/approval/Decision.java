package dev.postern.approval;

import java.time.Instant;

/**
 * What is to become of the message.
 *
 * @param choice release to all, to some, or discard
 * @param by who decided
 * @param because names of those who voted, the rule, the grant, or the stage that nobody answered
 * @param at when
 */
public record Decision(Choice choice, By by, String because, Instant at) {
  /** Who decided. */
  public enum By {
    PEOPLE,
    RULE,
    /** A grant, in place of a rule. */
    GRANT,
    /** The policy says what silence means. */
    SILENCE
  }
}
