package dev.postern.evidence.arc;

import dev.postern.mail.DomainName;
import dev.postern.mail.HeaderField;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one hop added (RFC 8617 §4.2.1).
 *
 * @param results its ARC-Authentication-Results
 * @param messageSignature its ARC-Message-Signature
 * @param seal its ARC-Seal
 * @param chainState cv= of the seal as written; hostile
 * @param sealer d= of the seal; empty if it is no domain name
 * @param selector s= of the seal; empty if it is no name
 */
record ArcSet(
    HeaderField results,
    HeaderField messageSignature,
    HeaderField seal,
    String chainState,
    Optional<DomainName> sealer,
    Optional<DomainName> selector) {

  /** All three fields in the order in which later seals cover them (§5.1.1). */
  Stream<HeaderField> fields() {
    return Stream.of(results, messageSignature, seal);
  }
}
