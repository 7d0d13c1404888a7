package dev.postern.card;

import dev.postern.approval.CardRow;
import dev.postern.approval.Testimony;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Rows as the store keeps them, for the keeper's own tests. */
final class MemoryCardRows implements CardRows {
  private final Map<String, String> reminded = new HashMap<>();
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final List<String> missed = new ArrayList<>();
  final List<Testimony.Absence> unreached = new ArrayList<>();

  private record Entry(
      CardRow row,
      long turn,
      Optional<Instant> until,
      Instant due,
      Optional<Instant> doubted,
      int misses) {

    Entry with(CardRow newer) {
      return new Entry(newer, turn, until, due, doubted, misses);
    }

    Entry due(Instant then) {
      return new Entry(row, turn, until, then, doubted, misses);
    }

    Entry ended(CardRow newer, Instant then) {
      return new Entry(newer, turn, Optional.empty(), then, Optional.empty(), 0);
    }
  }

  synchronized void put(CardRow row) {
    entries.put(row.id(), new Entry(row, 0, Optional.empty(), Instant.MIN, Optional.empty(), 0));
  }

  /** The case changed: the card is to show a newer revision. */
  synchronized void desire(String cardId, int revision) {
    change(cardId, e -> e.with(row(e.row(), e.row().externalId(), revision, e.row().applied())));
  }

  synchronized List<String> missed() {
    return List.copyOf(missed);
  }

  /** A process dies during its turn, and its time passes. */
  synchronized void forget(String cardId) {
    change(
        cardId,
        e ->
            new Entry(
                e.row(),
                e.turn(),
                e.until().map(_ -> Instant.MIN),
                e.due(),
                e.doubted(),
                e.misses()));
  }

  private static CardRow row(CardRow r, Optional<String> external, int desired, int applied) {
    return new CardRow(r.id(), r.caseId(), r.place(), external, r.token(), desired, applied);
  }

  private void change(String cardId, UnaryOperator<Entry> change) {
    entries.computeIfPresent(cardId, (_, entry) -> change.apply(entry));
  }

  private boolean holds(Turn.Mine mine) {
    return Objects.requireNonNull(entries.get(mine.row().id())).turn() == mine.number();
  }

  @Override
  public synchronized Optional<CardRow> find(String cardId) {
    return Optional.ofNullable(entries.get(cardId)).map(Entry::row);
  }

  @Override
  public synchronized Turn take(String cardId, Instant now, Duration lease) {
    Entry e = entries.get(cardId);
    if (e == null || e.row().applied() >= e.row().desired()) {
      return new Turn.Nothing();
    }
    if (e.until().filter(now::isBefore).isPresent()) {
      return new Turn.Later(Duration.ofSeconds(1));
    }
    if (now.isBefore(e.due())) {
      return new Turn.Later(Duration.between(now, e.due()));
    }
    Optional<Instant> doubted = e.until().isPresent() ? Optional.of(now) : e.doubted();
    entries.put(
        cardId,
        new Entry(
            e.row(), e.turn() + 1, Optional.of(now.plus(lease)), e.due(), doubted, e.misses()));
    return new Turn.Mine(e.row(), e.turn() + 1, e.misses(), doubted);
  }

  @Override
  public synchronized boolean goOn(Turn.Mine mine, Instant until) {
    return holds(mine);
  }

  @Override
  public synchronized String posted(String cardId, String externalId) {
    change(
        cardId,
        e ->
            e.with(
                row(
                    e.row(),
                    Optional.of(e.row().externalId().orElse(externalId)),
                    e.row().desired(),
                    e.row().applied())));
    return find(cardId).flatMap(CardRow::externalId).orElseThrow();
  }

  @Override
  public synchronized boolean shown(Turn.Mine mine, Instant now) {
    int revision = mine.row().desired();
    if (holds(mine)) {
      change(
          mine.row().id(),
          e ->
              e.ended(
                  row(
                      e.row(),
                      e.row().externalId(),
                      e.row().desired(),
                      Math.max(e.row().applied(), revision)),
                  now));
      return true;
    }
    return false;
  }

  @Override
  public synchronized void shownFor(Turn.Mine mine, Instant then) {
    if (holds(mine)) {
      change(mine.row().id(), e -> e.ended(e.row(), then));
    }
  }

  @Override
  public synchronized void missed(Turn.Mine mine, Miss miss) {
    missed.add(miss.why());
    if (holds(mine)) {
      Optional<Instant> doubted = miss.doubtful() ? Optional.of(miss.at()) : mine.doubted();
      change(
          mine.row().id(),
          e -> new Entry(e.row(), e.turn(), Optional.empty(), miss.due(), doubted, e.misses() + 1));
    }
  }

  @Override
  public synchronized void vanished(Turn.Mine mine, Instant now) {
    if (holds(mine)) {
      change(
          mine.row().id(),
          e -> e.ended(row(e.row(), Optional.empty(), e.row().desired(), e.row().applied()), now));
    }
  }

  @Override
  public synchronized void unreached(Turn.Mine mine, Testimony.Absence why, Instant now) {
    unreached.add(why);
    shown(mine, now);
  }

  @Override
  public synchronized void stale(String cardId, Instant now) {
    find(cardId).ifPresent(row -> desire(cardId, row.desired() + 1));
    change(cardId, e -> e.due(now));
  }

  @Override
  public synchronized void live(CardRow row) {
    change(
        row.id(),
        e -> e.with(row(e.row(), e.row().externalId(), e.row().desired(), row.desired())));
  }

  @Override
  public synchronized void notBefore(String cardId, Instant then) {
    change(cardId, e -> e.due(then));
  }

  @Override
  public synchronized Optional<String> stuck() {
    long stuck =
        entries.values().stream()
            .filter(e -> e.row().applied() < e.row().desired() && e.misses() >= 3)
            .count();
    return stuck == 0 ? Optional.empty() : Optional.of(stuck + " cards failed several times");
  }

  @Override
  public synchronized boolean begin(String cardId, String reminder) {
    return !reminder.equals(reminded.put(cardId, reminder));
  }

  @Override
  public synchronized void giveBack(String cardId, String reminder) {
    reminded.remove(cardId, reminder);
  }
}
