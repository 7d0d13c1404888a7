package dev.postern.audit;

import dev.postern.audit.Verdict.Broken;
import dev.postern.audit.Verdict.Flaw;
import dev.postern.audit.Verdict.Whole;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log from its first entry on and says whether it is whole. It needs nothing but the
 * entries, the checkpoints and the log's public key, and keeps only the head of the tree and the
 * checkpoints that were kept elsewhere. Each checkpoint names the one before, so that none of them
 * can be missing, and the last one covers the last entry, as the sequencer writes them. After the
 * first flaw the rest is passed over. For one thread.
 *
 * <p>What it cannot see: that the end of a log was cut off together with every checkpoint of the
 * cut-off part. Whoever keeps a copy of the newest checkpoint elsewhere and gives it here, sees
 * that too.
 */
public final class LogVerifier implements LogVisitor {
  private final LogKey key;
  private final CompactRange tree = CompactRange.empty();
  private final TreeMap<Long, Hash> elsewhere = new TreeMap<>();
  private long vouched; // the size of the last checkpoint of the log itself
  private long early; // the size of a checkpoint whose entries did not come yet; 0 without
  private long sound;
  private @Nullable Broken broken;

  /** A verifier for the log whose public key this is. */
  public LogVerifier(LogKey key) {
    this.key = key;
  }

  /**
   * A checkpoint that was kept elsewhere, to be given before the log: the log as it was then must
   * be the beginning of the log as it is now. There may be several, in any order.
   */
  public void since(String note) {
    Optional<Checkpoint> opened = Checkpoint.open(note, key);
    if (opened.isEmpty()) {
      fail(
          Flaw.FORGED_CHECKPOINT,
          "a checkpoint that was kept elsewhere was not signed by "
              + key.name()
              + ": it is of another log, or the log has another key now");
      return;
    }
    Checkpoint kept = opened.get();
    Hash other = elsewhere.put(kept.size(), kept.root());
    if (other != null && !other.equals(kept.root())) {
      fail(Flaw.NOT_AS_SIGNED, forked(kept));
    }
  }

  @Override
  public void entry(long number, byte[] canonical, String storedLeaf) {
    if (broken != null) {
      return;
    }
    long expected = tree.size() + 1;
    Hash leaf = Merkle.leafHash(canonical);
    if (number > expected) {
      fail(Flaw.REMOVED, "entry %d is missing: entry %d comes next".formatted(expected, number));
    } else if (number < expected) {
      fail(Flaw.REORDERED, "entry %d stands where %d should".formatted(number, expected));
    } else if (early > 0) {
      fail(
          Flaw.REORDERED,
          "the checkpoint of %d entries stands before entry %d".formatted(early, number));
    } else if (!leaf.hex().equals(storedLeaf)) {
      fail(Flaw.CHANGED, "entry %d was changed: it does not have its hash".formatted(number));
    }
    if (broken == null) {
      tree.append(leaf);
      compare(elsewhere.remove(expected), "a checkpoint that was kept elsewhere");
    }
  }

  @Override
  public void checkpoint(String note) {
    if (broken != null) {
      return;
    }
    Optional<Checkpoint> opened = Checkpoint.open(note, key);
    if (opened.isEmpty()) {
      fail(
          Flaw.FORGED_CHECKPOINT,
          "the checkpoint after entry %d was not signed by %s".formatted(tree.size(), key.name()));
      return;
    }
    Checkpoint checkpoint = opened.get();
    if (checkpoint.previous() > vouched) {
      fail(
          Flaw.REMOVED,
          "a checkpoint is missing: that of %d entries, before that of %d entries"
              .formatted(checkpoint.previous(), checkpoint.size()));
    } else if (checkpoint.previous() < vouched || checkpoint.size() < tree.size()) {
      fail(
          Flaw.REORDERED,
          "the checkpoint of %d entries stands after entry %d, where it does not belong"
              .formatted(checkpoint.size(), tree.size()));
    }
    vouched = checkpoint.size();
    if (checkpoint.size() > tree.size()) {
      early = checkpoint.size();
    } else {
      compare(checkpoint.root(), "the checkpoint of %d entries".formatted(checkpoint.size()));
    }
  }

  /** What is neither entry nor checkpoint counts against the log. */
  @Override
  public void malformed(String reason) {
    fail(Flaw.MALFORMED, reason);
  }

  /**
   * The head of the tree as it is stored beside the log, once all entries were given: what the log
   * would be continued from.
   *
   * @param state as {@link CompactRange#state()} told it
   */
  public void head(byte[] state) {
    if (!Arrays.equals(state, tree.state())) {
      fail(
          Flaw.HEAD_CHANGED,
          "the stored head of the tree is not that of the %d entries: Postern will not continue"
                  .formatted(tree.size())
              + " this log");
    }
  }

  /** What was found, once everything was given. */
  public Verdict verdict() {
    compare(tree.size() == 0 ? elsewhere.remove(0L) : null, "the checkpoint of an empty log");
    if (early > 0) {
      fail(
          Flaw.TAIL_REMOVED,
          "the log ends after entry %d, but a checkpoint of it covers %d entries"
              .formatted(tree.size(), early));
    } else if (!elsewhere.isEmpty() && elsewhere.lastKey() > tree.size()) {
      fail(
          Flaw.TAIL_REMOVED,
          "the log ends after entry %d, but a checkpoint that was kept elsewhere covers %d entries"
              .formatted(tree.size(), elsewhere.lastKey()));
    } else if (tree.size() > vouched) {
      fail(
          vouched + 1,
          Flaw.NOT_SIGNED,
          "no checkpoint covers the entries from %d to %d: they were added, or it was removed"
              .formatted(vouched + 1, tree.size()));
    }
    return broken != null ? broken : new Whole(tree.size(), tree.root());
  }

  private void compare(@Nullable Hash root, String whose) {
    if (root == null || broken != null) {
      return;
    }
    if (root.equals(tree.root())) {
      sound = tree.size();
    } else if (sound == tree.size()) {
      fail(
          Math.max(1, sound),
          Flaw.NOT_AS_SIGNED,
          whose + " contradicts another one of the same size: the log was forked");
    } else {
      fail(
          sound + 1,
          Flaw.NOT_AS_SIGNED,
          "at least one of the entries from %d to %d is not the one that was signed: %s has"
                  .formatted(sound + 1, tree.size(), whose)
              + " another root");
    }
  }

  private static String forked(Checkpoint kept) {
    return "two checkpoints of %d entries that were kept elsewhere differ: the log was forked"
        .formatted(kept.size());
  }

  private void fail(Flaw flaw, String reason) {
    fail(tree.size() + 1, flaw, reason);
  }

  private void fail(long entry, Flaw flaw, String reason) {
    if (broken == null) {
      broken = new Broken(entry, flaw, reason, sound);
    }
  }
}
