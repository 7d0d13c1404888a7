package dev.postern.card;

import dev.postern.approval.Backoff;
import dev.postern.approval.Backstory;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseBook;
import dev.postern.approval.CaseFile;
import dev.postern.approval.Stage;
import dev.postern.approval.Testimony;
import dev.postern.approval.Tokens;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings every card to the truth, however often a platform fails. Safe for many threads and
 * replicas, which take turns at a card.
 *
 * <p>A platform cannot be asked for "once" or "only if newer". So each turn is written down before
 * the platform is called; where nobody knows what a call did, the card is looked for before it is
 * posted again, and drawn once more when nothing older can be on its way any longer.
 */
public final class CardKeeper {
  private static final Logger log = LoggerFactory.getLogger(CardKeeper.class);

  /** Longer than any call of a platform; after it a dead process is taken for dead. */
  private static final Duration LEASE = Duration.ofSeconds(6);

  /** No request is on its way longer than that after its caller gave up. */
  private static final Duration LATE = Duration.ofSeconds(20);

  /** How long a question to one person is tried; those who decide wait for the answer. */
  private static final Duration LONG_ENOUGH = Duration.ofHours(1);

  /** How long one person is tried who is asked alone, where that takes somebody to mend it. */
  private static final Duration SHUT = Duration.ofMinutes(5);

  /** What failed less often may be over soon, however long ago the stage began. */
  private static final int SHUT_MISSES = 3;

  /** How soon a surface may be configured that is not. */
  private static final Duration NOBODY = Duration.ofHours(1);

  private final CardRows rows;
  private final CaseBook book;
  private final Easel easel;
  private final Surfaces surfaces;
  private final InstantSource clock;
  private final Backoff unfit;

  /**
   * Takes its parts.
   *
   * @param surfaces those that are configured; cards of others wait until they are
   * @param clock the time; replicas must agree about it within a second
   * @param random spreads what is tried again
   */
  public CardKeeper(
      CardRows rows,
      CaseBook book,
      Tokens tokens,
      CardWriter writer,
      Surfaces surfaces,
      InstantSource clock,
      RandomGenerator random) {
    this.rows = rows;
    this.book = book;
    this.easel = new Easel(book, tokens, writer);
    this.surfaces = surfaces;
    this.clock = clock;
    this.unfit = new Backoff(Duration.ofMinutes(1), Duration.ofHours(1), random);
  }

  /**
   * Brings one card to its newest revision.
   *
   * @param revision that the wake-up is for; a newer one has a wake-up of its own
   * @return how long to wait before the next try; empty when this wake-up has nothing left to do
   */
  public Optional<Duration> bring(String cardId, int revision) {
    Optional<CardRow> behind =
        rows.find(cardId).filter(r -> r.applied() < r.desired() && r.desired() <= revision);
    if (behind.isEmpty()) {
      return Optional.empty();
    }
    CardPlace place = behind.get().place();
    if (place.surface().equals(CardPlace.WEB.surface())) {
      rows.live(behind.get()); // the page draws the case live
      return Optional.empty();
    }
    Instant now = clock.instant();
    Optional<Surface> surface = surfaces.named(place.surface());
    if (surface.isEmpty()) {
      rows.notBefore(cardId, now.plus(NOBODY));
      return Optional.empty();
    }
    Errand errand = Errand.of(behind.get());
    Optional<Duration> wait =
        surfaces
            .pauses()
            .left(place, now)
            .or(() -> surface.get().book(errand))
            .or(() -> surfaces.pauses().enter(place, now));
    if (wait.isPresent()) {
      return wait;
    }
    return switch (rows.take(cardId, now, LEASE)) {
      case Turn.Nothing _ -> Optional.empty();
      case Turn.Later later -> Optional.of(later.left());
      case Turn.Mine mine -> show(surface.get(), mine, now);
    };
  }

