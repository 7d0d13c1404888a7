package dev.postern.app.witness;

import dev.postern.audit.Witness;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries checkpoints to one place, in order, on a thread of its own. What fails is tried again, at
 * most once a minute in the end, until it succeeds or newer ones take its room: a newer checkpoint
 * covers all that an older one did.
 */
final class Courier implements Witness, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LAST_TRY = Duration.ofSeconds(1);

  private final String name;
  private final Place place;
  private final int room;
  private final Duration firstPause;
  private final Deque<String> waiting = new ArrayDeque<>();
  private final ScheduledThreadPoolExecutor thread;
  private Duration pause;
  private boolean underWay;
  private volatile Optional<String> trouble = Optional.empty();

  /**
   * A courier to this place.
   *
   * @param name of the place, for the operator
   * @param room how many checkpoints may wait, the oldest being dropped beyond; at least 1
   * @param pause after the first failure; each further one in a row doubles it
   */
  Courier(String name, Place place, int room, Duration pause) {
    this.name = name;
    this.place = place;
    this.room = room;
    this.firstPause = pause;
    this.pause = pause;
    this.thread =
        new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform().daemon().name(name).factory(),
            new ThreadPoolExecutor.DiscardPolicy());
  }

  @Override
  public synchronized void witness(String note) {
    waiting.addLast(note);
    if (waiting.size() > room) {
      waiting.removeFirst();
    }
    if (!underWay) {
      underWay = true;
      thread.execute(this::carry);
    }
  }

  private void carry() {
    String note = first();
    try {
      place.put(note);
      delivered(note);
    } catch (IOException | RuntimeException e) {
      failed(e);
    }
  }

  private synchronized String first() {
    return waiting.getFirst();
  }

  private synchronized void delivered(String note) {
    trouble.ifPresent(_ -> LOG.info("{}: checkpoints arrive again", name));
    trouble = Optional.empty();
    pause = firstPause;
    waiting.removeFirstOccurrence(note); // it may have lost its room meanwhile
    underWay = !waiting.isEmpty();
    if (underWay) {
      thread.execute(this::carry);
    }
  }

  private synchronized void failed(Exception e) {
    String sentence = String.valueOf(e.getMessage());
    if (!trouble.equals(Optional.of(sentence))) {
      LOG.warn("{}: {}; tried again, the log goes on meanwhile", name, sentence);
    }
    trouble = Optional.of(sentence);
    var _ = thread.schedule(this::carry, pause.toMillis(), TimeUnit.MILLISECONDS);
    Duration twice = pause.multipliedBy(2);
    pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  String name() {
    return name;
  }

  /** Why the last checkpoint did not arrive; empty when it did. */
  Optional<String> trouble() {
    return trouble;
  }

  /** Gives what waits a last moment to arrive. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(LAST_TRY.toMillis(), TimeUnit.MILLISECONDS)) {
        thread.shutdownNow();
        LOG.warn("{}: the newest checkpoint did not arrive before the stop", name);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      thread.shutdownNow();
    }
  }
}
