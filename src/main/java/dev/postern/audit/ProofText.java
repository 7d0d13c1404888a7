package dev.postern.audit;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The form that C2SP's proofs share: lines that say what is proved, hashes in base 64, an empty
 * line, a signed checkpoint.
 *
 * @param head the lines before the hashes
 * @param hashes of the proof
 * @param note the checkpoint, as it was signed
 */
record ProofText(List<String> head, List<Hash> hashes, String note) {
  /** C2SP tlog-proof: a tree of 2^63 leaves needs no more. */
  private static final int MOST_HASHES = 63;

  static StringBuilder withHashes(StringBuilder text, List<Hash> hashes) {
    hashes.forEach(hash -> text.append(hash.base64()).append('\n'));
    return text.append('\n');
  }

  static Optional<ProofText> parse(String text) {
    int end = text.indexOf("\n\n");
    if (end < 0) {
      return Optional.empty();
    }
    List<String> head = new ArrayList<>();
    List<Hash> hashes = new ArrayList<>();
    for (String line : text.substring(0, end).split("\n", -1)) {
      if (line.indexOf(' ') >= 0 || line.equals(EntryProof.FIRST)) {
        head.add(line);
      } else {
        hash(line).ifPresentOrElse(hashes::add, () -> head.add(line));
      }
    }
    return hashes.size() > MOST_HASHES
        ? Optional.empty()
        : Optional.of(new ProofText(head, hashes, text.substring(end + 2)));
  }

  private static Optional<Hash> hash(String line) {
    try {
      // Base 64 has several spellings of the same octets; only one is written.
      return Optional.of(Hash.of(Base64.getDecoder().decode(line)))
          .filter(hash -> hash.base64().equals(line));
    } catch (IllegalArgumentException noHash) {
      return Optional.empty();
    }
  }

  /** The size of the tree that the note is for, signed or not. */
  Optional<Long> size() {
    List<String> lines = note.lines().limit(2).toList();
    return lines.size() < 2 ? Optional.empty() : number(lines.get(1), "");
  }

  /** The number behind a prefix that together are the whole line. */
  static Optional<Long> number(String line, String prefix) {
    JsonText digits = new JsonText(line);
    return digits.skip(prefix) ? digits.number().filter(_ -> digits.ended()) : Optional.empty();
  }
}