  private Optional<Duration> show(Surface surface, Turn.Mine mine, Instant began) {
    CardRow row = mine.row();
    // Read after the row: what is drawn is then at least as new as the revision recorded.
    Optional<CaseFile> file = book.find(row.caseId());
    if (file.isEmpty()) {
      return Optional.empty(); // retention removed the case meanwhile
    }
    Backstory before = book.backstory(row.caseId());
    Optional<Testimony> question = before.questionAt(row.place());
    if (row.externalId().isEmpty() && nobodyNeeds(before, row, file.get())) {
      return rows.shown(mine, began) ? Optional.empty() : overtaken(row);
    }
    boolean notice = before.noticeAt(row.place()).isPresent();
    if (notice || before.elsewhere(row.place())) {
      before = before.linked(notice ? askingCard(surface, row) : firstCard(surface, before, row));
      if (!rows.goOn(mine, clock.instant().plus(LEASE))) {
        return overtaken(row);
      }
    }
    CardView view = easel.draw(file.get(), before, row, began);
    try {
      Drawn drawn = draw(surface, mine, file.get(), view);
      surfaces.pauses().fine(row.place(), began);
      return switch (drawn) {
        case Drawn.Shown _ -> ended(mine);
        case Drawn.Overtaken _ -> overtaken(row);
        case Drawn.TooEarly early -> tooEarly(mine, early);
      };
    } catch (Unreachable nobody) {
      log.warn("card.unreached case={} why={}", row.caseId(), nobody.getMessage());
      rows.unreached(mine, nobody.why(), clock.instant());
      return Optional.empty();
    } catch (SurfaceTrouble trouble) {
      Optional<Duration> again = missed(mine, file.get(), trouble, began);
      boolean asksAlone = row.place().isOwnChat() && row.token().isPresent();
      Optional<Stage> alone = file.get().openStage().filter(_ -> asksAlone);
      boolean mend =
          switch (trouble.kind()) {
            case CLOSED, UNFIT -> true;
            case AWAY, UNSURE, GONE -> false;
          };
      return given(mine, new Waits(question, alone, mend)) ? again : givenUp(mine);
    }
  }

  /** The way to the card that asked first, for those who are asked now in another place. */
  private Optional<URI> firstCard(Surface surface, Backstory before, CardRow row) {
    Set<CardPlace> first = before.past().getFirst().asked();
    return book.cards(row.caseId()).stream()
        .filter(c -> c.place().surface().equals(surface.name()) && first.contains(c.place()))
        .filter(c -> !c.place().isOwnChat())
        .flatMap(c -> c.externalId().stream())
        .findFirst()
        .flatMap(surface::link);
  }

  /** The same to the card by which people can decide now. */
  private Optional<URI> askingCard(Surface surface, CardRow row) {
    return book.cards(row.caseId()).stream()
        .filter(c -> c.place().surface().equals(surface.name()) && c.token().isPresent())
        .filter(c -> !c.place().isOwnChat())
        .flatMap(c -> c.externalId().stream())
        .findFirst()
        .flatMap(surface::link);
  }

  /** Whether a message for one person would come in vain, or too late to be of use. */
  private static boolean nobodyNeeds(Backstory before, CardRow row, CaseFile file) {
    boolean unasked = before.questionAt(row.place()).flatMap(Testimony::unreached).isPresent();
    boolean askedNoLonger = row.place().isOwnChat() && row.token().isEmpty();
    return unasked
        || askedNoLonger
        || before
            .noticeAt(row.place())
            .filter(over -> over.untold().isPresent() || !HandOvers.open(over, file))
            .isPresent();
  }

  private sealed interface Drawn {
    record Shown() implements Drawn {}

    /** Somebody else took over before the last call. */
    record Overtaken() implements Drawn {}

    /** Not all could be done yet. */
    record TooEarly(String why, Instant then) implements Drawn {}
  }

  private Drawn draw(Surface surface, Turn.Mine mine, CaseFile file, CardView view)
      throws SurfaceTrouble {
    CardRow row = mine.row();
    Optional<String> stands = row.externalId();
    if (stands.isEmpty() && mine.doubted().isPresent()) {
      Optional<Duration> wait = surface.book(Errand.of(row).find());
      if (wait.isPresent()) {
        return later("It is to be looked for.", wait.get());
      }
      stands = surface.find(row.id(), row.place(), file.receivedAt());
      stands.ifPresent(found -> rows.posted(row.id(), found));
      Instant now = clock.instant();
      if (!rows.goOn(mine, now.plus(LEASE))) {
        return new Drawn.Overtaken();
      }
      if (stands.isEmpty() && now.isBefore(mine.doubted().get().plus(LATE))) {
        return new Drawn.TooEarly("It may still be on its way.", mine.doubted().get().plus(LATE));
      }
      wait = stands.flatMap(_ -> surface.book(Errand.of(row).update()));
      if (wait.isPresent()) {
        return later("It was found.", wait.get());
      }
    }
    if (stands.isPresent()) {
      surface.update(stands.get(), row.place(), view);
      return new Drawn.Shown();
    }
    String posted = surface.post(row.id(), row.place(), view);
    if (!rows.posted(row.id(), posted).equals(posted)) {
      surface.remove(posted); // another process, which we took for dead, had posted it after all
      return new Drawn.Overtaken();
    }
    return new Drawn.Shown();
  }

