package dev.postern.evidence;

/**
 * The only way by which evidence reaches the network. Implementations are safe for many threads.
 */
public interface Dns {

  /**
   * Asks one question. Never throws for what a name server does or fails to do: an answer that does
   * not come in time is {@link Answer.Status#TEMPFAIL}.
   */
  Answer query(DnsName name, DnsType type, Deadline by);
}
