package dev.postern.approval;

import java.time.Instant;

/**
 * What is to become of the message.
 *
 * @param choice release to all, to some, or discard
 * @param by {@code people} or {@code rule}
 * @param because names of those who voted, or the rule
 * @param at when
 */
public record Decision(Choice choice, By by, String because, Instant at) {
  /** Who decided. */
  public enum By {
    PEOPLE,
    RULE
  }
}
