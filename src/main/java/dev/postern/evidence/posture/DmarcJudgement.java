package dev.postern.evidence.posture;

import dev.postern.evidence.DmarcPolicy;
import dev.postern.evidence.dmarc.PublishedPolicy;
import dev.postern.evidence.dmarc.PublishedPolicy.Request;
import dev.postern.evidence.dmarc.PublishedPolicy.Step;
import dev.postern.mail.DomainName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What DMARC asks of receivers for a domain and for names below it (RFC 9989 §4.7, §4.10). */
final class DmarcJudgement {

  /** Nobody copies more. */
  private static final int LONGEST_RECORD = 500;

  private final DomainName domain;
  private final PublishedPolicy policy;
  private final List<ReportTarget> reports;
  private final boolean exists;
  private final List<Finding> findings = new ArrayList<>();

  DmarcJudgement(DomainName domain, Published published, boolean exists) {
    this.domain = domain;
    this.policy = published.dmarc();
    this.reports = published.reports();
    this.exists = exists;
  }

  Section section() {
    policy.walk().forEach(this::step);
    if (policy.policyDomain().isPresent()) {
      record(policy.policyDomain().get());
    } else if (policy.undecided()) {
      String at = policy.walk().isEmpty() ? domain.ascii() : policy.walk().getLast().at().ascii();
      findings.add(Finding.temporary("dmarc-unanswered", "_dmarc." + at));
    } else if (exists) {
      findings.add(none());
    } else {
      findings.add(
          Finding.note("dmarc-none", "No domain above it publishes a DMARC policy either.")
              .because("Nothing asks receivers to refuse mail that claims to come from it.")
              .mend("Nothing, if the name is not meant to exist."));
    }
    return new Section(Topic.DMARC, findings);
  }

  private void step(Step step) {
    if (step.records().size() > 1) {
      findings.add(
          Finding.error(
                  "dmarc-several",
                  "There are %d DMARC records at _dmarc.%s."
                      .formatted(step.records().size(), step.at()))
              .because("Receivers then take none of them (RFC 9989 §4.10).")
              .mend("Leave one."));
    }
    step.others().stream()
        .filter(DmarcJudgement::looksLikeDmarc)
        .limit(3)
        .forEach(
            it ->
                findings.add(
                    Finding.error(
                            "dmarc-near-miss",
                            "A record at _dmarc.%s is not read: %s"
                                .formatted(step.at(), Quote.of(it)))
                        .because("It must begin with exactly \"v=DMARC1;\" (RFC 9989 §4.7).")
                        .mend("Correct its beginning.")));
  }

  private static boolean looksLikeDmarc(String txt) {
    String start = txt.substring(0, Math.min(txt.length(), 200)).toLowerCase(Locale.ROOT);
    return start.contains("dmarc")
        || start.matches("(?s).*\\bp\\s*=\\s*(none|quarantine|reject).*");
  }

  private Finding none() {
    String who = policy.walk().size() > 1 ? " and none above it" : "";
    return Finding.warning("dmarc-none", "There is no DMARC record at the domain" + who + ".")
        .because(
            "Receivers are not asked to refuse mail that only pretends to come from the domain, and"
                + " you get no reports of it.")
        .mend("Start by watching; raise p= to quarantine and reject once the reports are clean:")
        .publishing(ZoneRecord.txt("_dmarc." + domain, start()));
  }

  private String start() {
    return "v=DMARC1; p=none; rua=mailto:dmarc@" + domain;
  }

  private void record(DomainName at) {
    if (!policy.usable()) {
      findings.add(
          Finding.error(
                  "dmarc-unusable", "The record at _dmarc.%s names no valid policy.".formatted(at))
              .because("Without a valid p= and without rua= it counts as none (RFC 9989 §4.10.1).")
              .mend("Name a policy: p=none, p=quarantine or p=reject.")
              .publishing(ZoneRecord.txt("_dmarc." + at, start())));
      return;
    }
    policy.own().ifPresent(own -> applies(own, at));
    if (exists) {
      subdomains();
    }
    findings.addAll(new DmarcTags(at, policy).findings());
    findings.addAll(new DmarcReports(at, policy, reports).findings());
  }

