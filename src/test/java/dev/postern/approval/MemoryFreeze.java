package dev.postern.approval;

import dev.postern.policy.Freeze;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The switch in memory; writes no log. */
public final class MemoryFreeze implements FreezeRow {
  private final AtomicReference<Optional<Freeze>> standing =
      new AtomicReference<>(Optional.empty());

  @Override
  public Optional<Freeze> freeze() {
    return standing.get();
  }

  @Override
  public synchronized boolean freeze(Freeze by) {
    if (standing.get().isPresent()) {
      return false;
    }
    standing.set(Optional.of(by));
    return true;
  }

  @Override
  public synchronized boolean unfreeze(String personId) {
    return standing.getAndSet(Optional.empty()).isPresent();
  }
}
