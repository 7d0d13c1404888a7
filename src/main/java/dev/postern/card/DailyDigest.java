package dev.postern.card;

import dev.postern.approval.CardPlace;
import dev.postern.approval.DayBook;
import dev.postern.approval.DayBook.Day;
import dev.postern.policy.ShadowReport.Line;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One message a day into one channel. Every replica looks each minute; who writes the day's row
 * first tells it. What the platform did not take is tried again for two hours. Where nobody knows
 * whether it did, since an answer was lost or a process died, it is looked for among the messages
 * first; where the app may not read them, it is not told twice.
 */
public final class DailyDigest implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DailyDigest.class);
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final Duration LATEST = Duration.ofHours(2);

  /** Longer than a call takes and than it can be on its way after its caller gave up. */
  private static final Duration DEAD = Duration.ofSeconds(30);

  private final DigestPlan plan;
  private final DayBook days;
  private final Surface surface;
  private final Pauses pauses;
  private final CardPlace place;
  private final InstantSource clock;
  private final Optional<ShadowNews> shadows;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("digest").factory());

  /** The day that needs no look any more, so that most minutes ask no database. */
  private volatile LocalDate over = LocalDate.MIN;

  /**
   * Takes its parts; not started yet.
   *
   * @param surface where the channel of the plan is
   * @param pauses which places are left alone now
   */
  public DailyDigest(
      DigestPlan plan, DayBook days, Surface surface, Pauses pauses, InstantSource clock) {
    this(plan, days, surface, pauses, clock, Optional.empty());
  }

  private DailyDigest(
      DigestPlan plan,
      DayBook days,
      Surface surface,
      Pauses pauses,
      InstantSource clock,
      Optional<ShadowNews> shadows) {
    this.plan = plan;
    this.days = days;
    this.surface = surface;
    this.pauses = pauses;
    this.place = new CardPlace(surface.name(), plan.channel());
    this.clock = clock;
    this.shadows = shadows;
  }

  /** The same, which tells of rules in shadow, too. */
  public DailyDigest with(ShadowNews news) {
    return new DailyDigest(plan, days, surface, pauses, clock, Optional.of(news));
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
  public void look() {
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

  /** True when the day is not told yet and somebody is to look again. */
  private boolean untold(LocalDate date, Day day) {
    List<Line> news = shadows.map(it -> it.due(dueOn(date), date)).orElse(List.of());
    if (day.empty() && news.isEmpty() && !plan.always()) {
      return false;
    }
    Instant now = clock.instant();
    CardView digest = DigestWriter.of(day, news, date);
    Errand errand = new Errand(Errand.Kind.POST, idOf(date), place, false);
    Optional<Duration> wait =
        pauses.left(place, now).or(() -> surface.book(errand)).or(() -> pauses.enter(place, now));
    if (wait.isPresent()) {
      return true;
    }
    try {
      surface.mayTell(place);
      boolean untold = claimed(date, digest, now);
      pauses.fine(place, now);
      if (!untold) {
        shadows.ifPresent(it -> it.told(news, date));
      }
      return untold;
    } catch (SurfaceTrouble trouble) {
      log.warn("the daily digest cannot be posted: {}", trouble.getMessage());
      pauses.trouble(place, trouble, now, clock.instant());
      return true;
    }
  }

  private boolean claimed(LocalDate date, CardView digest, Instant now) throws SurfaceTrouble {
    return switch (days.claim(plan.channel(), date, now, now.minus(DEAD))) {
      case MINE -> post(date, digest);
      case DOUBTED -> lookedFor(date, digest);
      case BUSY -> true;
      case TOLD -> false;
    };
  }

  private boolean lookedFor(LocalDate date, CardView digest) throws SurfaceTrouble {
    if (surface.finds(place)) {
      Instant since = dueOn(date);
      if (surface.find(idOf(date), place, since).isEmpty()) {
        return post(date, digest);
      }
    } else {
      log.warn("whether the daily digest was told is not known; it is not told again");
    }
    days.told(plan.channel(), date);
    return false;
  }

  /** Ends the claim, unless nobody knows whether it was taken: then it is doubted later. */
  private boolean post(LocalDate date, CardView digest) throws SurfaceTrouble {
    try {
      surface.post(idOf(date), place, digest);
    } catch (SurfaceTrouble trouble) {
      if (trouble.kind() != SurfaceTrouble.Kind.UNSURE) {
        days.giveBack(plan.channel(), date);
      }
      throw trouble;
    }
    days.told(plan.channel(), date);
    return false;
  }

  private static String idOf(LocalDate date) {
    return "digest-" + date;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
