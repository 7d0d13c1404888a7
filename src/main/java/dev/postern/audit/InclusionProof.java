package dev.postern.audit;

import java.util.ArrayList;
import java.util.List;

/**
 * That one entry is in a tree (RFC 6962 §2.1.1).
 *
 * @param index of the leaf, from 0; entry number minus one
 * @param size of the tree
 * @param path the hashes beside the way from the leaf to the root, lowest first
 */
public record InclusionProof(long index, long size, List<Hash> path) {

  /** Takes a copy of the path. */
  public InclusionProof {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("no leaf " + index + " in a tree of " + size);
    }
    path = List.copyOf(path);
  }

  /** The proof for one of these leaves; it hashes them all. */
  public static InclusionProof of(List<Hash> leaves, int index) {
    List<Hash> path = new ArrayList<>();
    climb(leaves, index, path);
    return new InclusionProof(index, leaves.size(), path);
  }

  private static void climb(List<Hash> leaves, int index, List<Hash> path) {
    if (leaves.size() == 1) {
      return;
    }
    int left = Merkle.leftSize(leaves.size());
    List<Hash> lower = leaves.subList(0, left);
    List<Hash> upper = leaves.subList(left, leaves.size());
    if (index < left) {
      climb(lower, index, path);
      path.add(Merkle.root(upper));
    } else {
      climb(upper, index - left, path);
      path.add(Merkle.root(lower));
    }
  }

  /** Whether it proves this leaf to be under this root (RFC 9162 §2.1.3.2). */
  public boolean proves(Hash leaf, Hash root) {
    long node = index;
    long last = size - 1;
    Hash hash = leaf;
    for (Hash beside : path) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        hash = Merkle.nodeHash(beside, hash);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        hash = Merkle.nodeHash(hash, beside);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && hash.equals(root);
  }
}
