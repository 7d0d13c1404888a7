package dev.postern.audit;

import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * One entry with the proof that it stands in the log, checkable with the public key alone (C2SP
 * tlog-proof, version 1). The entry itself is carried in the line {@code extra}.
 *
 * @param entry what stands there
 * @param path from the entry to the root
 * @param note the signed checkpoint that has the root
 */
public record EntryProof(LogEntry entry, InclusionProof path, String note) {
  /** The first line. */
  public static final String FIRST = "c2sp.org/tlog-proof@v1";

  private static final String EXTRA = "extra ";
  private static final String INDEX = "index ";

  /** The number of the entry, from 1. */
  public long number() {
    return path.index() + 1;
  }

  /** The checkpoint that vouches for the entry; empty where this proves nothing under this key. */
  public Optional<Checkpoint> proved(LogKey key) {
    return Checkpoint.open(note, key)
        .filter(checkpoint -> checkpoint.size() == path.size())
        .filter(checkpoint -> path.proves(Merkle.leafHash(entry.canonical()), checkpoint.root()));
  }

  /** As a text of its own, ended by a newline. */
  public String text() {
    StringBuilder text = new StringBuilder(FIRST).append('\n');
    text.append(EXTRA).append(Base64.getEncoder().encodeToString(entry.canonical())).append('\n');
    text.append(INDEX).append(path.index()).append('\n');
    return ProofText.withHashes(text, path.path()).append(note).toString();
  }

  /**
   * Reads what {@link #text} wrote; the size is that which the note names, signed or not.
   *
   * @return empty where it has another form
   */
  public static Optional<EntryProof> parse(String text) {
    Optional<ProofText> parts = ProofText.parse(text);
    if (parts.isEmpty() || parts.get().head().size() != 3) {
      return Optional.empty();
    }
    List<String> head = parts.get().head();
    if (!head.get(0).equals(FIRST) || !head.get(1).startsWith(EXTRA)) {
      return Optional.empty();
    }
    ProofText it = parts.get();
    try {
      String extra = head.get(1).substring(EXTRA.length());
      Optional<LogEntry> entry = LogEntry.parse(Base64.getDecoder().decode(extra));
      Optional<Long> index = ProofText.number(head.get(2), INDEX);
      return it.size()
          .flatMap(size -> index.map(at -> new InclusionProof(at, size, it.hashes())))
          .flatMap(path -> entry.map(said -> new EntryProof(said, path, it.note())))
          .filter(proof -> proof.text().equals(text));
    } catch (IllegalArgumentException noProof) {
      return Optional.empty();
    }
  }
}
