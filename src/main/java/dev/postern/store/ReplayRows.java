package dev.postern.store;

import dev.postern.approval.Replays;
import dev.postern.evidence.Digest;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;

/**
 * Signatures as rows; a row holds a hash, since a signature would still open the door. Not forced
 * to the disk: what a power cut takes with it could be played again for some minutes.
 */
record ReplayRows(Jdbi jdbi, RightOfWay way) implements Replays {

  @Override
  public boolean take(String signature, Instant until) {
    return way.first(
        () ->
            jdbi.withHandle(
                    handle ->
                        handle.execute(
                            "INSERT INTO taken_request (hash, expires) VALUES (?, ?)"
                                + " ON CONFLICT DO NOTHING",
                            Digest.of(signature).hex(),
                            Rows.utc(until)))
                == 1);
  }

  @Override
  public void forget(String signature) {
    jdbi.useHandle(
        handle ->
            handle.execute("DELETE FROM taken_request WHERE hash = ?", Digest.of(signature).hex()));
  }
}
