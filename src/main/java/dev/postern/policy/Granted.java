package dev.postern.policy;

/**
 * What rules know of the grants that are about a message, when it was ruled on.
 *
 * @param allow whether one would let it pass
 * @param block whether one would discard it
 * @param id of that grant, the one that would discard first; empty where there is none
 */
public record Granted(boolean allow, boolean block, String id) {
  /** There is none. */
  public static final Granted NONE = new Granted(false, false, "");
}
