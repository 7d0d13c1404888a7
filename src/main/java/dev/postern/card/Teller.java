package dev.postern.card;

import dev.postern.approval.Answer;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseBook;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.Click;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says things to people beside their cards: answers to clicks, and reminders. */
public final class Teller {
  private static final Logger log = LoggerFactory.getLogger(Teller.class);
  private static final int MOST_TRIES = 5;

  private final CaseBook book;
  private final Copies copies;
  private final Reminders reminders;
  private final Surfaces surfaces;
  private final InstantSource clock;

  /** Tries of answers that have failed so far; after a restart they are counted anew. */
  private final Map<String, Integer> tries = new ConcurrentHashMap<>();

  /** Takes its parts. */
  public Teller(
      CaseBook book, CardRows rows, CardWriter writer, Surfaces surfaces, InstantSource clock) {
    this.book = book;
    this.copies = new Copies(rows, book, writer);
    this.reminders = rows;
    this.surfaces = surfaces;
    this.clock = clock;
  }

  /**
   * Tells the person who clicked what became of it, unless the platform got its answer in the same
   * moment.
   *
   * @return how long to wait before the next try; empty when it is told, or never will be: the vote
   *     stands without it
   */
  public Optional<Duration> tell(Click click, Answer answer) {
    boolean answered = surfaces.named(click.surface()).filter(Surface::answersAtOnce).isPresent();
    return tell(click, answer, !answered);
  }

  /** The same for somebody who was told that the answer follows. */
  public Optional<Duration> tellOwed(Click click, Answer answer) {
    return tell(click, answer, true);
  }

  private Optional<Duration> tell(Click click, Answer answer, boolean owed) {
    Optional<Surface> surface = surfaces.named(click.surface());
    CardPlace place = told(click, surface);
    if (surface.isEmpty() || surfaces.pauses().closed(place)) {
      return Optional.empty();
    }
    Instant began = clock.instant();
    Optional<Duration> paused = surfaces.answers().enter(place, began);
    if (paused.isPresent()) {
      return paused;
    }
    // Only a refusal is worded by the case; reading it costs as much as judging the click.
    Optional<CaseFile> file =
        answer instanceof Answer.Refused refused
            ? refused.caseId().flatMap(book::find)
            : Optional.empty();
    try {
      settle(surface.get(), click, answer, began);
      if (owed) {
        surface.get().tell(click, Notices.of(answer, file));
      }
      surfaces.answers().fine(place, began);
      tries.remove(click.eventId());
      return Optional.empty();
    } catch (SurfaceTrouble trouble) {
      return untold(click, place, trouble, began);
    }
  }

  /** What is left to say after an answer at once is for the person alone. */
  private static CardPlace told(Click click, Optional<Surface> surface) {
    return surface.filter(Surface::answersAtOnce).isPresent()
        ? CardPlace.ownChat(click.surface(), click.who().user())
        : new CardPlace(click.surface(), click.place());
  }

  private void settle(Surface surface, Click click, Answer answer, Instant now)
      throws SurfaceTrouble {
    switch (answer) {
      case Answer.Heard heard -> copies.settle(surface, click, heard.caseId(), now);
      case Answer.Refused(_, _, var id) when id.isPresent() ->
          copies.settle(surface, click, id.get(), now);
      default -> {}
    }
  }

  private Optional<Duration> untold(
      Click click, CardPlace place, SurfaceTrouble trouble, Instant began) {
    boolean transitory =
        switch (trouble.kind()) {
          case AWAY, UNSURE -> true;
          case CLOSED, GONE, UNFIT -> false;
        };
    if (transitory && tries.merge(click.eventId(), 1, Integer::sum) < MOST_TRIES) {
      return Optional.of(surfaces.answers().trouble(place, trouble, began, clock.instant()));
    }
    tries.remove(click.eventId());
    log.warn("notice.missed surface={} why={}", click.surface(), trouble.getMessage());
    return Optional.empty();
  }

  /**
   * Reminds people of a case where they see its card, once at each card. Where a platform cannot
   * take it now it is tried again; where nobody knows whether it did, it is not.
   *
   * @param reminder which one it is
   * @return how long to wait before the next try; empty when nobody is left to remind
   */
  public Optional<Duration> remind(CaseId id, String reminder) {
    Optional<CaseFile> file = book.find(id).filter(it -> it.openStage().isPresent());
    if (file.isEmpty()) {
      return Optional.empty();
    }
    Notice notice = Notices.reminder(file.get());
    return book.cards(id).stream()
        .filter(row -> row.token().isPresent() && row.externalId().isPresent())
        .flatMap(row -> remind(row, reminder, notice).stream())
        .min(Comparator.naturalOrder());
  }

  private Optional<Duration> remind(CardRow row, String reminder, Notice notice) {
    Optional<Surface> surface = surfaces.named(row.place().surface());
    if (surface.isEmpty() || !reminders.begin(row.id(), reminder)) {
      return Optional.empty();
    }
    Instant began = clock.instant();
    Errand errand = new Errand(Errand.Kind.POST, "reminder " + row.id(), row.place(), false);
    Optional<Duration> wait =
        surfaces
            .pauses()
            .left(row.place(), began)
            .or(() -> surface.get().book(errand))
            .or(() -> surfaces.pauses().enter(row.place(), began));
    if (wait.isPresent()) {
      reminders.giveBack(row.id(), reminder);
      return wait;
    }
    try {
      surface.get().remind(row.externalId().orElseThrow(), notice);
      surfaces.pauses().fine(row.place(), began);
      return Optional.empty();
    } catch (SurfaceTrouble trouble) {
      return unreminded(row, reminder, trouble, began);
    }
  }

  private Optional<Duration> unreminded(
      CardRow row, String reminder, SurfaceTrouble trouble, Instant began) {
    log.warn("reminder.missed surface={} why={}", row.place().surface(), trouble.getMessage());
    return switch (trouble.kind()) {
      case AWAY, CLOSED -> {
        reminders.giveBack(row.id(), reminder);
        yield Optional.of(surfaces.pauses().trouble(row.place(), trouble, began, clock.instant()));
      }
      case UNSURE, GONE, UNFIT -> Optional.empty();
    };
  }
}
