package dev.postern.teams;

import dev.postern.approval.Answer;
import dev.postern.approval.Click;
import dev.postern.approval.Doorkeeper;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has clicks taken down and judged while Teams waits for the answer. What is not judged in time is
 * judged all the same; whoever pressed is then told in a chat, also after a restart.
 */
final class Judging {
  private static final Logger log = LoggerFactory.getLogger(Judging.class);

  /** Teams waits for five seconds at least; the way to us and back takes of that. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private final TeamsWiring.Clicks clicks;
  private final Executor threads;
  private final Duration patience;

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

  /** It is written down, and judged later; the answer is owed. */
  record Later() implements Result {}

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
          .orElseGet(() -> later(click));
    } catch (TimeoutException slow) {
      return later(click);
    } catch (ExecutionException ours) {
      log.warn("A Teams click could not be judged yet: {}", String.valueOf(ours.getCause()));
      return later(click);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return later(click);
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

  private Result later(Click click) {
    try {
      clicks.owe().accept(click);
    } catch (RuntimeException storeTrouble) {
      log.warn("Whoever clicked in Teams may not be answered: {}", storeTrouble.toString());
    }
    return new Later();
  }
}
