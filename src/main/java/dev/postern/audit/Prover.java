package dev.postern.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * Is given a log and proves some of its entries, and that it continues older checkpoints. Keeps 32
 * octets of every entry in memory. For one thread.
 */
public final class Prover implements LogVisitor {
  private final BiPredicate<Long, LogEntry> wanted;
  private final List<Hash> leaves = new ArrayList<>();
  private final SortedMap<Long, LogEntry> found = new TreeMap<>();
  private Optional<String> newest = Optional.empty();
  private int signed;

  /**
   * @param wanted which entries, by number and content
   */
  public Prover(BiPredicate<Long, LogEntry> wanted) {
    this.wanted = wanted;
  }

  @Override
  public void entry(long number, byte[] canonical, String leaf) {
    leaves.add(Merkle.leafHash(canonical));
    LogEntry.parse(canonical)
        .filter(entry -> wanted.test(number, entry))
        .ifPresent(entry -> found.put((long) leaves.size(), entry));
  }

  @Override
  public void checkpoint(String note) {
    newest = Optional.of(note);
    signed = leaves.size();
  }

  /** What is wrong with a log shows when its proofs are checked. */
  @Override
  public void malformed(String reason) {}

  /** How many entries the newest checkpoint covers. */
  public long signed() {
    return signed;
  }

  /** The newest checkpoint; empty for a log without. */
  public Optional<String> newest() {
    return newest;
  }

  /** Proofs of the wanted entries, in order; none of an entry that is not signed yet. */
  public List<EntryProof> entries() {
    List<Hash> tree = leaves.subList(0, signed);
    return found.headMap(signed + 1L).entrySet().stream()
        .map(
            one ->
                new EntryProof(
                    one.getValue(),
                    InclusionProof.of(tree, (int) (one.getKey() - 1)),
                    newest.orElseThrow()))
        .toList();
  }

  /**
   * The proof that the log continues its first entries.
   *
   * @param from how many those are, from 1 to {@link #signed}
   */
  public GrowthProof since(long from) {
    return new GrowthProof(
        ConsistencyProof.of(leaves.subList(0, signed), Math.toIntExact(from)),
        newest.orElseThrow());
  }
}
