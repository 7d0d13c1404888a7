package dev.postern.card;

import dev.postern.approval.Answer;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseBook;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.Click;
import dev.postern.approval.Tokens;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings every card to the truth, however often a platform fails, and answers clicks privately.
 * Safe for many threads; one card is brought by one thread of the process at a time, and the rows
 * keep other processes apart.
 */
public final class CardKeeper {
  private static final Logger log = LoggerFactory.getLogger(CardKeeper.class);

  /** How soon to look again while another thread is at the same card. */
  private static final Duration SOON = Duration.ofSeconds(1);

  /** Platforms sometimes ask for absurd waits; a card must not lie for hours because of one. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

  private final CardRows rows;
  private final CaseBook book;
  private final Tokens tokens;
  private final CardWriter writer;
  private final Map<String, Surface> surfaces;
  private final InstantSource clock;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  /**
   * Takes its parts.
   *
   * @param surfaces those that are configured; cards of others wait until they are
   */
  public CardKeeper(
      CardRows rows,
      CaseBook book,
      Tokens tokens,
      CardWriter writer,
      List<Surface> surfaces,
      InstantSource clock) {
    this.rows = rows;
    this.book = book;
    this.tokens = tokens;
    this.writer = writer;
    this.surfaces =
        surfaces.stream().collect(Collectors.toUnmodifiableMap(Surface::name, Function.identity()));
    this.clock = clock;
  }

  /**
   * Brings one card to its newest revision.
   *
   * @return how long to wait before the next try; empty when the card tells the truth, or nobody
   *     shows it
   */
  public Optional<Duration> bring(String cardId) {
    if (!underWay.add(cardId)) {
      return Optional.of(SOON);
    }
    try {
      // Read before the case: what is drawn is then at least as new as the revision recorded.
      return rows.find(cardId).filter(row -> row.applied() < row.desired()).flatMap(this::show);
    } finally {
      underWay.remove(cardId);
    }
  }

  private Optional<Duration> show(CardRow row) {
    if (row.place().surface().equals(CardPlace.WEB.surface())) {
      rows.applied(row.id(), row.desired()); // the page draws the case live
      return Optional.empty();
    }
    Surface surface = surfaces.get(row.place().surface());
    Optional<CaseFile> file = book.find(row.caseId());
    if (surface == null || file.isEmpty()) {
      return Optional.empty();
    }
    CardView view = writer.write(file.get(), row, row.token().map(tokens::seal), clock.instant());
    try {
      draw(surface, row, view);
      return rows.find(row.id())
          .filter(now -> now.applied() < now.desired())
          .map(_ -> Duration.ZERO);
    } catch (SurfaceTrouble trouble) {
      rows.missed(row.id(), String.valueOf(trouble.getMessage()));
      Duration wait = sane(trouble.retryAfter());
      log.warn(
          "card.missed case={} surface={} again-in={} why={}",
          row.caseId(),
          surface.name(),
          wait,
          trouble.getMessage());
      return Optional.of(wait);
    }
  }

  private void draw(Surface surface, CardRow row, CardView view) throws SurfaceTrouble {
    if (row.externalId().isPresent()) {
      surface.update(row.externalId().get(), row.place(), view);
    } else {
      String externalId = surface.post(row.id(), row.place(), view);
      rows.posted(row.id(), externalId);
      if (row.desired() > 1) {
        // What post returned may be a card of an earlier revision whose answer was lost.
        surface.update(externalId, row.place(), view);
      }
    }
    rows.applied(row.id(), row.desired());
  }

  private static Duration sane(Duration wait) {
    Duration atLeast = wait.compareTo(SOON) < 0 ? SOON : wait;
    return atLeast.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : atLeast;
  }

  /** Reminds people of a case where they see its card. Best effort: the card stands without it. */
  public void remind(CaseId id) {
    Optional<CaseFile> file = book.find(id).filter(it -> it.openStage().isPresent());
    if (file.isEmpty()) {
      return;
    }
    Notice notice = Notices.reminder(file.get());
    for (CardRow row : book.cards(id)) {
      Surface surface = surfaces.get(row.place().surface());
      if (surface != null && row.token().isPresent() && row.externalId().isPresent()) {
        try {
          surface.remind(row.externalId().get(), notice);
        } catch (SurfaceTrouble trouble) {
          log.warn("reminder.missed surface={} why={}", surface.name(), trouble.getMessage());
        }
      }
    }
  }

  /** Tells the person who clicked what became of it. Best effort: the vote stands without it. */
  public void tell(Click click, Answer answer) {
    Surface surface = surfaces.get(click.surface());
    if (surface == null) {
      return;
    }
    // Only a refusal is worded by the case; reading it costs as much as judging the click.
    Optional<CaseFile> file =
        answer instanceof Answer.Refused refused
            ? refused.caseId().flatMap(book::find)
            : Optional.empty();
    Notice notice = Notices.of(answer, file);
    try {
      surface.tell(click, notice);
    } catch (SurfaceTrouble trouble) {
      log.warn("notice.missed surface={} why={}", surface.name(), trouble.getMessage());
    }
  }
}