  private Drawn later(String why, Duration wait) {
    return new Drawn.TooEarly(why, clock.instant().plus(wait));
  }

  private Optional<Duration> tooEarly(Turn.Mine mine, Drawn.TooEarly early) {
    Instant now = clock.instant();
    rows.missed(mine, new CardRows.Miss(early.why(), now, early.then(), false));
    return Optional.of(Duration.between(now, early.then()));
  }

  private Optional<Duration> ended(Turn.Mine mine) {
    Instant now = clock.instant();
    Optional<Instant> settled =
        mine.doubted()
            .filter(_ -> mine.row().externalId().isPresent())
            .map(doubt -> doubt.plus(LATE))
            .filter(now::isBefore);
    if (settled.isPresent()) {
      rows.shownFor(mine, settled.get());
      return Optional.of(Duration.between(now, settled.get()));
    }
    return rows.shown(mine, now) ? Optional.empty() : overtaken(mine.row());
  }

  private Optional<Duration> overtaken(CardRow row) {
    rows.stale(row.id(), clock.instant());
    return Optional.empty();
  }

  private Optional<Duration> missed(
      Turn.Mine mine, CaseFile file, SurfaceTrouble trouble, Instant began) {
    Instant now = clock.instant();
    return switch (trouble.kind()) {
      case GONE -> removed(mine, file, now);
      case UNFIT -> {
        if (mine.misses() == 0) {
          log.warn("card.unfit case={} why={}", file.id(), trouble.getMessage());
        }
        yield later(mine, trouble, now, unfit.after(mine.misses() + 1));
      }
      case AWAY, UNSURE, CLOSED ->
          later(
              mine,
              trouble,
              now,
              surfaces.pauses().trouble(mine.row().place(), trouble, began, now));
    };
  }

  /**
   * Whether a card for one person still has time to get there; any other has time enough, and so
   * has one that stands, unless it asks that person alone.
   */
  private boolean given(Turn.Mine mine, Waits waits) {
    if (mine.row().externalId().isPresent() && waits.alone().isEmpty()) {
      return true;
    }
    Instant now = clock.instant();
    boolean late =
        waits
            .question()
            .filter(it -> it.reply().isEmpty())
            .filter(it -> !now.isBefore(it.asking().at().plus(LONG_ENOUGH)))
            .isPresent();
    // What keeps a platform as a whole away keeps other places from being asked as well.
    boolean shut =
        waits.mend()
            && mine.misses() >= SHUT_MISSES
            && waits.alone().filter(stage -> !now.isBefore(stage.opens().plus(SHUT))).isPresent();
    return !late && !shut;
  }

  /**
   * For whom a card is that could not be shown.
   *
   * @param question to a witness
   * @param alone the stage that asks one person alone by it
   * @param mend whether somebody has to mend something first
   */
  private record Waits(Optional<Testimony> question, Optional<Stage> alone, boolean mend) {}

  /** People who wait for an answer are told rather that there will be none. */
  private Optional<Duration> givenUp(Turn.Mine mine) {
    log.warn("card.unreached case={} why=no-answer-for-too-long", mine.row().caseId());
    rows.unreached(mine, Testimony.Absence.SILENT, clock.instant());
    return Optional.empty();
  }

  private Optional<Duration> later(
      Turn.Mine mine, SurfaceTrouble trouble, Instant now, Duration wait) {
    boolean doubtful = trouble.kind() == SurfaceTrouble.Kind.UNSURE;
    String why = String.valueOf(trouble.getMessage());
    rows.missed(mine, new CardRows.Miss(why, now, now.plus(wait), doubtful));
    return Optional.of(wait);
  }

  /**
   * Somebody removed the card in chat. Where people are asked it comes back, so that nobody can
   * keep a question from the others; what is over stays removed.
   */
  private Optional<Duration> removed(Turn.Mine mine, CaseFile file, Instant now) {
    boolean asks = file.asking();
    log.warn(
        "card.removed case={} surface={} posted-again={}",
        file.id(),
        mine.row().place().surface(),
        asks);
    if (asks) {
      rows.vanished(mine, now);
      return Optional.of(Duration.ZERO);
    }
    return rows.shown(mine, now) ? Optional.empty() : overtaken(mine.row());
  }

  /** Which cards wait and why, in words; empty when every card can be shown. */
  public Optional<String> trouble() {
    String words =
        Stream.of(surfaces.pauses().trouble(), rows.stuck())
            .flatMap(Optional::stream)
            .collect(Collectors.joining(" "));
    return List.of(words).stream().filter(w -> !w.isEmpty()).findFirst();
  }
}
