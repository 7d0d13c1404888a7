package dev.postern.evidence.posture;

import dev.postern.evidence.dmarc.PublishedPolicy;
import dev.postern.mail.DomainName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether reports arrive (RFC 9990 §4, RFC 9991). */
final class DmarcReports {
  private final DomainName at;
  private final PublishedPolicy policy;
  private final List<ReportTarget> targets;

  DmarcReports(DomainName at, PublishedPolicy policy, List<ReportTarget> targets) {
    this.at = at;
    this.policy = policy;
    this.targets = targets;
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    if (targets.stream().noneMatch(it -> it.tag().equals("rua"))) {
      findings.add(none());
    }
    targets.forEach(it -> target(it).ifPresent(findings::add));
    return findings;
  }

  private Finding none() {
    boolean empty = policy.tags().containsKey("rua");
    return Finding.warning(
            "dmarc-no-reports",
            empty ? "rua= names no address for reports." : "The record asks for no reports (rua=).")
        .because("Without them nobody sees who sends in the domain's name, and what fails.")
        .mend(
            "Add a mailbox, or a service that reads such reports: rua=mailto:dmarc@%s"
                .formatted(at));
  }

  private Optional<Finding> target(ReportTarget target) {
    String uri = Quote.bare(target.uri());
    return switch (target.standing()) {
      case OWN ->
          target.tag().equals("rua")
              ? Optional.of(Finding.ok("dmarc-reports", "Reports go to %s.".formatted(uri)))
              : Optional.empty();
      case ALLOWED ->
          Optional.of(
              Finding.ok("dmarc-reports", "Reports go to %s, whose domain agrees.".formatted(uri)));
      case NOT_ALLOWED -> Optional.of(notAllowed(target, uri));
      case NO_ADDRESS ->
          Optional.of(
              Finding.error("dmarc-no-mail-address", "%s= names %s.".formatted(target.tag(), uri))
                  .because("Reports are sent by mail only: the address must be a mailto: URI.")
                  .mend("Write %s=mailto:name@domain.".formatted(target.tag())));
      case NO_ANSWER ->
          Optional.of(
              Finding.temporary(
                  "dmarc-reports-unanswered", "whether %s takes reports".formatted(uri)));
    };
  }

  private Finding notAllowed(ReportTarget target, String uri) {
    return Finding.error(
            "dmarc-reports-not-allowed",
            "%s does not say that it takes reports about %s.".formatted(uri, at))
        .because("To an address of another organization no report is sent then (RFC 9990 §4).")
        .mend(
            "The owner of %s has to publish this; or name an address of your own."
                .formatted(target.domain().map(DomainName::ascii).orElse("")))
        .publishing(ZoneRecord.txt(target.permission(), "v=DMARC1"));
  }
}
