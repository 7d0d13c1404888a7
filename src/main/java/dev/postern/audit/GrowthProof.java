package dev.postern.audit;

import java.util.Optional;

/**
 * That the log continues an older checkpoint, with nothing before it changed: the form in which a
 * C2SP tlog-witness takes a new checkpoint.
 *
 * @param path from the older tree to the newer
 * @param note the signed checkpoint of the newer
 */
public record GrowthProof(ConsistencyProof path, String note) {
  private static final String OLD = "old ";

  /** Whether this is how the text of one begins. */
  static boolean begins(String line) {
    return ProofText.number(line, OLD).isPresent();
  }

  /** The newer checkpoint; empty where this does not prove that it continues the older one. */
  public Optional<Checkpoint> proved(Checkpoint older, LogKey key) {
    return Checkpoint.open(note, key)
        .filter(newer -> older.size() == path.from() && newer.size() == path.to())
        .filter(newer -> path.proves(older.root(), newer.root()));
  }

  /** As a text of its own, ended by a newline. */
  public String text() {
    StringBuilder text = new StringBuilder(OLD).append(path.from()).append('\n');
    return ProofText.withHashes(text, path.path()).append(note).toString();
  }

  /** Reads what {@link #text} wrote; empty where it has another form. */
  public static Optional<GrowthProof> parse(String text) {
    Optional<ProofText> parts = ProofText.parse(text).filter(p -> p.head().size() == 1);
    try {
      return parts
          .flatMap(
              it ->
                  ProofText.number(it.head().getFirst(), OLD)
                      .flatMap(
                          from -> it.size().map(to -> new ConsistencyProof(from, to, it.hashes())))
                      .map(path -> new GrowthProof(path, it.note())))
          .filter(proof -> proof.text().equals(text));
    } catch (IllegalArgumentException noProof) {
      return Optional.empty();
    }
  }
}
