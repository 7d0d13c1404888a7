package dev.postern.store;

import dev.postern.audit.Checkpoint;
import dev.postern.audit.CompactRange;
import dev.postern.audit.Hash;
import dev.postern.audit.LogEntry;
import dev.postern.audit.Merkle;
import dev.postern.audit.SigningKey;
import dev.postern.audit.Witness;
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
  private final Optional<GroupSync> disk;
  private final SigningKey key;
  private final Witness witness;
  private final InstantSource clock;
  private final ScheduledExecutorService beat =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("audit-sequencer").factory());

  Sequencer(
      Jdbi jdbi, Optional<GroupSync> disk, SigningKey key, Witness witness, InstantSource clock) {
    this.jdbi = jdbi;
    this.disk = disk;
    this.key = key;
    this.witness = witness;
    this.clock = clock;
  }

  /**
   * Numbers what is new, twice a second.
   *
   * @throws StoreTrouble when the log of this store is signed by another key
   */
  public void start() {
    claim();
    var _ =
        beat.scheduleWithFixedDelay(
            this::catchUp, MILLIS_BETWEEN, MILLIS_BETWEEN, TimeUnit.MILLISECONDS);
  }

  /** Whoever is first with an empty log decides which key signs it. */
  private void claim() {
    String mine = key.verifier().toString();
    String signer =
        jdbi.inTransaction(
            handle -> {
              handle.execute("UPDATE audit_head SET signer = ? WHERE signer = ''", mine);
              return handle
                  .createQuery("SELECT signer FROM audit_head")
                  .mapTo(String.class)
                  .findOne()
                  .orElse(mine);
            });
    if (!signer.equals(mine)) {
      throw new StoreTrouble(
          "the log of this store is signed by another key, "
              + signer
              + ": give this Postern the keys folder of the one that began it;"
              + " all replicas have the same keys");
    }
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
    Batch batch = jdbi.inTransaction(this::numbered);
    batch
        .note()
        .ifPresent(
            note -> {
              // A checkpoint that a power cut undoes would look to its witness like a forged log.
              disk.ifPresent(GroupSync::await);
              witness.witness(note);
            });
    return batch.entries();
  }

  private record Batch(int entries, Optional<String> note) {}

  private Batch numbered(Handle handle) {
    CompactRange tree = lockedTree(handle);
    long previous = tree.size(); // every checkpoint covers the whole tree
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
    return fresh.isEmpty()
        ? new Batch(0, Optional.empty())
        : new Batch(fresh.size(), Optional.of(sign(handle, tree, previous)));
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
        .map((row, _) -> new Entry(row.getLong("id"), StoredLog.logEntry(row)))
        .list();
  }

  private String sign(Handle handle, CompactRange tree, long previous) {
    String note = Checkpoint.of(key.verifier().name(), tree, previous).sign(key);
    handle.execute(
        "UPDATE audit_head SET size = ?, peaks = ? WHERE id = 1",
        tree.size(),
        HexFormat.of().formatHex(tree.state()));
    handle.execute(
        "INSERT INTO audit_checkpoint (size, note, at) VALUES (?, ?, ?)",
        tree.size(),
        note,
        Rows.utc(clock.instant()));
    return note;
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
