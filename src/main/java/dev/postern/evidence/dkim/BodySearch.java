package dev.postern.evidence.dkim;

import dev.postern.evidence.dkim.BodyHashes.Signed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Looks for what happened to a body whose hash is not that of bh=: text that was put in, white
 * space, or what transport does to lines. A guess counts only if it leads back to bh=.
 */
final class BodySearch {
  private static final int MOST_LINES_IN_FRONT = 20;
  private static final int MOST_LAST_LINES = 3;

  private final byte[] octets;
  private final int from;
  private final Signed signed;
  private final byte[] hash;
  private final Effort effort;

  /** For the body {@code octets[from, end)} of which {@code hash} was signed. */
  BodySearch(byte[] octets, int from, Signed signed, byte[] hash, Effort effort) {
    this.octets = octets;
    this.from = from;
    this.signed = signed;
    this.hash = hash;
    this.effort = effort;
  }

  /** What happened, in our words; empty if no guess was right. */
  Optional<String> words() {
    Optional<String> spaces = whiteSpace();
    if (spaces.isPresent() || signed.length() != PrefixDigest.WHOLE) {
      return spaces.or(this::lines);
    }
    return addedBehind().or(this::addedInFront).or(this::lines);
  }

  private Optional<String> whiteSpace() {
    Canonicalization other = signed.canonicalization().other();
    if (!fits(octets, from, other)) {
      return Optional.empty();
    }
    return Optional.of(
        other == Canonicalization.RELAXED
            ? "only white space differs"
            : "the signer did not canonicalize it as c= says");
  }

  private Optional<String> addedBehind() {
    LineEnds ends = new LineEnds();
    if (!effort.allows(2L * size())) {
      return Optional.empty();
    }
    BodyCanonicalizer.canonicalize(signed.canonicalization(), octets, from, ends);
    long[] offsets = ends.last();
    List<byte[]> tails = new ArrayList<>(List.of(new byte[0]));
    for (int i = 2; i < Math.min(offsets.length, MOST_LAST_LINES + 2); i++) {
      tails.add(ends.tail(offsets[offsets.length - i]));
    }
    InsertionSearch search = new InsertionSearch(hash, offsets, tails);
    BodyCanonicalizer.canonicalize(signed.canonicalization(), octets, from, search);
    return search.found().map(it -> added(ends.total() - it.offset() - it.tail(), it.tail()));
  }

  private static String added(long count, int tail) {
    return tail == 0
        ? counted(count) + " added at its end"
        : counted(count) + " added before its last " + tail;
  }

  private Optional<String> addedInFront() {
    int start = from;
    for (int line = 0; line < MOST_LINES_IN_FRONT; line++) {
      start = afterLine(start);
      if (start == octets.length || !effort.allows(octets.length - start)) {
        return Optional.empty();
      }
      if (Arrays.equals(hashOf(octets, start, signed.canonicalization()), hash)) {
        return Optional.of(counted(start - from) + " put in front");
      }
    }
    return Optional.empty();
  }

  private Optional<String> lines() {
    return BodyRepair.all().stream()
        .filter(repair -> effort.allows(size()))
        .filter(
            repair ->
                repair
                    .of(octets, from)
                    .filter(body -> fits(body, 0, signed.canonicalization()))
                    .isPresent())
        .map(BodyRepair::words)
        .findFirst();
  }

  private boolean fits(byte[] body, int start, Canonicalization how) {
    return effort.allows(body.length - start) && Arrays.equals(hashOf(body, start, how), hash);
  }

  private byte[] hashOf(byte[] body, int start, Canonicalization how) {
    Signed wanted = new Signed(how, signed.length());
    return BodyHashes.of(body, start, List.of(wanted), Sha256::fresh)
        .of(wanted)
        .orElse(new byte[0]);
  }

  private int afterLine(int start) {
    int at = start;
    while (at < octets.length && octets[at] != '\n') {
      at++;
    }
    return Math.min(at + 1, octets.length);
  }

  private int size() {
    return octets.length - from;
  }

  private static String counted(long octets) {
    return octets == 1 ? "1 octet was" : octets + " octets were";
  }
}
