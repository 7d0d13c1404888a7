package dev.postern.approval;

import dev.postern.policy.GrantId;
import dev.postern.policy.GrantTerms.Party;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The rows of grants. Each change is one conditional update with its line in the log, durable when
 * it returns, and the same for all replicas at once. Safe for many threads.
 */
public interface GrantBook {

  /** The grant of that name. */
  Optional<Grant> find(GrantId id);

  /** Grants that name one of these and are active, those that end first at the beginning. */
  List<Grant> active(List<Party> from);

  /**
   * Grants, the newest request first.
   *
   * @param open only those that can still decide about mail
   * @param owner only those that this person asked for; of everybody where it is empty
   * @param after only those asked for before this one, for the next page
   * @param limit at most so many
   */
  List<Grant> list(boolean open, Optional<String> owner, Optional<GrantId> after, int limit);

  /** How many requests of a person nobody has decided about yet. */
  int waiting(String personId);

  /**
   * Takes one of the messages that a grant may still decide about, for a message of which no row is
   * left; the log has a line for it.
   *
   * @param message SHA-256 of its octets
   * @return false where none is left, its time is over, or somebody ended it: nothing changed
   */
  boolean spend(GrantId id, String message, Instant now);

  /** Puts a request in force; false where it is none any more, or its time is over. */
  boolean activate(GrantId id, Instant now);

  /** Ends a request that people refused; false where it is none any more. */
  boolean refuse(GrantId id, Instant now);

  /** Ends what is asked for or in force; false where it is over already. */
  boolean revoke(GrantId id, String personId, Instant now);

  /** Ends what has no time left; false where it is over already, or has some. */
  boolean expire(GrantId id, Instant now);
}
