package dev.postern.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.postern.approval.DayBook;
import dev.postern.approval.DayBook.Day;
import dev.postern.card.CardView;
import dev.postern.card.DigestWriter;
import dev.postern.card.SurfaceTrouble;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One message a day into one channel. Every replica looks each minute; who writes the day's row
 * first tells it. What Slack surely did not take is tried again for two hours; where nobody knows
 * whether Slack took it, it is not told twice.
 */
public final class DailyDigest implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DailyDigest.class);
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final Duration LATEST = Duration.ofHours(2);

  private final DigestPlan plan;
  private final DayBook days;
  private final Channels channels;
  private final Messages messages;
  private final InstantSource clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("digest").factory());

  /** The day that needs no look any more, so that most minutes ask no database. */
  private volatile LocalDate over = LocalDate.MIN;

  DailyDigest(
      DigestPlan plan, DayBook days, Channels channels, Messages messages, InstantSource clock) {
    this.plan = plan;
    this.days = days;
    this.channels = channels;
    this.messages = messages;
    this.clock = clock;
  }

  /** From now on looks once a minute. */
  public void start() {
    var _ =
        timer.scheduleWithFixedDelay(
            this::guarded, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void guarded() {
    try {
      look();
    } catch (RuntimeException e) {
      log.warn("the daily digest could not be made: {}", e.getMessage());
    }
  }

  /** Tells the day that ended, if it is time and nobody has. */
  void look() {
    Instant now = clock.instant();
    LocalDate today = now.atZone(plan.zone()).toLocalDate();
    Instant due = dueOn(today);
    boolean time = !now.isBefore(due) && now.isBefore(due.plus(LATEST));
    if (time && !over.equals(today)) {
      Day day = days.between(dueOn(today.minusDays(1)), due);
      over = untold(today, day) ? over : today;
    }
  }

  private Instant dueOn(LocalDate day) {
    return day.atTime(plan.at()).atZone(plan.zone()).toInstant();
  }

  /**
   * True when nobody told the day and somebody is to try again. What can fail comes before the
   * claim: a day that is claimed and not told would never be told.
   */
  private boolean untold(LocalDate date, Day day) {
    if (day.empty() && !plan.always()) {
      return false;
    }
    CardView digest = DigestWriter.of(day, date);
    ArrayNode blocks = CardBlocks.of(digest);
    try {
      channels.mayAsk(plan.channel());
      return days.claim(plan.channel(), date) && !post(date, digest.fallback(), blocks);
    } catch (SurfaceTrouble trouble) {
      log.warn("the daily digest cannot be posted: {}", trouble.getMessage());
      return true;
    }
  }

  /** False when it was surely not told. */
  private boolean post(LocalDate date, String fallback, ArrayNode blocks) {
    try {
      messages.post(plan.channel(), "digest-" + date, fallback, blocks);
      return true;
    } catch (SurfaceTrouble trouble) {
      log.warn("the daily digest was not taken: {}", trouble.getMessage());
      boolean unsure = trouble.kind() == SurfaceTrouble.Kind.UNSURE;
      if (!unsure) {
        days.giveBack(plan.channel(), date);
      }
      return unsure;
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
