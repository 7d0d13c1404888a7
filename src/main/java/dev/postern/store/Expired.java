package dev.postern.store;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * Rows that say nothing any more once their time is over, and of which nobody is told.
 *
 * @param table where they stand
 * @param key its primary key
 * @param time the column that says since when a row is worth nothing
 */
record Expired(String table, String key, String time) {
  /** Signatures that nobody believes any more. */
  static final Expired REQUESTS = new Expired("taken_request", "hash", "expires");

  /** Readings that name nobody any more. */
  static final Expired READINGS = new Expired("group_reading", "group_id", "read_at");

  /** Chats in which nobody has written for long; they are begun again as they are needed. */
  static final Expired CHATS = new Expired("conversation", "place", "heard_at");

  /** Words of gateways; those on cases are gone with them, or tell little after so long. */
  static final Expired REPORTS = new Expired("gateway_report", "source, source_id", "reported_at");

  /** Grants that are over, as long as cases are kept. */
  static final Expired GRANTS = new Expired("grant_", "id", "ended");

  /** Removes at most so many of those from before then; says how many. */
  int remove(Handle handle, Instant before, int most) {
    return handle
        .createUpdate(
            "DELETE FROM %s WHERE (%s) IN (SELECT %s FROM %s WHERE %s < :before ORDER BY %s LIMIT :most)"
                .formatted(table, key, key, table, time, time))
        .bind("before", Rows.utc(before))
        .bind("most", most)
        .execute();
  }
}
