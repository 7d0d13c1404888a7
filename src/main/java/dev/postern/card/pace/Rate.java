package dev.postern.card.pace;

import java.time.Duration;

/**
 * How many calls a platform takes in any such time.
 *
 * @param most so many; at least 2
 * @param in that time
 * @param burst so many of them at once; fewer than all, so that it goes on behind a burst
 */
public record Rate(int most, Duration in, int burst) {
  /** Checks that a burst leaves something for the time behind it. */
  public Rate {
    if (burst < 1 || burst >= most) {
      throw new IllegalArgumentException("a burst of " + burst + " out of " + most);
    }
  }

  /** How long one call takes to be free again. */
  Duration refill() {
    return in.dividedBy(most - burst);
  }

  /** The part of one replica, where so many have the same. */
  Rate sharedBy(int replicas) {
    int part = most / replicas;
    // Too few to be divided: the same in a longer time.
    return part < 2
        ? new Rate(2, in.multipliedBy(2L * replicas).dividedBy(most), 1)
        : new Rate(part, in, Math.clamp(burst / replicas, 1, part - 1));
  }
}
