package dev.postern.teams.door;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of one issuer, remembered. Any number of threads may ask; one of them at a time has the
 * keys fetched, by a thread of its own, and no lock is held meanwhile.
 */
final class PublishedKeys implements AutoCloseable {
  /** From this age on they are fetched anew, while the old ones serve. */
  static final Duration STALE = Duration.ofHours(12);

  /** Microsoft asks to look at least once in this time, so nothing older is used unasked. */
  static final Duration OLD = Duration.ofHours(24);

  /** How long old keys serve while there are no newer ones to be had; Microsoft's SDKs' time. */
  static final Duration DEAD = Duration.ofDays(5);

  /** Forged key ids make Postern ask no more often than this. */
  static final Duration PAUSE = Duration.ofMinutes(1);

  /** While there is no key at all nobody can come in, so it is tried sooner. */
  static final Duration SHORT_PAUSE = Duration.ofSeconds(5);

  /** How long a request waits for keys: both documents, and a little. */
  private static final Duration PATIENCE = KeySource.PATIENCE.multipliedBy(2).plusMillis(500);

  private static final Logger log = LoggerFactory.getLogger(PublishedKeys.class);

  /** What is known of a key id. */
  sealed interface Lookup {
    /** The issuer publishes it. */
    record Known(SigningKey key) implements Lookup {}

    /** The issuer does not. */
    record Unknown() implements Lookup {}

    /** Nobody can tell now. */
    record Away() implements Lookup {}
  }

  private record Snapshot(Map<String, SigningKey> keys, Instant at) {
    boolean olderThan(Duration age, Instant now) {
      return keys.isEmpty() || at.plus(age).isBefore(now);
    }
  }

  private final KeySource source;
  private final InstantSource clock;
  private final ExecutorService fetcher = Executors.newVirtualThreadPerTaskExecutor();
  private volatile Snapshot snapshot = new Snapshot(Map.of(), Instant.EPOCH);
  private volatile @Nullable String trouble;
  private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);
  private Instant nextTry = Instant.EPOCH;

  PublishedKeys(KeySource source, InstantSource clock) {
    this.source = source;
    this.clock = clock;
  }

  /** What is known of a key id; waits a bounded time where it must be asked about. */
  Lookup find(String id) {
    Snapshot known = snapshot;
    Instant now = clock.instant();
    boolean here = known.keys().containsKey(id);
    boolean told = true;
    if (!here || known.olderThan(OLD, now)) {
      told = waited(refresh(now));
    } else if (known.olderThan(STALE, now)) {
      var _ = refresh(now);
    }
    return lookUp(id, now, told);
  }

  private Lookup lookUp(String id, Instant now, boolean told) {
    Snapshot known = snapshot;
    if (known.olderThan(DEAD, now)) {
      return new Lookup.Away();
    }
    SigningKey key = known.keys().get(id);
    if (key != null) {
      return new Lookup.Known(key);
    }
    return told && trouble == null ? new Lookup.Unknown() : new Lookup.Away();
  }

  /** Fetches the keys now: why they are not to be had; empty when they are. */
  Optional<String> look() {
    return waited(refresh(clock.instant())) ? trouble() : Optional.of("nobody told them in time");
  }

  /** Why there are no newer keys; empty when there are. */
  Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  private synchronized CompletableFuture<Void> refresh(Instant now) {
    if (running.isDone() && !now.isBefore(nextTry)) {
      nextTry = now.plus(snapshot.olderThan(DEAD, now) ? SHORT_PAUSE : PAUSE);
      running = CompletableFuture.runAsync(this::fetch, fetcher);
    }
    return running;
  }

  private void fetch() {
    try {
      snapshot = new Snapshot(source.fetch(), clock.instant());
      trouble = null;
    } catch (IOException | RuntimeException e) {
      trouble = e.getMessage() == null ? e.toString() : e.getMessage();
      log.warn("The keys of Teams' requests stay as they are: {}", trouble);
    }
  }

  private static boolean waited(CompletableFuture<Void> running) {
    try {
      running.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException notNow) {
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    fetcher.shutdownNow();
    source.close();
  }
}
