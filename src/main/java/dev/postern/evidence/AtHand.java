package dev.postern.evidence;

/**
 * Answers only what can be had without waiting. The first question that cannot be ends the work
 * with {@link Missing}: it is to be done again with a resolver that waits.
 */
record AtHand(Dns dns) implements Dns {

  /** An answer is not at hand. Expected, so it carries no stack trace. */
  static final class Missing extends RuntimeException {
    private static final long serialVersionUID = 1;

    private Missing() {
      super("the answer is not at hand", null, false, false);
    }
  }

  @Override
  public Answer query(DnsName name, DnsType type, Deadline by) {
    return dns.known(name, type).orElseThrow(Missing::new);
  }
}
