package dev.postern.store;

import dev.postern.approval.CaseId;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Entries of the tamper-evident log, in whatever transaction the handle is in. */
record LogRows(Handle handle) {

  /** Writes an entry, which the sequencer numbers; returns what to tell once it is durable. */
  Story.Line add(Story.Line line, Instant at) {
    handle
        .createUpdate(
            """
            INSERT INTO audit_entry (at, actor, what, case_id, detail)
            VALUES (:at, :actor, :what, :case, :detail)
            """)
        .bind("at", Rows.utc(at))
        .bind("actor", line.actor())
        .bind("what", line.what())
        .bind("case", line.caseId().map(CaseId::text).orElse(""))
        .bind("detail", line.detail())
        .execute();
    return line;
  }
}
