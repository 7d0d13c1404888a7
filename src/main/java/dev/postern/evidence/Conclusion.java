package dev.postern.evidence;

import dev.postern.evidence.dmarc.Discovery;
import dev.postern.evidence.dmarc.DmarcCheck;
import dev.postern.evidence.dmarc.DmarcOutcome;
import dev.postern.evidence.dmarc.Identifier;
import dev.postern.evidence.dmarc.Identifier.Mechanism;
import dev.postern.evidence.dmarc.Identifier.Standing;
import dev.postern.evidence.spf.SpfOutcome;
import dev.postern.evidence.spf.SpfQuestion;
import dev.postern.mail.Authors;
import dev.postern.mail.DomainName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Brings SPF and DKIM together with the author domain, and says which of them are aligned. */
final class Conclusion {
  private static final String LATE = "time ran out before DNS answered";

  private final RecordingDns dns;
  private final DmarcCheck check;
  private final Authors authors;
  private final Deadline by;

  Conclusion(RecordingDns dns, Authors authors, Deadline by) {
    this.dns = dns;
    this.check = new DmarcCheck(dns);
    this.authors = authors;
    this.by = by;
  }

  /**
   * What was found before DMARC.
   *
   * @param policy what the author domain publishes; empty without an author domain
   */
  record Found(
      SpfQuestion mailFromQuestion,
      SpfOutcome mailFrom,
      SpfQuestion heloQuestion,
      SpfOutcome helo,
      List<DkimFinding> dkim,
      Optional<Discovery> policy) {}

  Optional<Discovery> discover() {
    return authors.domain().map(author -> check.discover(author, by));
  }

  Optional<Discovery> undiscovered() {
    return authors.domain().map(Discovery::undecided);
  }

  DmarcOutcome dmarc(Found found) {
    return found
        .policy()
        .map(policy -> check.conclude(policy, identifiers(found), by))
        .orElseGet(
            () ->
                new DmarcOutcome(
                    DmarcCheck.without(DmarcResult.PERMERROR, "", authors.problem()), Map.of()));
  }

  /** The outcome when {@link #dmarc} does not end in time. */
  DmarcOutcome late() {
    String author = authors.domain().map(DomainName::ascii).orElse("");
    return new DmarcOutcome(DmarcCheck.without(DmarcResult.TEMPERROR, author, LATE), Map.of());
  }

  Evidence evidence(Origin origin, long at, Found found, DmarcOutcome dmarc, ArcFinding arc) {
    return new Evidence(
        origin,
        at,
        spf(found.mailFromQuestion(), found.mailFrom(), SpfFinding.Identity.MAILFROM, dmarc),
        spf(found.heloQuestion(), found.helo(), SpfFinding.Identity.HELO, dmarc),
        found.dkim().stream().map(it -> dkim(it, dmarc)).toList(),
        arc,
        dmarc.finding(),
        List.of(),
        List.of(),
        dns.records());
  }

  private static List<Identifier> identifiers(Found found) {
    List<Identifier> identifiers = new ArrayList<>();
    domain(found.mailFromQuestion().domain())
        .map(it -> new Identifier(Mechanism.SPF, it, standing(found.mailFrom().result())))
        .ifPresent(identifiers::add);
    // HELO is evidence, but never an authenticated identifier (RFC 9989 §4.4.2).
    domain(found.heloQuestion().domain())
        .map(it -> new Identifier(Mechanism.SPF, it, Standing.NOT_PASSED))
        .ifPresent(identifiers::add);
    for (DkimFinding dkim : found.dkim()) {
      domain(dkim.domain())
          .map(it -> new Identifier(Mechanism.DKIM, it, standing(dkim.result())))
          .ifPresent(identifiers::add);
    }
    return identifiers;
  }

  private static SpfFinding spf(
      SpfQuestion question, SpfOutcome spf, SpfFinding.Identity identity, DmarcOutcome dmarc) {
    return new SpfFinding(
        spf.result(),
        identity,
        question.domain().toLowerCase(Locale.ROOT),
        spf.path(),
        spf.lookups(),
        spf.explanation(),
        spf.problem(),
        domain(question.domain()).filter(it -> dmarc.aligned(Mechanism.SPF, it)).isPresent());
  }

  private static DkimFinding dkim(DkimFinding dkim, DmarcOutcome dmarc) {
    return dkim.aligned(
        domain(dkim.domain()).filter(it -> dmarc.aligned(Mechanism.DKIM, it)).isPresent());
  }

  private static Standing standing(SpfResult result) {
    return switch (result) {
      case PASS -> Standing.PASSED;
      case TEMPERROR -> Standing.UNDECIDED;
      case FAIL, SOFTFAIL, NEUTRAL, NONE, PERMERROR -> Standing.NOT_PASSED;
    };
  }

  private static Standing standing(DkimResult result) {
    return switch (result) {
      case PASS -> Standing.PASSED;
      case TEMPERROR -> Standing.UNDECIDED;
      case FAIL, POLICY, NEUTRAL, PERMERROR -> Standing.NOT_PASSED;
    };
  }

  private static Optional<DomainName> domain(String text) {
    return DomainName.parse(text);
  }
}
