package dev.postern.audit;

/** Is given a log as it stands somewhere, from its first entry on. */
public interface LogVisitor {

  /**
   * The next entry.
   *
   * @param number as stored; from 1 in a log that is whole
   * @param canonical the bytes as stored
   * @param leaf the leaf hash as stored, in hexadecimal digits if nobody changed it
   */
  void entry(long number, byte[] canonical, String leaf);

  /** The next checkpoint, directly after the last entry that it covers: the whole signed note. */
  void checkpoint(String note);

  /** Something that is neither; says what and where, in a sentence. */
  void malformed(String reason);
}
