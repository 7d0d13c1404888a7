package dev.postern.card;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Answers of a chat platform, kept for some time: one question about a thing at a time, and none
 * for a while after one that failed. Safe for many threads; holds a bounded number of answers.
 *
 * @param <V> what an answer says
 */
public final class Remembered<V> {
  /** Enough for everybody who clicks in an hour; the oldest go first. */
  private static final int MOST = 5_000;

  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final int LOCKS = 64;

  private final Duration fresh;
  private final InstantSource clock;
  private final Map<String, Told<V>> answers = new ConcurrentHashMap<>();
  private final ReentrantLock[] locks =
      Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(ReentrantLock[]::new);
  private volatile @Nullable Quiet quiet;

  private record Told<V>(V answer, Instant at) {}

  private record Quiet(Instant until, SurfaceTrouble why) {}

  /** Asks the platform about one thing. */
  public interface Question<V> {
    V ask() throws SurfaceTrouble;
  }

  /**
   * Remembers nothing yet.
   *
   * @param fresh how old an answer may be to need no new question
   */
  public Remembered(Duration fresh, InstantSource clock) {
    this.fresh = fresh;
    this.clock = clock;
  }

  /**
   * What is known of a thing, from the platform unless it was asked just now.
   *
   * @throws SurfaceTrouble when it does not say, or did not answer a moment ago
   */
  public V learn(String about, Question<V> question) throws SurfaceTrouble {
    Optional<V> known = within(about, fresh);
    if (known.isPresent()) {
      return known.get();
    }
    ReentrantLock lock = locks[Math.floorMod(about.hashCode(), LOCKS)];
    lock.lock();
    try {
      Optional<V> meanwhile = within(about, fresh);
      return meanwhile.isPresent() ? meanwhile.get() : ask(about, question);
    } finally {
      lock.unlock();
    }
  }

  private V ask(String about, Question<V> question) throws SurfaceTrouble {
    Quiet now = quiet;
    if (now != null && clock.instant().isBefore(now.until())) {
      throw now.why();
    }
    try {
      V answer = question.ask();
      quiet = null;
      put(about, answer);
      return answer;
    } catch (SurfaceTrouble trouble) {
      // What somebody has to mend may concern this one thing only.
      boolean away =
          trouble.kind() == SurfaceTrouble.Kind.AWAY
              || trouble.kind() == SurfaceTrouble.Kind.UNSURE;
      quiet = away ? quiet(trouble) : null;
      throw trouble;
    }
  }

  private Quiet quiet(SurfaceTrouble trouble) {
    return new Quiet(clock.instant().plus(trouble.asked().orElse(QUIET)), trouble);
  }

  /** Remembers what was said unasked, or asked in another way. */
  public void put(String about, V answer) {
    answers.put(about, new Told<>(answer, clock.instant()));
    if (answers.size() > MOST) {
      answers.entrySet().stream()
          .min(Comparator.comparing(entry -> entry.getValue().at()))
          .ifPresent(oldest -> answers.remove(oldest.getKey(), oldest.getValue()));
    }
  }

  /** What was told about a thing at most so long ago. */
  public Optional<V> within(String about, Duration age) {
    Instant oldest = clock.instant().minus(age);
    return Optional.ofNullable(answers.get(about))
        .filter(told -> !told.at().isBefore(oldest))
        .map(Told::answer);
  }

  /** What was last told about a thing, however long ago. */
  public Optional<V> last(String about) {
    return Optional.ofNullable(answers.get(about)).map(Told::answer);
  }
}
