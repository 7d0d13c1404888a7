package dev.postern.evidence;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.function.Function;

/**
 * What was read out of a DNS answer, kept for as long as the answer itself: a resolver that gives
 * the same answer for its TTL has it read once in that time. Safe for many threads.
 *
 * @param <T> what it is read into; must not hold the answer
 */
public final class PerAnswer<T> {
  private final LoadingCache<Answer, T> read;

  /** Reads with {@code reader}, which must not throw. */
  public PerAnswer(Function<Answer, T> reader) {
    this.read = Caffeine.newBuilder().weakKeys().build(reader::apply);
  }

  /** What {@code answer} says. */
  public T of(Answer answer) {
    return read.get(answer);
  }
}
