package dev.postern.store;

import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.Hold;
import dev.postern.approval.Mention;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/** What cases can be looked up by, exactly. */
record Mentions(Handle handle) {
  private static final String OLDER =
      """
       AND n.received_at <= (SELECT a.received_at FROM case_file a WHERE a.id = :after)
       AND (n.received_at, n.hold_id) <
           (SELECT a.received_at, a.hold_id FROM case_file a WHERE a.id = :after)
      """;

  /** Writes down what a new hold is found by. */
  void keep(long holdId, Hold hold) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO mention (hold_id, word, received_at) VALUES (:hold, :word, :receivedAt)
            """);
    for (Mention mention : Mention.in(hold)) {
      batch
          .bind("hold", holdId)
          .bind("word", mention.key())
          .bind("receivedAt", Rows.utc(hold.receivedAt()))
          .add();
    }
    if (batch.size() > 0) {
      batch.execute();
    }
  }

  /** Cases that mention this, older than one, newest first. */
  List<CaseFile> cases(Mention what, Optional<CaseId> after, int limit) {
    String sql =
        "SELECT c.id FROM mention n JOIN case_file c ON c.hold_id = n.hold_id WHERE n.word = :word"
            + (after.isPresent() ? OLDER : "")
            + " ORDER BY n.received_at DESC, n.hold_id DESC LIMIT :limit";
    Query query = handle.createQuery(sql).bind("word", what.key()).bind("limit", limit);
    after.ifPresent(id -> query.bind("after", id.text()));
    CaseReader reader = new CaseReader(handle);
    return query.mapTo(String.class).list().stream()
        .flatMap(id -> reader.find(new CaseId(id)).stream())
        .toList();
  }
}
