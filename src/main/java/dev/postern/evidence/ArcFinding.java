package dev.postern.evidence;

import java.util.List;

/**
 * The ARC chain (RFC 8617 §5.2).
 *
 * @param result the chain's state
 * @param hops what each hop added, first hop first; empty where the fields make no chain
 * @param reason why the chain fails, in our words; otherwise empty
 * @param undecided whether it fails only because DNS did not answer, so that another run may pass
 */
public record ArcFinding(ArcResult result, List<ArcHop> hops, String reason, boolean undecided) {

  /** Copies the list, so that a finding never changes. */
  public ArcFinding {
    hops = List.copyOf(hops);
  }

  /** A message without ARC fields. */
  public static ArcFinding none() {
    return new ArcFinding(ArcResult.NONE, List.of(), "", false);
  }

  /** d= of each ARC-Seal, first hop first. */
  public List<String> sealers() {
    return hops.stream().map(ArcHop::sealer).toList();
  }

  /** Whether the chain passes and each of its sealers is trusted: then its claims may be used. */
  public boolean trusted() {
    return result == ArcResult.PASS && hops.stream().allMatch(ArcHop::trusted);
  }
}
