package dev.postern.audit;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The head of the log at one size (C2SP tlog-checkpoint): whoever holds one can tell later whether
 * any of the entries up to it was changed or removed. Each names the one before it in a line of its
 * own, an extension that the format allows, so that none can be taken out of the log unseen.
 *
 * @param origin the log's name
 * @param size how many entries it covers: the entries 1 to {@code size}
 * @param root the root of their tree
 * @param previous the size of the checkpoint before; 0 for the first
 */
public record Checkpoint(String origin, long size, Hash root, long previous) {
  private static final String PREVIOUS = "previous ";

  /** Takes a name that fits on a line, a size of at least 0 and one before that is not larger. */
  public Checkpoint {
    if (!LogKey.isName(origin) || previous < 0 || size < previous) {
      throw new IllegalArgumentException(
          "no checkpoint: " + origin + " " + size + " after " + previous);
    }
  }

  /** The head of this tree, which the checkpoint of {@code previous} entries comes before. */
  public static Checkpoint of(String origin, CompactRange tree, long previous) {
    return new Checkpoint(origin, tree.size(), tree.root(), previous);
  }

  /** The four lines that are signed. */
  public String text() {
    return origin + "\n" + size + "\n" + root.base64() + "\n" + PREVIOUS + previous + "\n";
  }

  /** The signed note, five lines and an empty one, as it is stored and given away. */
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

  /** The notes of a file that holds any number of them, one after the other. */
  public static List<String> notes(String file) {
    List<String> notes = new ArrayList<>();
    StringBuilder note = new StringBuilder();
    boolean signatures = false;
    for (String line : file.split("(?<=\n)", -1)) {
      boolean signature = line.startsWith(SignedNote.DASH);
      if (signatures && !signature) {
        notes.add(note.toString());
        note.setLength(0);
      }
      signatures = signature;
      note.append(note.isEmpty() && line.isBlank() ? "" : line);
    }
    if (!note.isEmpty()) {
      notes.add(note.toString());
    }
    return notes;
  }

  private static Optional<Checkpoint> parse(String text) {
    // Further lines are extensions (tlog-checkpoint, "Note text"): signed, but not for us.
    List<String> lines = text.lines().toList();
    if (lines.size() < 4 || lines.contains("") || !LogKey.isName(lines.getFirst())) {
      return Optional.empty();
    }
    Optional<Long> size = ProofText.number(lines.get(1), "");
    Optional<Long> previous = ProofText.number(lines.get(3), PREVIOUS);
    try {
      Hash root = Hash.of(Base64.getDecoder().decode(lines.get(2)));
      return size.flatMap(n -> previous.map(p -> new Checkpoint(lines.getFirst(), n, root, p)));
    } catch (IllegalArgumentException noHash) {
      return Optional.empty();
    }
  }
}
