package dev.postern.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file of proofs, the text of one after that of the other.
 *
 * @param entries that are proved to be in the log
 * @param growth that the log continues older checkpoints
 */
public record ProofFile(List<EntryProof> entries, List<GrowthProof> growth) {

  /** Copies its lists. */
  public ProofFile {
    entries = List.copyOf(entries);
    growth = List.copyOf(growth);
  }

  /** Whether a file with this first line is meant to be one. */
  public static boolean begins(String line) {
    return line.equals(EntryProof.FIRST) || GrowthProof.begins(line);
  }

  /** All of it as text. */
  public String text() {
    StringBuilder text = new StringBuilder();
    growth.forEach(one -> text.append(one.text()));
    entries.forEach(one -> text.append(one.text()));
    return text.toString();
  }

  /** Reads the text of a file; empty where any part of it is no proof. */
  public static Optional<ProofFile> parse(String text) {
    List<EntryProof> entries = new ArrayList<>();
    List<GrowthProof> growth = new ArrayList<>();
    for (String one : texts(text)) {
      Optional<EntryProof> entry = EntryProof.parse(one);
      Optional<GrowthProof> grown = GrowthProof.parse(one);
      if (entry.isEmpty() && grown.isEmpty()) {
        return Optional.empty();
      }
      entry.ifPresent(entries::add);
      grown.ifPresent(growth::add);
    }
    return entries.isEmpty() && growth.isEmpty()
        ? Optional.empty()
        : Optional.of(new ProofFile(entries, growth));
  }

  private static List<String> texts(String file) {
    List<StringBuilder> texts = new ArrayList<>();
    for (String line : file.lines().toList()) {
      if (begins(line) || texts.isEmpty()) {
        texts.add(new StringBuilder());
      }
      texts.getLast().append(line).append('\n');
    }
    return texts.stream().map(text -> text.toString().stripTrailing() + "\n").toList();
  }
}
