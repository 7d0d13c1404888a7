package dev.postern.store;

import dev.postern.approval.CardRow;
import dev.postern.approval.Questions;
import dev.postern.approval.Records;
import dev.postern.approval.Testimony;
import dev.postern.approval.Work;
import dev.postern.card.CardRows;
import dev.postern.card.Turn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The rows of cards by Jdbi. A turn ends where {@code turn_until} is empty. */
final class JdbiCardRows implements CardRows {
  /** How soon to look again while somebody else is at the same card. */
  private static final Duration SOON = Duration.ofSeconds(1);

  /** From so many failures in a row on, operators are told. */
  private static final int STUCK = 3;

  private final Jdbi jdbi;
  private final Optional<GroupSync> disk;
  private final Records records;

  JdbiCardRows(Jdbi jdbi, Optional<GroupSync> disk, Records records) {
    this.jdbi = jdbi;
    this.disk = disk;
    this.records = records;
  }

  @Override
  public Optional<CardRow> find(String cardId) {
    return jdbi.withHandle(handle -> find(handle, cardId));
  }

  private static Optional<CardRow> find(Handle handle, String cardId) {
    return handle
        .createQuery("SELECT * FROM card WHERE id = :id")
        .bind("id", cardId)
        .map((row, _) -> Rows.card(row))
        .findOne();
  }

  /** A card as it was seen before its turn was taken. */
  private record Seen(
      CardRow row,
      long turn,
      Optional<Instant> turnUntil,
      Optional<Instant> due,
      Optional<Instant> doubted,
      int misses) {

    static Seen of(ResultSet row) throws SQLException {
      return new Seen(
          Rows.card(row),
          row.getLong("turn"),
          Rows.maybe(row, "turn_until"),
          Rows.maybe(row, "due"),
          Rows.maybe(row, "doubted_at"),
          row.getInt("misses"));
    }
  }

  @Override
  public Turn take(String cardId, Instant now, Duration lease) {
    Turn turn = jdbi.withHandle(handle -> take(handle, cardId, now, lease));
    if (turn instanceof Turn.Mine mine && mine.row().externalId().isEmpty()) {
      // A power cut must not make us forget that we may have posted it.
      disk.ifPresent(GroupSync::await);
    }
    return turn;
  }

  private static Turn take(Handle handle, String cardId, Instant now, Duration lease) {
    Optional<Seen> found =
        handle
            .createQuery("SELECT * FROM card WHERE id = :id")
            .bind("id", cardId)
            .map((row, _) -> Seen.of(row))
            .findOne()
            .filter(seen -> seen.row().applied() < seen.row().desired());
    if (found.isEmpty()) {
      return new Turn.Nothing();
    }
    Seen seen = found.get();
    if (seen.turnUntil().filter(now::isBefore).isPresent()) {
      return new Turn.Later(SOON);
    }
    Optional<Instant> early = seen.due().filter(now::isBefore);
    if (early.isPresent()) {
      return new Turn.Later(Duration.between(now, early.get()));
    }
    // Whoever had a turn and did not end it may have called the platform until just now.
    Optional<Instant> doubted = seen.turnUntil().isPresent() ? Optional.of(now) : seen.doubted();
    int taken =
        handle
            .createUpdate(
                """
                UPDATE card SET turn = turn + 1, turn_until = :until, doubted_at = :doubted
                 WHERE id = :id AND turn = :seen
                """)
            .bind("until", Rows.utc(now.plus(lease)))
            .bind("doubted", Rows.utcOrNull(doubted))
            .bind("id", cardId)
            .bind("seen", seen.turn())
            .execute();
    return taken == 1
        ? new Turn.Mine(seen.row(), seen.turn() + 1, seen.misses(), doubted)
        : new Turn.Later(SOON);
  }

  @Override
  public boolean goOn(Turn.Mine mine, Instant until) {
    return run(
        "UPDATE card SET turn_until = ? WHERE id = ? AND turn = ?",
        Rows.utc(until),
        mine.row().id(),
        mine.number());
  }

  @Override
  public String posted(String cardId, String externalId) {
    run("UPDATE card SET external_id = ? WHERE id = ? AND external_id IS NULL", externalId, cardId);
    // A card whose place is forgotten would be posted a second time.
    disk.ifPresent(GroupSync::await);
    return find(cardId).flatMap(CardRow::externalId).orElse(externalId);
  }

