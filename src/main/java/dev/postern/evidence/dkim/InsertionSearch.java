package dev.postern.evidence.dkim;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Looks for text that was put into a body, at its end or before its last lines (where the closing
 * boundary of a multipart stands): is what remains without it what was hashed? One pass, in which
 * the running digest is copied at each line end.
 */
final class InsertionSearch implements Octets {
  private final byte[] hash;
  private final long[] offsets;
  private final List<byte[]> tails;
  private final MessageDigest sha256 = Sha256.fresh();
  private int next;
  private long total;
  private Optional<Found> found = Optional.empty();

  /**
   * Where text was put in.
   *
   * @param offset behind so many octets
   * @param tail octets that follow it
   */
  record Found(long offset, int tail) {}

  /**
   * A search for a body with this hash.
   *
   * @param offsets where text may start, ascending; the last is the end of the body
   * @param tails what may follow it; the empty one for text at the end
   */
  InsertionSearch(byte[] hash, long[] offsets, List<byte[]> tails) {
    this.hash = hash;
    this.offsets = offsets;
    this.tails = tails;
    takeWhatIsDue();
  }

  @Override
  public void put(byte[] octets, int from, int to) {
    int at = from;
    while (at < to && next < offsets.length) {
      int count = (int) Math.min(offsets[next] - total, to - at);
      sha256.update(octets, at, count);
      at += count;
      total += count;
      takeWhatIsDue();
    }
  }

  /** What was found; of several places the last, which is the least text. */
  Optional<Found> found() {
    return found;
  }

  private void takeWhatIsDue() {
    while (next < offsets.length && offsets[next] == total) {
      next++;
      for (byte[] tail : tails) {
        if (total + tail.length >= offsets[offsets.length - 1]) {
          continue; // nothing would have been put in
        }
        MessageDigest whole = Sha256.copyOf(sha256);
        whole.update(tail);
        if (Arrays.equals(whole.digest(), hash)) {
          found = Optional.of(new Found(total, tail.length));
        }
      }
    }
  }
}
