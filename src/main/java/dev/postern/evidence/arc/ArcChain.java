package dev.postern.evidence.arc;

import java.util.List;

/** The ARC sets of a message, as far as they can be put in order (RFC 8617 §4.2.1). */
sealed interface ArcChain {

  /** No ARC field at all. */
  record Absent() implements ArcChain {}

  /**
   * Fields that make no chain.
   *
   * @param reason why, in our words
   */
  record Broken(String reason) implements ArcChain {}

  /**
   * Instances 1 to n, each whole, with the chain states that they must have.
   *
   * @param sets at least one, first hop first
   */
  record Whole(List<ArcSet> sets) implements ArcChain {}
}
