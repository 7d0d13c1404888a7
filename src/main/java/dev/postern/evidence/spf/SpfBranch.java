package dev.postern.evidence.spf;

import dev.postern.evidence.SpfResult;
import java.util.Optional;

/**
 * One term of a published record, and what it costs whoever checks mail against it.
 *
 * @param text the term as written; hostile
 * @param kind what it is
 * @param result what a match means; NONE for a redirect, which takes over what it finds
 * @param name the name it asks about; empty if it asks none, or none that is known without a
 *     message
 * @param lookups DNS look-ups it counts for itself (RFC 7208 §4.6.4), without what lies below
 * @param reply what DNS says at that name
 * @param reach which part of all addresses it names in the record itself
 * @param below the record that an include or redirect leads to
 */
public record SpfBranch(
    String text,
    Kind kind,
    SpfResult result,
    String name,
    int lookups,
    Reply reply,
    Reach reach,
    Optional<SpfOutline> below) {

  /** What a term is. */
  public enum Kind {
    ALL,
    IP,
    A,
    MX,
    PTR,
    EXISTS,
    INCLUDE,
    REDIRECT
  }

  /** What DNS says at the name of an {@code a}, {@code mx} or {@code exists}. */
  public enum Reply {
    /** Nobody can ask without a message, or there is nothing to ask. */
    NOT_ASKED,
    /** There is a record for every client. */
    FOUND,
    /** There is none: a void look-up (RFC 7208 §4.6.4). */
    VOID,
    /** There is none for clients with an IPv4 address. */
    VOID_FOR_IP4,
    /** There is none for clients with an IPv6 address. */
    VOID_FOR_IP6,
    /** More than ten MX hosts: a permerror (RFC 7208 §4.6.4). */
    TOO_MANY_HOSTS,
    /** DNS gave no answer. */
    NO_ANSWER
  }

  /** How many addresses a term names. */
  public enum Reach {
    /** All of IPv4, or all of IPv6. */
    EVERYBODY,
    /** More than any one sender has: a prefix of at most 8 bits, or 16 for IPv6. */
    WIDE,
    /** What senders have. */
    USUAL
  }

  /** DNS look-ups with all that lies below. */
  public int totalLookups() {
    return lookups + below.map(SpfOutline::lookups).orElse(0);
  }

  /** Void look-ups of a client with an IPv4 or an IPv6 address, with all that lies below. */
  public int totalVoids(boolean ip4) {
    boolean mine = reply == Reply.VOID || reply == (ip4 ? Reply.VOID_FOR_IP4 : Reply.VOID_FOR_IP6);
    return (mine ? 1 : 0) + below.map(it -> it.voids(ip4)).orElse(0);
  }

  SpfBranch answered(Reply what) {
    return new SpfBranch(text, kind, result, name, lookups, what, reach, below);
  }

  SpfBranch leadingTo(SpfOutline outline) {
    return new SpfBranch(text, kind, result, name, lookups, reply, reach, Optional.of(outline));
  }
}
