package dev.postern.store;

import dev.postern.approval.CaseId;
import dev.postern.evidence.Digest;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.EvidenceJson;
import dev.postern.policy.Situation.Context;
import org.jdbi.v3.core.Handle;

/** Evidence as cases had it, one revision after the other. */
final class EvidenceRows {
  private EvidenceRows() {}

  /** Adds a revision, with what rules knew besides when they saw it. */
  static void add(Handle handle, CaseId id, Evidence evidence, Digest digest, Context context) {
    handle
        .createUpdate(
            """
            INSERT INTO evidence (case_id, revision, canonical, digest, situation)
            SELECT :id, COALESCE(MAX(revision), 0) + 1, :canonical, :digest, :situation
              FROM evidence WHERE case_id = :id
            """)
        .bind("id", id.text())
        .bind("canonical", EvidenceJson.write(evidence))
        .bind("digest", digest.hex())
        .bind("situation", SituationCodec.write(context))
        .execute();
  }
}
