package dev.postern.intake.milter;

import java.time.Duration;

/** Who counts what the milter does. Called on the threads of connections; must not block. */
public interface MilterWatch {
  /** Nobody does. */
  MilterWatch NOBODY = (_, _) -> {};

  /**
   * A message was answered.
   *
   * @param verdict {@code pass}, {@code reject}, {@code held}, {@code unjudged} or {@code trouble}
   * @param took from the end of the message to the answer
   */
  void answered(String verdict, Duration took);
}
