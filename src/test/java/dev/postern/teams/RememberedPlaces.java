package dev.postern.teams;

import dev.postern.approval.Conversations;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Where Teams is reached, in memory. */
final class RememberedPlaces implements Conversations {
  final Map<String, Conversation> rows = new ConcurrentSkipListMap<>();

  /** Nothing can be written down. */
  volatile boolean down;

  @Override
  public void learn(Conversation it) {
    if (down) {
      throw new IllegalStateException("the store is down");
    }
    rows.put(it.place(), it);
  }

  @Override
  public void hear(Conversation chat, Instant now) {
    learn(chat);
  }

  @Override
  public void forget(String platform, String place) {
    if (down) {
      throw new IllegalStateException("the store is down");
    }
    rows.values().removeIf(it -> it.place().equals(place) || it.within().equals(place));
  }

  @Override
  public Optional<Conversation> find(String platform, String place) {
    return Optional.ofNullable(rows.get(place));
  }

  @Override
  public List<Conversation> all(String platform) {
    return List.copyOf(rows.values());
  }
}
