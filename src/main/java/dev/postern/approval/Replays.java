package dev.postern.approval;

import java.time.Instant;

/**
 * Signed requests that were taken, over all replicas: none counts a second time for as long as its
 * signature would be believed. Clicks need none of this: the inbox takes each event once. Safe for
 * many threads.
 */
public interface Replays {

  /**
   * Takes a request down by its signature, which was found right.
   *
   * @param until when nobody believes it any more, so that it can be forgotten
   * @return false where it was taken before, by whichever replica
   */
  boolean take(String signature, Instant until);

  /** Nothing came of a request: the same may come again. */
  void forget(String signature);
}
