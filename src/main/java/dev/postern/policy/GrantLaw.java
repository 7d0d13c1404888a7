package dev.postern.policy;

import java.time.Duration;

/**
 * What the policy says of asking for grants.
 *
 * @param chain the chain that decides about them; empty for the one of {@code otherwise}
 * @param longest how long one may last
 * @param most how many messages one may decide about
 * @param ownRequests whether those who ask may have their say about it
 */
public record GrantLaw(String chain, Duration longest, int most, boolean ownRequests) {
  /** Where the policy says nothing. */
  public static final GrantLaw USUAL = new GrantLaw("", Duration.ofDays(30), 1000, false);

  /** The same where those who ask may have their say. */
  public GrantLaw withOwnRequests() {
    return new GrantLaw(chain, longest, most, true);
  }
}
