package dev.postern.evidence.dkim;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Undoes what careless transport does to every line of a body. */
final class BodyRepair {

  /** A larger body is not copied for a guess. */
  private static final int LARGEST = 4 << 20;

  private static final List<BodyRepair> ALL =
      List.of(
          of("\r\n..", "\r\n.", "dots at the beginning of lines were doubled"),
          of("\r\n>From ", "\r\nFrom ", "\"From\" at the beginning of lines was quoted"),
          of("\n", "\r\n", "its line ends differ"),
          of("\r\n ", "\r\n", "spaces were put before lines"));

  private final byte[] now;
  private final byte[] before;
  private final String words;

  private BodyRepair(byte[] now, byte[] before, String words) {
    this.now = now;
    this.before = before;
    this.words = words;
  }

  /** All that is known. */
  static List<BodyRepair> all() {
    return ALL;
  }

  /** What happened, in our words. */
  String words() {
    return words;
  }

  /**
   * A repair.
   *
   * @param now how affected lines begin now, with the end of the line before
   * @param before how they began
   */
  private static BodyRepair of(String now, String before, String words) {
    return new BodyRepair(octets(now), octets(before), words);
  }

  /** The body {@code octets[from, end)} before that; empty if none of it happened. */
  Optional<byte[]> of(byte[] octets, int from) {
    if (octets.length - from > LARGEST) {
      return Optional.empty();
    }
    ByteArrayOutputStream repaired = new ByteArrayOutputStream(octets.length - from);
    int at = from;
    boolean changed = false;
    while (at < octets.length) {
      if (affectedAt(octets, at)) {
        repaired.writeBytes(before);
        at += now.length;
        changed = true;
      } else {
        repaired.write(octets[at++]);
      }
    }
    return changed ? Optional.of(repaired.toByteArray()) : Optional.empty();
  }

  private boolean affectedAt(byte[] octets, int at) {
    boolean starts =
        at + now.length <= octets.length
            && Arrays.equals(octets, at, at + now.length, now, 0, now.length);
    boolean lineFeed = now.length == 1; // a line feed alone, not one that a CR precedes
    return starts && !(lineFeed && at > 0 && octets[at - 1] == '\r');
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
