package dev.postern.approval;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Readings in memory, which outlive who wrote them and can be away. */
public final class MemoryGroupReadings implements GroupReadings {
  public final Map<String, GroupReading> rows = new ConcurrentHashMap<>();
  public volatile boolean away;

  @Override
  public Optional<GroupReading> last(String group) {
    up();
    return Optional.ofNullable(rows.get(group));
  }

  @Override
  public void keep(GroupReading reading) {
    up();
    rows.merge(reading.group(), reading, (old, read) -> old.at().isBefore(read.at()) ? read : old);
  }

  private void up() {
    if (away) {
      throw new IllegalStateException("the store is down");
    }
  }
}
