package dev.postern.audit;

import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The head of the log at one size (C2SP tlog-checkpoint): whoever holds one can tell later whether
 * any of the entries up to it was changed or removed.
 *
 * @param origin the log's name
 * @param size how many entries it covers: the entries 1 to {@code size}
 * @param root the root of their tree
 */
public record Checkpoint(String origin, long size, Hash root) {

  /** Takes a name that fits on a line and a size of at least 0. */
  public Checkpoint {
    if (!LogKey.isName(origin) || size < 0) {
      throw new IllegalArgumentException("no checkpoint: " + origin + " " + size);
    }
  }

  /** The head of this tree. */
  public static Checkpoint of(String origin, CompactRange tree) {
    return new Checkpoint(origin, tree.size(), tree.root());
  }

  /** The three lines that are signed. */
  public String text() {
    return origin + "\n" + size + "\n" + root.base64() + "\n";
  }

  /** The signed note, four lines and an empty one, as it is stored and given away. */
  public String sign(SigningKey key) {
    return SignedNote.sign(text(), key);
  }

  /**
   * Reads a signed note; empty when this key did not sign it, or what it signed is no checkpoint of
   * the log that the key is named for.
   */
  public static Optional<Checkpoint> open(String note, LogKey key) {
    return SignedNote.open(note, key)
        .flatMap(Checkpoint::parse)
        .filter(checkpoint -> checkpoint.origin.equals(key.name()));
  }

  private static Optional<Checkpoint> parse(String text) {
    // Further lines are extensions (tlog-checkpoint, "Note text"): signed, but not for us.
    List<String> lines = text.lines().toList();
    if (lines.size() < 3 || lines.contains("") || !LogKey.isName(lines.getFirst())) {
      return Optional.empty();
    }
    JsonText digits = new JsonText(lines.get(1));
    Optional<Long> size = digits.number();
    try {
      Hash root = Hash.of(Base64.getDecoder().decode(lines.get(2)));
      return size.filter(n -> digits.ended()).map(n -> new Checkpoint(lines.get(0), n, root));
    } catch (IllegalArgumentException noHash) {
      return Optional.empty();
    }
  }
}