  @Override
  public boolean shown(Turn.Mine mine, Instant now) {
    int revision = mine.row().desired();
    return run(
        """
        UPDATE card
           SET applied = CASE WHEN applied < ? THEN ? ELSE applied END,
               due = CASE WHEN desired > ? THEN CAST(? AS TIMESTAMP WITH TIME ZONE) END,
               missed = '', misses = 0, doubted_at = NULL, turn_until = NULL
         WHERE id = ? AND turn = ?
        """,
        revision,
        revision,
        revision,
        Rows.utc(now),
        mine.row().id(),
        mine.number());
  }

  @Override
  public void shownFor(Turn.Mine mine, Instant then) {
    run(
        """
        UPDATE card SET due = ?, missed = '', misses = 0, doubted_at = NULL, turn_until = NULL
         WHERE id = ? AND turn = ?
        """,
        Rows.utc(then),
        mine.row().id(),
        mine.number());
  }

  @Override
  public void missed(Turn.Mine mine, Miss miss) {
    Optional<Instant> doubted = miss.doubtful() ? Optional.of(miss.at()) : mine.doubted();
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    UPDATE card SET missed = :why, misses = misses + 1, due = :due,
                                    doubted_at = :doubted, turn_until = NULL
                     WHERE id = :id AND turn = :turn
                    """)
                .bind("why", miss.why())
                .bind("due", Rows.utc(miss.due()))
                .bind("doubted", Rows.utcOrNull(doubted))
                .bind("id", mine.row().id())
                .bind("turn", mine.number())
                .execute());
  }

  @Override
  public void vanished(Turn.Mine mine, Instant now) {
    run(
        """
        UPDATE card SET external_id = NULL, due = ?, doubted_at = NULL, turn_until = NULL
         WHERE id = ? AND turn = ?
        """,
        Rows.utc(now),
        mine.row().id(),
        mine.number());
  }

  @Override
  public void unreached(Turn.Mine mine, Testimony.Absence why, Instant now) {
    new Questions(records).unreached(mine.row().caseId(), mine.row().place(), why, now);
    shown(mine, now);
  }

  @Override
  public void stale(String cardId, Instant now) {
    jdbi.useTransaction(
        handle -> {
          handle.execute(
              "UPDATE card SET desired = desired + 1, due = ? WHERE id = ?", Rows.utc(now), cardId);
          find(handle, cardId)
              .ifPresent(
                  card -> WorkQueue.wake(handle, Work.CARD, cardId + "#" + card.desired(), now));
        });
  }

  @Override
  public void live(CardRow row) {
    run(
        """
        UPDATE card SET applied = ?, due = CASE WHEN desired > ? THEN due END
         WHERE id = ? AND applied < ?
        """,
        row.desired(),
        row.desired(),
        row.id(),
        row.desired());
  }

  @Override
  public void notBefore(String cardId, Instant then) {
    run("UPDATE card SET due = ? WHERE id = ? AND due IS NOT NULL", Rows.utc(then), cardId);
  }

  @Override
  public Optional<String> stuck() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT COUNT(*) AS cards, MIN(missed) AS why FROM card
                     WHERE due > :ever AND misses >= :stuck
                    """)
                .bind("ever", Rows.utc(Instant.EPOCH)) // unlike IS NOT NULL, it uses the index
                .bind("stuck", STUCK)
                .map(
                    (row, _) ->
                        row.getLong("cards") == 0
                            ? Optional.<String>empty()
                            : Optional.of(words(row.getLong("cards"), row.getString("why"))))
                .one());
  }

  private static String words(long cards, String why) {
    return cards + (cards == 1 ? " card" : " cards") + " failed several times, such as: " + why;
  }

  @Override
  public boolean begin(String cardId, String reminder) {
    return run(
        "UPDATE card SET reminded = ? WHERE id = ? AND reminded <> ?", reminder, cardId, reminder);
  }

  @Override
  public void giveBack(String cardId, String reminder) {
    run("UPDATE card SET reminded = '' WHERE id = ? AND reminded = ?", cardId, reminder);
  }

  private boolean run(String sql, Object... values) {
    return jdbi.withHandle(handle -> handle.execute(sql, values)) == 1;
  }
}
