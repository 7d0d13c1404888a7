package dev.postern.evidence.dmarc;

import dev.postern.evidence.DmarcFinding;
import dev.postern.evidence.dmarc.Identifier.Alignment;
import dev.postern.mail.DomainName;
import java.util.Map;

/**
 * The finding, and how each identifier stands to the author domain.
 *
 * @param finding DMARC of the author domain
 * @param alignments of each identifier
 */
public record DmarcOutcome(DmarcFinding finding, Map<Identifier, Alignment> alignments) {
  /** Copies the map, so that an outcome never changes. */
  public DmarcOutcome {
    alignments = Map.copyOf(alignments);
  }

  /** Whether the domain, as {@code mechanism} speaks of it, is aligned with the author domain. */
  public boolean aligned(Identifier.Mechanism mechanism, DomainName domain) {
    for (Map.Entry<Identifier, Alignment> it : alignments.entrySet()) {
      Identifier identifier = it.getKey();
      boolean asked = identifier.mechanism() == mechanism && identifier.domain().equals(domain);
      if (asked && it.getValue() == Alignment.ALIGNED) {
        return true;
      }
    }
    return false;
  }
}
