package dev.postern.intake;

import java.time.Duration;

/**
 * Who counts what is judged while a mail server waits. Called on the threads that answer; must not
 * block.
 */
public interface VerdictWatch {
  /** Nobody does. */
  VerdictWatch NOBODY = (_, _) -> {};

  /**
   * A message was answered.
   *
   * @param verdict {@code pass}, {@code reject}, {@code held}, {@code unjudged} or {@code trouble}
   * @param took from the end of the message to the answer
   */
  void answered(String verdict, Duration took);
}
