package dev.postern.evidence.dmarc;

import dev.postern.evidence.DmarcPolicy;
import dev.postern.mail.DomainName;
import java.util.Optional;

/**
 * What the author domain's owner published (RFC 9989 §4.10.1).
 *
 * @param author the author domain
 * @param organizationalDomain of the author domain; empty when DNS gave no answer
 * @param found the record that holds; empty without one
 * @param request what it asks for mail from this author domain
 * @param undecided whether DNS gave no answer, so that there may be a record
 */
public record Discovery(
    DomainName author,
    Optional<DomainName> organizationalDomain,
    Optional<TreeWalk.Found> found,
    Optional<DmarcRecord.Request> request,
    boolean undecided) {

  /** DNS gave no answer: there may be a record. */
  public static Discovery undecided(DomainName author) {
    return new Discovery(author, Optional.empty(), Optional.empty(), Optional.empty(), true);
  }

  /** Whether there is a record that can be followed. */
  boolean usable() {
    return found.map(it -> it.record().usable()).orElse(false);
  }

  DmarcPolicy policy() {
    return usable()
        ? request.map(DmarcRecord.Request::policy).orElse(DmarcPolicy.NONE)
        : DmarcPolicy.NONE;
  }

  /** t=y lowers the policy by one step (§4.7). */
  DmarcPolicy dispositionOfFailure() {
    return switch (policy()) {
      case NONE -> DmarcPolicy.NONE;
      case QUARANTINE -> testMode() ? DmarcPolicy.NONE : DmarcPolicy.QUARANTINE;
      case REJECT -> testMode() ? DmarcPolicy.QUARANTINE : DmarcPolicy.REJECT;
    };
  }

  boolean testMode() {
    return usable() && found.map(it -> it.record().testMode()).orElse(false);
  }

  boolean strict(Identifier.Mechanism mechanism) {
    return usable()
        && found
            .map(TreeWalk.Found::record)
            .map(
                record ->
                    switch (mechanism) {
                      case SPF -> record.strictSpf();
                      case DKIM -> record.strictDkim();
                    })
            .orElse(false);
  }
}
