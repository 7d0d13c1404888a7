package dev.postern.evidence.dkim;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** SHA-256 of several beginnings of one stream of octets, in one pass over it. */
final class PrefixDigest implements Octets {

  /** Stands for the whole stream, however long. */
  static final long WHOLE = Long.MAX_VALUE;

  /** Shorter pieces are gathered: a digest does much better on long ones. */
  private static final int SHORT = 512;

  private final MessageDigest sha256;
  private final byte[] gathered = new byte[8 * SHORT];
  private int gatheredLength;
  private final long[] lengths;
  private final Map<Long, byte[]> hashes = new HashMap<>();
  private int next;
  private long total;

  /** Will know the hashes of the first {@code lengths} octets and of {@link #WHOLE}. */
  PrefixDigest(MessageDigest sha256, long... lengths) {
    this.sha256 = sha256;
    this.lengths = Arrays.stream(lengths).filter(l -> l < WHOLE).sorted().distinct().toArray();
    takeWhatIsDue();
  }

  @Override
  public void put(byte[] octets, int from, int to) {
    int at = from;
    while (at < to) {
      long room = next < lengths.length ? lengths[next] - total : to - at;
      int count = (int) Math.min(room, to - at);
      take(octets, at, count);
      at += count;
      total += count;
      takeWhatIsDue();
    }
  }

  /** Ends the stream. To be called once, before the hashes are asked for. */
  void finish() {
    flush();
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

  private void take(byte[] octets, int from, int count) {
    if (count >= SHORT || count > gathered.length - gatheredLength) {
      flush();
    }
    if (count >= SHORT) {
      sha256.update(octets, from, count);
    } else {
      System.arraycopy(octets, from, gathered, gatheredLength, count);
      gatheredLength += count;
    }
  }

  private void flush() {
    sha256.update(gathered, 0, gatheredLength);
    gatheredLength = 0;
  }

  private void takeWhatIsDue() {
    while (next < lengths.length && lengths[next] == total) {
      flush();
      hashes.put(lengths[next++], Sha256.copyOf(sha256).digest());
    }
  }
}
