package dev.postern.audit;

/**
 * A second place for checkpoints, which who rewrites the log would have to rewrite as well. It is
 * told of each one after it stands in the store. Returns at once: whatever a witness does takes
 * place elsewhere, and its trouble never holds up the log.
 */
public interface Witness {

  /** Takes one signed note. */
  void witness(String note);
}
