package dev.postern.audit;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A growing tree of which only the roots of its complete subtrees are kept: one hash for each bit
 * that is set in its size, so that a tree of a million entries takes at most 20 of them. Appending
 * costs two hashes on average. For one thread at a time.
 */
public final class CompactRange {
  private long size;
  private final List<Hash> peaks; // the roots of the complete subtrees, largest first

  private CompactRange(long size, List<Hash> peaks) {
    this.size = size;
    this.peaks = new ArrayList<>(peaks);
  }

  /** A tree without entries. */
  public static CompactRange empty() {
    return new CompactRange(0, List.of());
  }

  /**
   * The tree that {@link #state()} told.
   *
   * @throws IllegalArgumentException if the octets are no state
   */
  public static CompactRange restore(byte[] state) {
    try {
      ByteBuffer in = ByteBuffer.wrap(state);
      long size = in.getLong();
      List<Hash> peaks = new ArrayList<>();
      for (int i = 0; i < Long.bitCount(size); i++) {
        byte[] peak = new byte[Hash.OCTETS];
        in.get(peak);
        peaks.add(Hash.of(peak));
      }
      if (size < 0 || in.hasRemaining()) {
        throw new IllegalArgumentException("not the state of a tree: size " + size);
      }
      return new CompactRange(size, peaks);
    } catch (BufferUnderflowException tooShort) {
      throw new IllegalArgumentException("not the state of a tree: too short", tooShort);
    }
  }

  /**
   * The tree that {@link #state()} told, if it is the one that this checkpoint signed. Whoever
   * grows a log resumes this way: a state that somebody changed in the database must not be signed
   * into the next checkpoint.
   *
   * @param head a checkpoint whose signature was checked
   * @throws IllegalStateException if the state is not what was signed
   */
  public static CompactRange resume(byte[] state, Checkpoint head) {
    CompactRange tree = restore(state);
    if (tree.size != head.size() || !tree.root().equals(head.root())) {
      throw new IllegalStateException(
          "the stored tree of size %d is not the one that checkpoint %d signed: the log was changed"
              .formatted(tree.size, head.size()));
    }
    return tree;
  }

  /** Adds the next leaf. */
  public void append(Hash leaf) {
    Hash grown = leaf;
    for (long complete = size; (complete & 1) == 1; complete >>= 1) {
      grown = Merkle.nodeHash(peaks.removeLast(), grown);
    }
    peaks.add(grown);
    size++;
  }

  /** How many leaves there are. */
  public long size() {
    return size;
  }

  /** The root over all leaves so far. */
  public Hash root() {
    if (peaks.isEmpty()) {
      return Merkle.emptyRoot();
    }
    Hash root = peaks.getLast();
    for (int i = peaks.size() - 2; i >= 0; i--) {
      root = Merkle.nodeHash(peaks.get(i), root);
    }
    return root;
  }

  /** All there is to keep: the size as 8 octets (big-endian), then the peaks, largest first. */
  public byte[] state() {
    ByteBuffer out = ByteBuffer.allocate(Long.BYTES + peaks.size() * Hash.OCTETS);
    out.putLong(size);
    peaks.forEach(peak -> out.put(peak.octets()));
    return out.array();
  }
}
