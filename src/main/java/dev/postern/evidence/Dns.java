package dev.postern.evidence;

import java.util.Optional;

/**
 * The only way by which evidence reaches the network. Implementations are safe for many threads.
 */
public interface Dns {

  /**
   * Asks one question. Never throws for what a name server does or fails to do: an answer that does
   * not come in time is {@link Answer.Status#TEMPFAIL}.
   */
  Answer query(DnsName name, DnsType type, Deadline by);

  /** The answer if it can be had without waiting for anybody. Never asks a name server. */
  default Optional<Answer> known(DnsName name, DnsType type) {
    return Optional.empty();
  }

  /** Says that {@link #query} will likely be called with this soon. Does not wait. */
  default void expect(DnsName name, DnsType type, Deadline by) {}
}
