package dev.postern.store;

import dev.postern.audit.AuditExport;
import dev.postern.audit.Checkpoint;
import dev.postern.audit.CompactRange;
import dev.postern.audit.Hash;
import dev.postern.audit.LogEntry;
import dev.postern.audit.Merkle;
import dev.postern.audit.SigningKey;
import java.io.OutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbers log entries, grows the Merkle tree over them and signs a checkpoint. Entries are written
 * unnumbered, in the transaction of what they tell of; one replica at a time numbers them, since it
 * holds the row of the tree's head locked.
 */
public final class Sequencer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);
  private static final int BATCH = 1000;
  private static final long MILLIS_BETWEEN = 500;

  private final Jdbi jdbi;
  private final SigningKey key;
  private final InstantSource clock;
  private final ScheduledExecutorService beat =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("audit-sequencer").factory());

  Sequencer(Jdbi jdbi, SigningKey key, InstantSource clock) {
    this.jdbi = jdbi;
    this.key = key;
    this.clock = clock;
  }

  /** Numbers what is new, twice a second. */
  public void start() {
    var _ =
        beat.scheduleWithFixedDelay(
            this::catchUp, MILLIS_BETWEEN, MILLIS_BETWEEN, TimeUnit.MILLISECONDS);
  }

  private void catchUp() {
    try {
      while (number() == BATCH) {
        LOG.debug("numbered a full batch of log entries");
      }
    } catch (RuntimeException e) {
      LOG.error("the log could not be continued; it is tried again", e);
    }
  }

  private record Entry(long id, LogEntry entry) {}

  /** Numbers at most one batch; returns how many entries it was. */
  public int number() {
    return jdbi.inTransaction(
        handle -> {
          CompactRange tree = lockedTree(handle);
          List<Entry> fresh = fresh(handle);
          for (Entry one : fresh) {
            Hash leaf = Merkle.leafHash(one.entry().canonical());
            tree.append(leaf);
            handle.execute(
                "UPDATE audit_entry SET number = ?, leaf_hash = ? WHERE id = ?",
                tree.size(),
                leaf.hex(),
                one.id());
          }
          if (!fresh.isEmpty()) {
            sign(handle, tree);
          }
          return fresh.size();
        });
  }

  private CompactRange lockedTree(Handle handle) {
    String state =
        handle
            .createQuery("SELECT peaks FROM audit_head WHERE id = 1 FOR UPDATE")
            .mapTo(String.class)
            .one();
    Optional<String> newest =
        handle
            .createQuery("SELECT note FROM audit_checkpoint ORDER BY size DESC LIMIT 1")
            .mapTo(String.class)
            .findOne();
    if (state.isEmpty() && newest.isEmpty()) {
      return CompactRange.empty();
    }
    if (state.isEmpty()) {
      throw new StoreTrouble(
          "the head of the log is empty, but checkpoints exist: the log was changed");
    }
    Checkpoint head =
        newest
            .flatMap(note -> Checkpoint.open(note, key.verifier()))
            .orElseThrow(
                () ->
                    new StoreTrouble(
                        "the newest checkpoint of the log was not signed by this log key: put the"
                            + " key of this store back, or the log was changed"));
    return CompactRange.resume(HexFormat.of().parseHex(state), head);
  }

  private static List<Entry> fresh(Handle handle) {
    return handle
        .createQuery("SELECT * FROM audit_entry WHERE number IS NULL ORDER BY id LIMIT :batch")
        .bind("batch", BATCH)
        .map((row, _) -> new Entry(row.getLong("id"), entry(row)))
        .list();
  }

  private static LogEntry entry(ResultSet row) throws SQLException {
    return new LogEntry(
        Rows.instant(row, "at"),
        row.getString("actor"),
        row.getString("what"),
        row.getString("case_id"),
        row.getString("detail"));
  }

  private void sign(Handle handle, CompactRange tree) {
    handle.execute(
        "UPDATE audit_head SET size = ?, peaks = ? WHERE id = 1",
        tree.size(),
        HexFormat.of().formatHex(tree.state()));
    handle.execute(
        "INSERT INTO audit_checkpoint (size, note, at) VALUES (?, ?, ?)",
        tree.size(),
        Checkpoint.of(key.verifier().name(), tree).sign(key),
        Rows.utc(clock.instant()));
  }

  /** Writes the whole numbered log with its checkpoints; see {@link AuditExport} for the form. */
  public void export(OutputStream out) {
    AuditExport file = new AuditExport(out);
    jdbi.useTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT e.*, c.note FROM audit_entry e
                      LEFT JOIN audit_checkpoint c ON c.size = e.number
                     WHERE e.number IS NOT NULL ORDER BY e.number
                    """)
                .setFetchSize(BATCH)
                .map(
                    (row, _) -> {
                      Hash leaf = Hash.ofHex(row.getString("leaf_hash"));
                      file.entry(row.getLong("number"), entry(row).canonical(), leaf);
                      return Rows.text(row, "note");
                    })
                .stream()
                .flatMap(Optional::stream)
                .forEach(file::checkpoint));
  }

  @Override
  public void close() {
    beat.shutdown();
    try {
      if (!beat.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.warn("the log's sequencer did not stop in time; the next start goes on from its rows");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    catchUp();
  }
}
