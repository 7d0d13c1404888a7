package dev.postern.audit;

/** What the verification of a log found. */
public sealed interface Verdict {

  /**
   * Nothing was changed, removed, added or put in another order.
   *
   * @param entries how many there are
   * @param root the root over all entries
   */
  record Whole(long entries, Hash root) implements Verdict {}

  /**
   * Something is wrong.
   *
   * @param entry number of the first entry that is wrong or missing, as far as can be told, from 1
   * @param flaw what kind of thing
   * @param reason what is wrong and where, in words
   * @param sound how many entries, from the first on, are as they were signed
   */
  record Broken(long entry, Flaw flaw, String reason, long sound) implements Verdict {}

  /** The kinds of things that can be wrong. */
  enum Flaw {
    /** The entry does not have the hash that is stored with it. */
    CHANGED,
    /** An entry or checkpoint is missing before another one. */
    REMOVED,
    /** A checkpoint covers more entries than there are. */
    TAIL_REMOVED,
    /** An entry or checkpoint stands where another should. */
    REORDERED,
    /**
     * Entries and their stored hashes agree, but not with the signed root: both were changed
     * together, somewhere after the last checkpoint that fits.
     */
    NOT_AS_SIGNED,
    /** No checkpoint covers the last entries, though the sequencer signs whatever it numbers. */
    NOT_SIGNED,
    /** The signature of a checkpoint is not the log's. */
    FORGED_CHECKPOINT,
    /** What the log would be continued from is not its head. */
    HEAD_CHANGED,
    /** The file does not have the form of a log. */
    MALFORMED
  }
}
