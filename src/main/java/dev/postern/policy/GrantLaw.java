package dev.postern.policy;

import dev.postern.policy.GrantTerms.Kind;
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
  private static final Duration USUAL_ALLOW = Duration.ofHours(24);
  private static final Duration USUAL_BLOCK = Duration.ofDays(30);
  private static final int USUAL_MOST = 100;

  /** Where the policy says nothing. */
  public static final GrantLaw USUAL = new GrantLaw("", Duration.ofDays(30), 1000, false);

  /** How long a grant lasts where nobody says more. */
  public Duration usual(Kind kind) {
    Duration usual = kind == Kind.ALLOW ? USUAL_ALLOW : USUAL_BLOCK;
    return usual.compareTo(longest) < 0 ? usual : longest;
  }

  /** About how many messages it may decide where nobody says more. */
  public int usualMost() {
    return Math.min(USUAL_MOST, most);
  }

  /** The same where those who ask may have their say. */
  public GrantLaw withOwnRequests() {
    return new GrantLaw(chain, longest, most, true);
  }
}
