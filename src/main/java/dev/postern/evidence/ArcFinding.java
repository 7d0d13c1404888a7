package dev.postern.evidence;

import java.util.List;

/**
 * The ARC chain (RFC 8617 §5.2).
 *
 * @param result the chain's state
 * @param sealers d= of each ARC-Seal, first hop first
 * @param reason why the chain fails, in our words; otherwise empty
 */
public record ArcFinding(ArcResult result, List<String> sealers, String reason) {

  /** Copies the list, so that a finding never changes. */
  public ArcFinding {
    sealers = List.copyOf(sealers);
  }
}
