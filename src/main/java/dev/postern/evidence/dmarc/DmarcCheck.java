package dev.postern.evidence.dmarc;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.DmarcFinding;
import dev.postern.evidence.DmarcPolicy;
import dev.postern.evidence.DmarcResult;
import dev.postern.evidence.Dns;
import dev.postern.evidence.DnsName;
import dev.postern.evidence.DnsType;
import dev.postern.evidence.dmarc.Identifier.Alignment;
import dev.postern.evidence.dmarc.Identifier.Standing;
import dev.postern.mail.DomainName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * DMARC of one author domain (RFC 9989 §5.3): what its owner published, and whether SPF or DKIM
 * authenticated a domain that belongs with it. No list of public suffixes is used. Safe for many
 * threads.
 */
public final class DmarcCheck {
  private final Dns dns;

  /** Asks {@code dns} for TXT records below {@code _dmarc}, and whether author domains exist. */
  public DmarcCheck(Dns dns) {
    this.dns = dns;
  }

  /** A finding without any record looked at; {@code author} is empty without an author domain. */
  public static DmarcFinding without(DmarcResult result, String author, String problem) {
    return new DmarcFinding(
        result, author, "", "", DmarcPolicy.NONE, DmarcPolicy.NONE, false, "", problem);
  }

  /** Finds the policy of an author domain (§4.10.1). Needs no result of SPF or DKIM. */
  public Discovery discover(DomainName author, Deadline by) {
    TreeWalk walk = TreeWalk.from(author, dns, by);
    Optional<DomainName> organizational = walk.organizationalDomain();
    Optional<TreeWalk.Found> own = walk.at(author);
    if (own.isPresent()) {
      var request = own.map(it -> it.record().forItself());
      return new Discovery(author, organizational, own, request, false);
    }
    if (organizational.isEmpty()) {
      return Discovery.undecided(author);
    }
    Optional<TreeWalk.Found> above = walk.at(organizational.get()).or(walk::publicSuffix);
    var request = above.map(it -> it.record().forSubdomain(exists(author, it.record(), by)));
    return new Discovery(author, organizational, above, request, false);
  }

  /**
   * Says that {@code identifier} will be held against {@code author}, so that DNS can work ahead.
   * Does nothing where they have too little in common to be aligned.
   */
  public void expect(DomainName author, DomainName identifier, Deadline by) {
    if (!identifier.equals(author) && lastTwoLabels(identifier).equals(lastTwoLabels(author))) {
      TreeWalk.expect(identifier, dns, by);
    }
  }

  /** Puts policy and identifiers together. */
  public DmarcOutcome conclude(Discovery discovery, List<Identifier> identifiers, Deadline by) {
    Map<Identifier, Alignment> alignments = new LinkedHashMap<>();
    identifiers.forEach(it -> alignments.put(it, alignment(discovery, it, by)));
    return new DmarcOutcome(finding(discovery, alignments), alignments);
  }

  /** Only NXDOMAIN means that a name does not exist; no answer is no proof (§4.7 np). */
  private boolean exists(DomainName author, DmarcRecord record, Deadline by) {
    return !record.tellsMissingNamesApart()
        || dns.query(new DnsName(author.ascii()), DnsType.A, by).status() != Answer.Status.NXDOMAIN;
  }

  private Alignment alignment(Discovery discovery, Identifier identifier, Deadline by) {
    DomainName author = discovery.author();
    DomainName domain = identifier.domain();
    if (domain.equals(author)) {
      return Alignment.ALIGNED;
    }
    if (discovery.strict(identifier.mechanism())) {
      return Alignment.NOT_ALIGNED;
    }
    Optional<DomainName> organizational = discovery.organizationalDomain();
    // A name's organizational domain is the name itself or lies above it: most signers need no
    // walk.
    DomainName shared = organizational.orElseGet(() -> topLabel(author));
    if (!domain.isAtOrBelow(shared)) {
      return Alignment.NOT_ALIGNED;
    }
    Optional<DomainName> other = TreeWalk.from(domain, dns, by).organizationalDomain();
    if (organizational.isEmpty() || other.isEmpty()) {
      return Alignment.UNKNOWN;
    }
    return other.equals(organizational) ? Alignment.ALIGNED : Alignment.NOT_ALIGNED;
  }

  private static DmarcFinding finding(Discovery discovery, Map<Identifier, Alignment> alignments) {
    if (discovery.undecided()) {
      return finding(discovery, DmarcResult.TEMPERROR, "DNS gave no answer for the DMARC record");
    }
    if (discovery.found().isEmpty()) {
      return finding(discovery, DmarcResult.NONE, "the From domain publishes no DMARC record");
    }
    if (!discovery.usable()) {
      return finding(discovery, DmarcResult.NONE, "the DMARC record names no valid policy");
    }
    boolean undecided = false;
    for (Map.Entry<Identifier, Alignment> it : alignments.entrySet()) {
      Standing standing = it.getKey().standing();
      if (standing == Standing.PASSED && it.getValue() == Alignment.ALIGNED) {
        return finding(discovery, DmarcResult.PASS, "");
      }
      undecided |= standing != Standing.NOT_PASSED && it.getValue() != Alignment.NOT_ALIGNED;
    }
    return undecided
        ? finding(discovery, DmarcResult.TEMPERROR, "DNS gave no answer that SPF or DKIM needs")
        : finding(discovery, DmarcResult.FAIL, "");
  }

  private static DmarcFinding finding(Discovery discovery, DmarcResult result, String problem) {
    return new DmarcFinding(
        result,
        discovery.author().ascii(),
        discovery.organizationalDomain().map(DomainName::ascii).orElse(""),
        discovery.found().map(it -> it.at().ascii()).orElse(""),
        discovery.policy(),
        result == DmarcResult.FAIL ? discovery.dispositionOfFailure() : DmarcPolicy.NONE,
        discovery.testMode(),
        discovery.found().map(it -> it.record().text()).orElse(""),
        problem);
  }

  private static List<String> lastTwoLabels(DomainName name) {
    List<String> labels = name.labels();
    return labels.subList(Math.max(0, labels.size() - 2), labels.size());
  }

  private static DomainName topLabel(DomainName name) {
    return new DomainName(name.labels().getLast());
  }
}
