package dev.postern.store;

import dev.postern.approval.CaseId;
import dev.postern.approval.Vote;
import org.jdbi.v3.core.Handle;

/** The votes of one case, whose row is locked. */
record VoteRows(Handle handle, CaseId id) {

  boolean put(Vote vote) {
    boolean again = has(handle, vote.stageId(), vote.personId());
    if (again) {
      write(
          vote,
          """
          UPDATE vote SET person_name = :name, choice = :choice, reason = :reason,
                          digest = :digest, surface = :surface, cast_at = :at, withdrawn = FALSE
           WHERE stage_id = :stage AND person_id = :person AND case_id = :id
          """);
    } else {
      write(
          vote,
          """
          INSERT INTO vote (stage_id, person_id, case_id, person_name, choice, reason, digest,
                            surface, cast_at)
          VALUES (:stage, :person, :id, :name, :choice, :reason, :digest, :surface, :at)
          """);
    }
    return again;
  }

  static boolean has(Handle handle, long stageId, String personId) {
    return handle
        .createQuery("SELECT 1 FROM vote WHERE stage_id = :stage AND person_id = :person")
        .bind("stage", stageId)
        .bind("person", personId)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  boolean withdraw(long stageId, String personId) {
    int withdrawn =
        handle.execute(
            """
            UPDATE vote SET withdrawn = TRUE
             WHERE stage_id = ? AND person_id = ? AND NOT withdrawn
            """,
            stageId,
            personId);
    return withdrawn > 0;
  }

  private void write(Vote vote, String sql) {
    handle
        .createUpdate(sql)
        .bind("stage", vote.stageId())
        .bind("person", vote.personId())
        .bind("id", id.text())
        .bind("name", vote.personName())
        .bind("choice", Codec.choice(vote.choice()))
        .bind("reason", vote.reason())
        .bind("digest", vote.digest().hex())
        .bind("surface", vote.surface())
        .bind("at", Rows.utc(vote.at()))
        .execute();
  }
}
