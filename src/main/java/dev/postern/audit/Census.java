package dev.postern.audit;

import java.time.Instant;
import java.util.Optional;

/** Counts what a log holds while somebody else is given it. For one thread. */
public final class Census implements LogVisitor {
  private final LogVisitor next;
  private boolean empty = true;
  private long entries;
  private long checkpoints;
  private Optional<Instant> first = Optional.empty();
  private Optional<Instant> last = Optional.empty();
  private Optional<String> newest = Optional.empty();

  /** Counts what is given to {@code next}. */
  public Census(LogVisitor next) {
    this.next = next;
  }

  @Override
  public void entry(long number, byte[] canonical, String leaf) {
    empty = false;
    entries++;
    Optional<Instant> at = LogEntry.parse(canonical).map(LogEntry::at);
    first = first.or(() -> at);
    last = at.or(() -> last);
    next.entry(number, canonical, leaf);
  }

  @Override
  public void checkpoint(String note) {
    empty = false;
    checkpoints++;
    newest = Optional.of(note);
    next.checkpoint(note);
  }

  @Override
  public void malformed(String reason) {
    empty = false;
    next.malformed(reason);
  }

  /** Whether there was nothing at all. */
  public boolean isEmpty() {
    return empty;
  }

  /** How many entries there were. */
  public long entries() {
    return entries;
  }

  /** How many checkpoints there were. */
  public long checkpoints() {
    return checkpoints;
  }

  /** The time of the first entry; empty for a log without. */
  public Optional<Instant> first() {
    return first;
  }

  /** The time of the last entry; empty for a log without. */
  public Optional<Instant> last() {
    return last;
  }

  /** The last checkpoint, as it stood there; empty for a log without. */
  public Optional<String> newest() {
    return newest;
  }
}
