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

  private final DmarcCheck check;
  private final Authors authors;
  private final Deadline by;

  Conclusion(Dns dns, Authors authors, Deadline by) {
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
      Optional<Discovery> policy) {

    SpfFinding spf(DmarcOutcome dmarc) {
      return finding(
          mailFromQuestion,
          mailFrom,
          SpfFinding.Identity.MAILFROM,
          aligned(dmarc, Mechanism.SPF, mailFromQuestion.domain()));
    }

    SpfFinding heloSpf() {
      // HELO is evidence, but never an authenticated identifier (RFC 9989 §4.4.2).
      return finding(heloQuestion, helo, SpfFinding.Identity.HELO, false);
    }

    List<DkimFinding> dkim(DmarcOutcome dmarc) {
      List<DkimFinding> judged = new ArrayList<>();
      for (DkimFinding finding : dkim) {
        judged.add(finding.aligned(aligned(dmarc, Mechanism.DKIM, finding.domain())));
      }
      return judged;
    }

    private static SpfFinding finding(
        SpfQuestion question, SpfOutcome spf, SpfFinding.Identity identity, boolean aligned) {
      return new SpfFinding(
          spf.result(),
          identity,
          question.domain().toLowerCase(Locale.ROOT),
          spf.path(),
          spf.lookups(),
          spf.explanation(),
          spf.problem(),
          aligned);
    }

    private static boolean aligned(DmarcOutcome dmarc, Mechanism mechanism, String domain) {
      return domain(domain).filter(it -> dmarc.aligned(mechanism, it)).isPresent();
    }
  }

  Optional<Discovery> discover() {
    return authors.domain().map(author -> check.discover(author, by));
  }

  /** Says which domain will be held against the author domain. */
  void expect(String identifier) {
    authors
        .domain()
        .ifPresent(author -> domain(identifier).ifPresent(it -> check.expect(author, it, by)));
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

  private static List<Identifier> identifiers(Found found) {
    List<Identifier> identifiers = new ArrayList<>();
    domain(found.mailFromQuestion().domain())
        .map(it -> new Identifier(Mechanism.SPF, it, standing(found.mailFrom().result())))
        .ifPresent(identifiers::add);
    for (DkimFinding dkim : found.dkim()) {
      domain(dkim.domain())
          .map(it -> new Identifier(Mechanism.DKIM, it, standing(dkim.result())))
          .ifPresent(identifiers::add);
    }
    return identifiers;
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
