package dev.postern.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * The hashes of RFC 6962 §2.1 with SHA-256. Leaves and inner nodes begin with different octets, so
 * that nobody can pass a node off as a leaf.
 */
public final class Merkle {
  private static final byte LEAF = 0x00;
  private static final byte NODE = 0x01;

  private Merkle() {}

  /** The hash of one entry: {@code SHA-256(0x00 || entry)}. */
  public static Hash leafHash(byte[] entry) {
    MessageDigest sha256 = sha256();
    sha256.update(LEAF);
    return Hash.of(sha256.digest(entry));
  }

  /** The hash over two subtrees: {@code SHA-256(0x01 || left || right)}. */
  public static Hash nodeHash(Hash left, Hash right) {
    MessageDigest sha256 = sha256();
    sha256.update(NODE);
    sha256.update(left.octets());
    return Hash.of(sha256.digest(right.octets()));
  }

  /** The root of a tree without entries: the SHA-256 of nothing. */
  public static Hash emptyRoot() {
    return Hash.of(sha256().digest());
  }

  /** The root over these leaf hashes, by the definition. {@link CompactRange} is the quick way. */
  public static Hash root(List<Hash> leaves) {
    return switch (leaves.size()) {
      case 0 -> emptyRoot();
      case 1 -> leaves.getFirst();
      default -> {
        int left = leftSize(leaves.size());
        yield nodeHash(root(leaves.subList(0, left)), root(leaves.subList(left, leaves.size())));
      }
    };
  }

  /** How many leaves the left subtree holds: the largest power of two below {@code leaves}. */
  static int leftSize(int leaves) {
    return Integer.highestOneBit(leaves - 1);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
