package dev.postern.store;

import dev.postern.approval.Sender;
import dev.postern.approval.SenderBook.Before;
import dev.postern.policy.SenderHistory;
import dev.postern.store.SenderCounts.Count;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** How much came from whom, a row a day, and since when, a row in all. */
record SenderRows(Handle handle) {
  private static final String ADD =
      """
      UPDATE sender_day
         SET seen = seen + :seen, passed = passed + :passed, asked = asked + :asked,
             released = released + :released, discarded = discarded + :discarded
       WHERE sender = :sender AND proved = :proved AND day_ = :day
      """;

  /** First and last of what was proved outlive the counts by this. */
  private static final Duration SPAN_LONGER = Duration.ofDays(365);

  /**
   * Adds counts. Rows are locked in their order; those of a message that is taken back or decided
   * are changed only where they are still there.
   */
  void write(List<Map.Entry<SenderCounts.Key, Count>> rows) {
    List<Map.Entry<SenderCounts.Key, Count>> fresh =
        missed(rows, batch(rows, ADD)).stream().filter(row -> row.getValue().seen() > 0).toList();
    batch(
        fresh,
        """
        INSERT INTO sender_day (sender, proved, day_, seen, passed, asked, released, discarded)
        VALUES (:sender, :proved, :day, 0, 0, 0, 0, 0) ON CONFLICT DO NOTHING
        """);
    batch(fresh, ADD);
    batch(
        fresh,
        """
        INSERT INTO sender_span (sender, proved, first_at, last_at)
        VALUES (:sender, :proved, :first, :last) ON CONFLICT DO NOTHING
        """);
    batch(
        rows,
        """
        UPDATE sender_span SET first_at = LEAST(first_at, :first), last_at = GREATEST(last_at, :last)
         WHERE sender = :sender AND proved = :proved AND (first_at > :first OR last_at < :last)
        """);
  }

  private static List<Map.Entry<SenderCounts.Key, Count>> missed(
      List<Map.Entry<SenderCounts.Key, Count>> rows, int[] changed) {
    return IntStream.range(0, rows.size())
        .filter(i -> changed[i] == 0)
        .mapToObj(rows::get)
        .toList();
  }

  private int[] batch(List<Map.Entry<SenderCounts.Key, Count>> rows, String sql) {
    if (rows.isEmpty()) {
      return new int[0];
    }
    PreparedBatch batch = handle.prepareBatch(sql);
    for (Map.Entry<SenderCounts.Key, Count> row : rows) {
      Count count = row.getValue();
      batch
          .bind("sender", row.getKey().sender())
          .bind("proved", row.getKey().proved())
          .bind("day", row.getKey().day())
          .bind("seen", count.seen())
          .bind("passed", count.passed())
          .bind("asked", count.asked())
          .bind("released", count.released())
          .bind("discarded", count.discarded())
          .bind("first", Rows.utc(count.first()))
          .bind("last", Rows.utc(count.last()))
          .add();
    }
    return batch.execute();
  }

  /** What came from a sender in the days before {@code at}. */
  Before before(Sender sender, Instant at, Duration kept) {
    Map<String, SenderHistory> found =
        handle
            .createQuery(
                """
                SELECT s.sender, s.first_at, s.last_at,
                       COALESCE(SUM(d.seen), 0) AS seen, COALESCE(SUM(d.passed), 0) AS passed,
                       COALESCE(SUM(d.asked), 0) AS asked,
                       COALESCE(SUM(d.released), 0) AS released,
                       COALESCE(SUM(d.discarded), 0) AS discarded
                  FROM sender_span s
                  LEFT JOIN sender_day d
                    ON d.sender = s.sender AND d.proved = s.proved AND d.day_ > :since
                 WHERE s.sender IN (:domain, :address) AND s.proved = :proved
                 GROUP BY s.sender, s.first_at, s.last_at
                """)
            .bind("since", day(at.minus(kept)))
            .bind("domain", sender.domain())
            .bind("address", sender.address())
            .bind("proved", sender.proved())
            .map((row, _) -> Map.entry(row.getString("sender"), history(row)))
            .collectToMap(Map.Entry::getKey, Map.Entry::getValue);
    return new Before(
        found.getOrDefault(sender.domain(), SenderHistory.NONE),
        found.getOrDefault(sender.address(), SenderHistory.NONE));
  }

  private static SenderHistory history(ResultSet row) throws SQLException {
    return new SenderHistory(
        row.getLong("seen"),
        row.getLong("passed"),
        row.getLong("asked"),
        row.getLong("released"),
        row.getLong("discarded"),
        Optional.of(Rows.instant(row, "first_at")),
        Optional.of(Rows.instant(row, "last_at")));
  }

  /** Removes at most so many counts of days that are not remembered; says how many. */
  int removeDays(Instant before, int most) {
    return handle
        .createUpdate(
            """
            DELETE FROM sender_day WHERE (sender, proved, day_) IN (
              SELECT sender, proved, day_ FROM sender_day WHERE day_ <= :before
               ORDER BY day_ LIMIT :most FOR UPDATE SKIP LOCKED)
            """)
        .bind("before", day(before))
        .bind("most", most)
        .execute();
  }

  /** Removes at most so many senders that were silent for long; says how many. */
  int removeSpans(boolean proved, Instant before, int most) {
    return handle
        .createUpdate(
            """
            DELETE FROM sender_span WHERE (sender, proved) IN (
              SELECT sender, proved FROM sender_span WHERE last_at < :before AND proved = :proved
               ORDER BY last_at LIMIT :most FOR UPDATE SKIP LOCKED)
            """)
        .bind("before", Rows.utc(proved ? before.minus(SPAN_LONGER) : before))
        .bind("proved", proved)
        .bind("most", most)
        .execute();
  }

  private static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }
}
