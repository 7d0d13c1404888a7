package dev.postern.approval;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last whole reading of each group of a chat platform: in memory, so that a transaction can
 * look at it, and in a row, so that it outlives this process and serves the others. Safe for many
 * threads.
 */
public final class Rosters {
  private static final Logger log = LoggerFactory.getLogger(Rosters.class);

  private final GroupReadings rows;
  private final InstantSource clock;
  private final Map<String, GroupReading> known = new ConcurrentHashMap<>();

  /** Knows of no reading until one is recalled or kept. */
  public Rosters(GroupReadings rows, InstantSource clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /** The newest reading of a group that is known here and still says something. */
  public Optional<GroupReading> last(String group) {
    return Optional.ofNullable(known.get(group)).filter(it -> it.usable(clock.instant()));
  }

  /** Whether there is a reading at most so old. */
  public boolean within(String group, Duration age) {
    return last(group).filter(it -> !it.at().isBefore(clock.instant().minus(age))).isPresent();
  }

  /** Keeps a reading, here and for the others. Never within a transaction. */
  public void keep(GroupReading reading) {
    if (!take(reading)) {
      return;
    }
    try {
      rows.keep(reading);
    } catch (RuntimeException storeTrouble) {
      log.warn("group.not-kept group={} why={}", reading.group(), storeTrouble.toString());
    }
  }

  /**
   * Takes over what another process read, or this one before its start. Never within a transaction.
   */
  public void recall(String group) {
    try {
      rows.last(group).ifPresent(this::take);
    } catch (RuntimeException storeTrouble) {
      log.warn("group.not-recalled group={} why={}", group, storeTrouble.toString());
    }
  }

  /** False where it is known already, or older than what is. */
  private boolean take(GroupReading reading) {
    boolean news =
        Optional.ofNullable(known.get(reading.group()))
            .filter(old -> !old.at().isBefore(reading.at()))
            .isEmpty();
    known.merge(reading.group(), reading, (old, read) -> old.at().isBefore(read.at()) ? read : old);
    return news;
  }
}
