package dev.postern.audit;

import java.util.ArrayList;
import java.util.List;

/**
 * That a tree is an older one with leaves appended and nothing else done to it (RFC 6962 §2.1.2).
 *
 * @param from size of the older tree, at least 1
 * @param to size of the newer tree
 * @param path the hashes of the proof, in the RFC's order
 */
public record ConsistencyProof(long from, long to, List<Hash> path) {

  /** Takes a copy of the path. */
  public ConsistencyProof {
    if (from < 1 || from > to) {
      throw new IllegalArgumentException("no consistency from size " + from + " to " + to);
    }
    path = List.copyOf(path);
  }

  /** The proof that the first {@code from} of these leaves are the older tree; hashes them all. */
  public static ConsistencyProof of(List<Hash> leaves, int from) {
    List<Hash> path = new ArrayList<>();
    climb(leaves, from, true, path);
    return new ConsistencyProof(from, leaves.size(), path);
  }

  private static void climb(List<Hash> leaves, int from, boolean whole, List<Hash> path) {
    if (from == leaves.size()) {
      if (!whole) {
        path.add(Merkle.root(leaves));
      }
      return;
    }
    int left = Merkle.leftSize(leaves.size());
    List<Hash> lower = leaves.subList(0, left);
    List<Hash> upper = leaves.subList(left, leaves.size());
    if (from <= left) {
      climb(lower, from, whole, path);
      path.add(Merkle.root(upper));
    } else {
      climb(upper, from - left, false, path);
      path.add(Merkle.root(lower));
    }
  }

  /** Whether it proves the newer root to continue the older one (RFC 9162 §2.1.4.2). */
  public boolean proves(Hash older, Hash newer) {
    if (from == to) {
      return path.isEmpty() && older.equals(newer);
    }
    List<Hash> steps = new ArrayList<>(path);
    if (Long.bitCount(from) == 1) {
      steps.addFirst(older); // a complete older tree is itself the first node, and is left out
    }
    if (steps.isEmpty()) {
      return false;
    }
    long node = from - 1;
    long last = to - 1;
    while ((node & 1) == 1) {
      node >>= 1;
      last >>= 1;
    }
    Hash old = steps.getFirst();
    Hash grown = steps.getFirst();
    for (Hash beside : steps.subList(1, steps.size())) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        old = Merkle.nodeHash(beside, old);
        grown = Merkle.nodeHash(beside, grown);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        grown = Merkle.nodeHash(grown, beside);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && old.equals(older) && grown.equals(newer);
  }
}
