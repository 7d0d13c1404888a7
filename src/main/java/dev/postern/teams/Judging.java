package dev.postern.teams;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.postern.approval.Answer;
import dev.postern.approval.Click;
import dev.postern.approval.Doorkeeper;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has clicks taken down and judged while Teams waits for the answer. What is not judged in time is
 * judged all the same; whoever pressed is then told in a chat.
 */
final class Judging {
  private static final Logger log = LoggerFactory.getLogger(Judging.class);

  /** Teams waits for five seconds at least; the way to us and back takes of that. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  /** So many clicks are told of later; beyond that the oldest are not. */
  private static final int MOST_OWED = 10_000;

  private final TeamsWiring.Clicks clicks;
  private final Executor threads;
  private final Duration patience;

  /** Events whose answer is still owed to those who pressed; known to this process only. */
  private final ConcurrentMap<String, Boolean> owed =
      Caffeine.newBuilder()
          .maximumSize(MOST_OWED)
          .expireAfterWrite(Duration.ofHours(1))
          .<String, Boolean>build()
          .asMap();

  Judging(TeamsWiring.Clicks clicks, Executor threads) {
    this(clicks, threads, PATIENCE);
  }

  Judging(TeamsWiring.Clicks clicks, Executor threads, Duration patience) {
    this.clicks = clicks;
    this.threads = threads;
    this.patience = patience;
  }

  /** What a click came to. */
  sealed interface Result {}

  /** It was judged. */
  record Judged(Answer answer) implements Result {}

  /**
   * It is written down, and judged later.
   *
   * @param coming what the judgement that is under way comes to, if it comes to one
   */
  record Later(CompletableFuture<Optional<Answer>> coming) implements Result {}

  /** It could not be written down. */
  record NotRecorded() implements Result {}

  /** Takes a click down and waits for its judgement. */
  Result on(Click click) {
    try {
      var _ = clicks.accept().test(click); // taken down before: the same answer again
    } catch (RuntimeException storeTrouble) {
      log.warn("A Teams click could not be recorded: {}", storeTrouble.toString());
      return new NotRecorded();
    }
    CompletableFuture<Optional<Answer>> coming =
        CompletableFuture.supplyAsync(() -> judged(click), threads);
    try {
      return coming
          .get(patience.toMillis(), TimeUnit.MILLISECONDS)
          .map(answer -> (Result) new Judged(answer))
          .orElseGet(() -> later(click, coming));
    } catch (TimeoutException slow) {
      return later(click, coming);
    } catch (ExecutionException ours) {
      log.warn("A Teams click could not be judged yet: {}", String.valueOf(ours.getCause()));
      return later(click, coming);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return later(click, coming);
    }
  }

  private Optional<Answer> judged(Click click) {
    return clicks
        .judge()
        .apply(click.surface(), click.eventId())
        .flatMap(
            result ->
                switch (result) {
                  case Doorkeeper.Judged judged -> Optional.of(judged.answer());
                  case Doorkeeper.Waits _ -> Optional.empty();
                });
  }

  private Result later(Click click, CompletableFuture<Optional<Answer>> coming) {
    owed.put(click.eventId(), true);
    return new Later(coming);
  }

  /** Whether the answer to an event is still owed; then no longer. */
  boolean owes(String eventId) {
    return owed.remove(eventId) != null;
  }
}
