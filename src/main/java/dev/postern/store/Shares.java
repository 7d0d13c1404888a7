package dev.postern.store;

import dev.postern.approval.CaseBook.Share;
import dev.postern.approval.CaseId;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What somebody had a say in. */
record Shares(Handle handle) {

  /** Votes of one person that stand, cast since then, the newest first. */
  List<Share> of(String personId, Instant since, int limit) {
    return handle
        .createQuery(
            """
            SELECT v.case_id, v.choice, v.cast_at, s.opens
              FROM vote v JOIN stage s ON s.id = v.stage_id
             WHERE v.person_id = :person AND v.cast_at >= :since AND NOT v.withdrawn
             ORDER BY v.cast_at DESC LIMIT :limit
            """)
        .bind("person", personId)
        .bind("since", Rows.utc(since))
        .bind("limit", limit)
        .map(
            (row, _) ->
                new Share(
                    new CaseId(row.getString("case_id")),
                    Codec.choice(row.getString("choice")),
                    Rows.instant(row, "opens"),
                    Rows.instant(row, "cast_at")))
        .list();
  }
}
