package dev.postern.store;

import dev.postern.approval.CaseBook.Missed;
import dev.postern.approval.CaseBook.Share;
import dev.postern.approval.CaseId;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What somebody had a say in, or could have had. */
record Shares(Handle handle) {

  /** Stages that ended without a decision and without one person's vote, the newest first. */
  List<Missed> missed(String personId, Instant since, Instant until, int limit) {
    return handle
        .createQuery(
            """
            SELECT s.case_id, s.closes FROM stage s
             WHERE s.state IN ('EXPIRED', 'ESCALATED') AND s.closes >= :since
               AND s.closes <= :until AND s.ordinal > 0 AND s.approvers LIKE :person ESCAPE '!'
               AND NOT EXISTS (SELECT 1 FROM vote v WHERE v.stage_id = s.id
                                AND v.person_id = :id AND NOT v.withdrawn)
             ORDER BY s.closes DESC, s.id DESC LIMIT :limit
            """)
        .bind("since", Rows.utc(since))
        .bind("until", Rows.utc(until))
        .bind("person", Awaiting.named(personId))
        .bind("id", personId)
        .bind("limit", limit)
        .map(
            (row, _) ->
                new Missed(new CaseId(row.getString("case_id")), Rows.instant(row, "closes")))
        .list();
  }

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
