package dev.postern.policy;

import java.time.Instant;

/** The cases of the past. */
public interface Precedents {

  /** Takes cases one after the other. */
  interface Taker {
    /** One that can be replayed. */
    void take(Precedent it);

    /**
     * One that cannot.
     *
     * @param id of the case
     * @param why in words that contain nothing of the message
     */
    void unreadable(String id, String why);
  }

  /**
   * A span of time.
   *
   * @param since the first moment
   * @param until the moment after the last
   */
  record Span(Instant since, Instant until) {}

  /** About how many cases came then. */
  long count(Span when);

  /**
   * Gives each case that came then and that the policy ruled on, the oldest first; at the same
   * moment, by id.
   */
  void each(Span when, Taker taker);
}
