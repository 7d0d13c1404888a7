package dev.postern.audit;

import dev.postern.audit.Verdict.Broken;
import dev.postern.audit.Verdict.Flaw;
import dev.postern.audit.Verdict.Whole;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log from its first entry on and says whether it is whole. It needs nothing but the
 * entries, the checkpoints and the log's public key, and keeps only the head of the tree and the
 * checkpoints that are still ahead. Checkpoints may be given before the entries (kept elsewhere) or
 * between them; at the latest directly after the last entry that they cover. After the first flaw
 * the rest is passed over.
 *
 * <p>What it cannot see: that the end of a log was cut off together with every checkpoint of the
 * cut-off part. Whoever keeps a copy of the newest checkpoint elsewhere and gives it here, sees
 * that too.
 */
public final class LogVerifier {
  private final LogKey key;
  private final CompactRange tree = CompactRange.empty();
  private final TreeMap<Long, Hash> ahead = new TreeMap<>();
  private long signed;
  private @Nullable Broken broken;

  /** A verifier for the log whose public key this is. */
  public LogVerifier(LogKey key) {
    this.key = key;
  }

  /**
   * The next entry.
   *
   * @param number as stored, from 1
   * @param canonical the bytes as stored
   * @param storedLeaf the leaf hash as stored
   */
  public void entry(long number, byte[] canonical, Hash storedLeaf) {
    long expected = tree.size() + 1;
    Hash leaf = Merkle.leafHash(canonical);
    if (number > expected) {
      fail(Flaw.REMOVED, "entry %d is missing: entry %d comes next".formatted(expected, number));
    } else if (number < expected) {
      fail(Flaw.REORDERED, "entry %d stands where %d should".formatted(number, expected));
    } else if (!leaf.equals(storedLeaf)) {
      fail(Flaw.CHANGED, "entry %d was changed: it does not have its hash".formatted(number));
    }
    if (broken == null) {
      tree.append(leaf);
      compare(ahead.remove(expected));
    }
  }

  /** A checkpoint as it was stored or kept: the whole signed note. */
  public void checkpoint(String note) {
    Optional<Checkpoint> opened = Checkpoint.open(note, key);
    if (opened.isEmpty()) {
      failAt(
          signed + 1,
          Flaw.FORGED_CHECKPOINT,
          "a checkpoint after entry %d was not signed by %s".formatted(tree.size(), key.name()));
      return;
    }
    Checkpoint checkpoint = opened.get();
    if (checkpoint.size() < tree.size()) {
      fail(
          Flaw.REORDERED,
          "checkpoint %d stands after entry %d".formatted(checkpoint.size(), tree.size()));
    } else if (checkpoint.size() == tree.size()) {
      compare(checkpoint.root());
    } else {
      Hash other = ahead.put(checkpoint.size(), checkpoint.root());
      if (other != null && !other.equals(checkpoint.root())) {
        fail(
            Flaw.NOT_AS_SIGNED,
            "two checkpoints of size %d differ: the log was forked".formatted(checkpoint.size()));
      }
    }
  }

  /** A line that is neither entry nor checkpoint. */
  void malformed(String reason) {
    fail(Flaw.MALFORMED, reason);
  }

  /** What was found, once everything was given. */
  public Verdict verdict() {
    if (broken == null && !ahead.isEmpty()) {
      fail(
          Flaw.TAIL_REMOVED,
          "the log ends after entry %d, but a checkpoint covers %d entries"
              .formatted(tree.size(), ahead.lastKey()));
    }
    return broken != null ? broken : new Whole(tree.size(), signed, tree.root());
  }

  private void compare(@Nullable Hash root) {
    if (root == null) {
      return;
    }
    if (root.equals(tree.root())) {
      signed = tree.size();
      return;
    }
    String where =
        signed == tree.size()
            ? "the checkpoint of size %d contradicts the one before".formatted(signed)
            : "at least one of the entries %d to %d is not the one that was signed"
                .formatted(signed + 1, tree.size());
    failAt(Math.clamp(signed + 1, 1, Math.max(1, tree.size())), Flaw.NOT_AS_SIGNED, where);
  }

  private void fail(Flaw flaw, String reason) {
    failAt(tree.size() + 1, flaw, reason);
  }

  private void failAt(long entry, Flaw flaw, String reason) {
    if (broken == null) {
      broken = new Broken(entry, flaw, reason);
    }
  }
}