  private void applies(Request own, DomainName at) {
    String where =
        at.equals(domain)
            ? "%s=%s".formatted(own.tag(), own.policy().word())
            : "%s=%s of %s".formatted(own.tag(), own.policy().word(), at);
    DmarcPolicy effective = policy.testing() ? lowered(own.policy()) : own.policy();
    if (own.policy() == DmarcPolicy.NONE) {
      findings.add(
          Finding.warning(
                  "dmarc-none-asked", "The policy is %s: forged mail is let in.".formatted(where))
              .because("p=none only asks for reports; receivers are asked to do nothing.")
              .mend("Once the reports show no mail of yours that fails, publish:")
              .publishing(raised(own, at)));
    } else if (policy.testing()) {
      findings.add(
          Finding.warning(
                  "dmarc-testing",
                  "The policy is %s in test mode: receivers are asked for %s."
                      .formatted(where, effective.word()))
              .because("t=y lowers every policy by one step (RFC 9989 §4.7).")
              .mend("Remove t=y once the reports show no mail of yours that fails."));
    } else {
      findings.add(
          Finding.ok(
              "dmarc-policy",
              "Mail that fails is to be %s (%s).".formatted(asked(effective), where)));
    }
  }

  /**
   * Their record with a policy one step up, without tags that nobody reads any more; a fresh record
   * where theirs cannot be repeated.
   */
  private ZoneRecord raised(Request own, DomainName at) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("v", "DMARC1");
    tags.put("p", "quarantine");
    tags.putAll(policy.tags());
    tags.put(own.tag(), "quarantine");
    tags.keySet().removeIf(it -> !DmarcTags.KNOWN.contains(it));
    String record =
        tags.entrySet().stream()
            .map(it -> it.getKey() + "=" + it.getValue())
            .collect(Collectors.joining("; "));
    boolean repeatable = record.length() <= LONGEST_RECORD && record.matches("[ -~&&[^\"\\\\]]+");
    String fresh = "v=DMARC1; p=quarantine; rua=mailto:dmarc@" + at;
    return ZoneRecord.txt("_dmarc." + at, repeatable ? record : fresh);
  }

  private void subdomains() {
    policy.own().ifPresent(own -> weaker(own, policy.below(), "exist", "dmarc-weak-subdomains"));
    policy
        .own()
        .ifPresent(own -> weaker(own, policy.missing(), "do not exist", "dmarc-weak-missing"));
  }

  private void weaker(Request own, Optional<Request> below, String which, String name) {
    if (below.isEmpty() || below.get().policy().compareTo(own.policy()) >= 0) {
      return;
    }
    Request request = below.get();
    findings.add(
        Finding.warning(
                name,
                "Subdomains that %s have the weaker policy %s=%s%s."
                    .formatted(
                        which,
                        request.tag(),
                        request.policy().word(),
                        request.at().equals(domain) ? "" : " of " + request.at()))
            .because(
                "Forgers take a subdomain then: name.%s looks as good as %s."
                    .formatted(domain, domain))
            .mend(
                (request.tag().equals("p")
                        ? "Raise %s= in the record of %s."
                        : "Remove %s= from the record of %s, or raise it.")
                    .formatted(request.tag(), request.at())));
  }

  private static DmarcPolicy lowered(DmarcPolicy policy) {
    return policy == DmarcPolicy.REJECT ? DmarcPolicy.QUARANTINE : DmarcPolicy.NONE;
  }

  private static String asked(DmarcPolicy policy) {
    return switch (policy) {
      case NONE -> "let in";
      case QUARANTINE -> "treated as suspicious";
      case REJECT -> "refused";
    };
  }
}
