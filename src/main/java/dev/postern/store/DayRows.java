package dev.postern.store;

import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.DayBook;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Counts what became of cases, by index, and keeps which days were told. */
final class DayRows implements DayBook {
  private static final String ENDED =
      " FROM case_file WHERE state = :state AND changed_at >= :from AND changed_at < :to";

  private final Jdbi jdbi;
  private final Optional<GroupSync> disk;

  DayRows(Jdbi jdbi, Optional<GroupSync> disk) {
    this.jdbi = jdbi;
    this.disk = disk;
  }

  @Override
  public Claim claim(String channel, LocalDate day, Instant now, Instant stale) {
    Claim claim = jdbi.inTransaction(handle -> claim(handle, channel, day.toString(), now, stale));
    disk.ifPresent(GroupSync::await);
    return claim;
  }

  private static Claim claim(
      Handle handle, String channel, String day, Instant now, Instant stale) {
    int first =
        handle.execute(
            "INSERT INTO told_day (channel, told, begun, done) VALUES (?, ?, ?, FALSE)"
                + " ON CONFLICT DO NOTHING",
            channel,
            day,
            Rows.utc(now));
    if (first == 1) {
      return Claim.MINE;
    }
    int taken =
        handle.execute(
            "UPDATE told_day SET begun = ?"
                + " WHERE channel = ? AND told = ? AND done = FALSE AND begun <= ?",
            Rows.utc(now),
            channel,
            day,
            Rows.utc(stale));
    if (taken == 1) {
      return Claim.DOUBTED;
    }
    return handle
            .createQuery("SELECT done FROM told_day WHERE channel = :channel AND told = :day")
            .bind("channel", channel)
            .bind("day", day)
            .mapTo(Boolean.class)
            .findOne()
            .orElse(false)
        ? Claim.TOLD
        : Claim.BUSY;
  }

  @Override
  public void told(String channel, LocalDate day) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "UPDATE told_day SET done = TRUE WHERE channel = ? AND told = ?",
                channel,
                day.toString()));
    disk.ifPresent(GroupSync::await);
  }

  @Override
  public void giveBack(String channel, LocalDate day) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "DELETE FROM told_day WHERE channel = ? AND told = ?", channel, day.toString()));
  }

  @Override
  public Day between(Instant from, Instant to) {
    return jdbi.withHandle(
        handle ->
            new Day(
                handle
                    .createQuery(
                        "SELECT COUNT(*) FROM case_file WHERE received_at >= :from"
                            + " AND received_at < :to")
                    .bind("from", Rows.utc(from))
                    .bind("to", Rows.utc(to))
                    .mapTo(Long.class)
                    .one(),
                ended(handle, from, to),
                count(handle, CaseState.EXPIRED, from, to),
                count(handle, CaseState.FAILED, from, to),
                new CaseReader(handle).count(Set.of(CaseState.ASKING)),
                oldest(handle)));
  }

  private static long count(Handle handle, CaseState state, Instant from, Instant to) {
    return handle
        .createQuery("SELECT COUNT(*)" + ENDED)
        .bind("state", state.name())
        .bind("from", Rows.utc(from))
        .bind("to", Rows.utc(to))
        .mapTo(Long.class)
        .one();
  }

  private static List<Ended> ended(Handle handle, Instant from, Instant to) {
    return handle
        .createQuery(
            "SELECT decision, received_at" + ENDED + " AND decision IS NOT NULL LIMIT 10000")
        .bind("state", CaseState.DONE.name())
        .bind("from", Rows.utc(from))
        .bind("to", Rows.utc(to))
        .map(
            (row, _) ->
                new Ended(
                    Codec.decision(row.getString("decision")), Rows.instant(row, "received_at")))
        .list();
  }

  private static List<Waiting> oldest(Handle handle) {
    return handle
        .createQuery(
            "SELECT id, received_at FROM case_file WHERE state = 'ASKING'"
                + " ORDER BY received_at LIMIT 3")
        .map(
            (row, _) ->
                new Waiting(new CaseId(row.getString("id")), Rows.instant(row, "received_at")))
        .list();
  }
}
