package dev.postern.policy;

import java.time.Duration;

/**
 * Whether messages of one kind are decided together, and within which bounds.
 *
 * @param on whether they are at all
 * @param window how long after the first of them others may join it
 * @param gather how long those that join are gathered before the card is drawn anew
 * @param most the most messages of one card, the first included
 */
public record Grouping(boolean on, Duration window, Duration gather, int most) {
  public static final Duration USUAL_WINDOW = Duration.ofHours(1);
  public static final Duration USUAL_GATHER = Duration.ofSeconds(20);
  public static final int USUAL_MOST = 500;

  /** Each message is asked about on its own. */
  public static final Grouping OFF = new Grouping(false, USUAL_WINDOW, USUAL_GATHER, USUAL_MOST);

  /** The usual bounds. */
  public static final Grouping USUAL = new Grouping(true, USUAL_WINDOW, USUAL_GATHER, USUAL_MOST);
}
