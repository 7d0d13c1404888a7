package dev.postern.app;

import dev.postern.approval.Follower;
import dev.postern.approval.MailSystemTrouble;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the followers of mail systems look again and again, each in its own time. */
final class MailRounds implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MailRounds.class);

  /** A gateway tells of a message before its mail system has it in the queue. */
  private static final Duration MOMENT = Duration.ofMillis(500);

  private final List<Beat> beats;
  private final Duration every;
  private final ScheduledExecutorService timer;

  MailRounds(List<Follower> followers, Duration every, MeterRegistry meters, InstantSource clock) {
    this.beats = followers.stream().map(one -> new Beat(one, clock)).toList();
    this.every = every;
    this.timer =
        Executors.newScheduledThreadPool(
            Math.max(1, beats.size()), Thread.ofVirtual().name("mail-round-", 0).factory());
    beats.forEach(beat -> beat.register(meters));
  }

  /** From now on each looks, and waits after each round, as long as its mail system wants. */
  void start() {
    for (Beat beat : beats) {
      long wait = Math.max(every.toMillis(), beat.follower.pace().toMillis());
      var _ = timer.scheduleWithFixedDelay(beat::look, 0, wait, TimeUnit.MILLISECONDS);
    }
  }

  /** Has a mail system asked in a moment, without waiting for its next round. */
  void soon(String source) {
    for (Beat beat : beats) {
      if (beat.follower.source().equals(source) && beat.asked.compareAndSet(false, true)) {
        var _ =
            timer.schedule(
                () -> {
                  beat.asked.set(false);
                  beat.look();
                },
                MOMENT.toMillis(),
                TimeUnit.MILLISECONDS);
      }
    }
  }

  /** What each mail system keeps from working. */
  List<Operations.Part> parts() {
    return beats.stream()
        .map(
            beat -> new Operations.Part("mail " + beat.follower.source(), false, beat.trouble::get))
        .toList();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private static final class Beat {
    private final Follower follower;
    private final InstantSource clock;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final AtomicReference<Optional<String>> trouble =
        new AtomicReference<>(Optional.of("not asked yet"));
    private volatile Instant lastGood;
    private volatile int held;

    Beat(Follower follower, InstantSource clock) {
      this.follower = follower;
      this.clock = clock;
      this.lastGood = clock.instant();
    }

    void register(MeterRegistry meters) {
      Gauge.builder("postern.mail.held", () -> held)
          .description("messages that a mail system holds, as of the last round")
          .tag("source", follower.source())
          .register(meters);
      Gauge.builder(
              "postern.mail.lag.seconds",
              () -> Duration.between(lastGood, clock.instant()).toSeconds())
          .description("how long ago a mail system said what it holds")
          .tag("source", follower.source())
          .register(meters);
    }

    synchronized void look() {
      try {
        Follower.Round round = follower.look();
        held = round.held();
        lastGood = clock.instant();
        say(round.trouble());
        if (round.taken() > 0 || round.gone() > 0) {
          LOG.info(
              "{} holds {} messages: {} were new, {} have gone",
              follower.source(),
              round.held(),
              round.taken(),
              round.gone());
        }
      } catch (MailSystemTrouble e) {
        say(Optional.of(e.words()));
      } catch (RuntimeException e) {
        // The store is away, most likely: the next round tries again.
        LOG.warn("the round through {} broke off", follower.source(), e);
        say(Optional.of("the last round broke off: " + e.getMessage()));
      } catch (Error e) {
        // A round that ends with one would be the last, and nobody would know. The next one begins
        // anew: it may find more memory, or a message less.
        LOG.error("the round through {} broke off", follower.source(), e);
        say(Optional.of("the last round broke off: " + e));
      }
    }

    /** Once for each trouble: a mail system that stays away must not fill the log. */
    private void say(Optional<String> now) {
      Optional<String> before = trouble.getAndSet(now);
      if (!before.equals(now)) {
        now.ifPresent(what -> LOG.warn("{}: {}", follower.source(), what));
      }
    }
  }
}
