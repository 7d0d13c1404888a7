package dev.postern.approval;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Signatures in memory, which can be shared by several entrances and be away. */
public final class MemoryReplays implements Replays {
  /** Hashes would do as well; nobody steals from a test. */
  public final Set<String> taken = ConcurrentHashMap.newKeySet();

  public volatile boolean away;

  @Override
  public boolean take(String signature, Instant until) {
    if (away) {
      throw new IllegalStateException("the store is down");
    }
    return taken.add(signature);
  }

  @Override
  public void forget(String signature) {
    taken.remove(signature);
  }
}
