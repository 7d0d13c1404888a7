package dev.postern.evidence.dkim;

import java.security.MessageDigest;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** SHA-256 of several beginnings of one stream of octets, in one pass over it. */
final class PrefixDigest implements Octets {

  /** Stands for the whole stream, however long. */
  static final long WHOLE = Long.MAX_VALUE;

  private final MessageDigest sha256;
  private final Gathering pieces;
  private final SortedSet<Long> due;
  private final Map<Long, byte[]> hashes = new HashMap<>();
  private long total;

  /** Will know the hashes of the first {@code lengths} octets and of {@link #WHOLE}. */
  PrefixDigest(MessageDigest sha256, Collection<Long> lengths) {
    this.sha256 = sha256;
    this.pieces = new Gathering((octets, from, to) -> sha256.update(octets, from, to - from));
    this.due = new TreeSet<>(lengths);
    due.remove(WHOLE);
    takeWhatIsDue();
  }

  @Override
  public void put(byte[] octets, int from, int to) {
    int at = from;
    while (at < to) {
      long room = due.isEmpty() ? WHOLE : due.first() - total;
      int count = (int) Math.min(room, to - at);
      pieces.put(octets, at, at + count);
      at += count;
      total += count;
      takeWhatIsDue();
    }
  }

  /** Ends the stream. To be called once, before the hashes are asked for. */
  void finish() {
    pieces.flush();
    hashes.put(WHOLE, sha256.digest());
  }

  /** Octets that came. */
  long total() {
    return total;
  }

  /** The hash of the first {@code length} octets; empty if fewer came. */
  Optional<byte[]> hash(long length) {
    return Optional.ofNullable(hashes.get(length));
  }

  private void takeWhatIsDue() {
    while (!due.isEmpty() && due.first() == total) {
      pieces.flush();
      hashes.put(due.removeFirst(), Sha256.copyOf(sha256).digest());
    }
  }
}
