package dev.postern.evidence.posture;

import dev.postern.evidence.Answer.Status;
import dev.postern.evidence.SpfResult;
import dev.postern.evidence.posture.MailHosts.Host;
import dev.postern.evidence.spf.SpfBranch;
import dev.postern.evidence.spf.SpfOutline;
import dev.postern.mail.DomainName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who takes the mail (RFC 5321 §5.1, RFC 7505). */
final class MxJudgement {
  private final DomainName domain;
  private final MailHosts mail;
  private final SpfOutline spf;
  private final List<Finding> findings = new ArrayList<>();

  MxJudgement(DomainName domain, Published published) {
    this.domain = domain;
    this.mail = published.mail();
    this.spf = published.spf();
  }

  Section section() {
    if (mail.mx() == Status.TEMPFAIL) {
      findings.add(Finding.temporary("mx-unanswered", "the MX records of " + domain));
    } else if (mail.refusesMail()) {
      nullMx();
    } else if (mail.hosts().isEmpty()) {
      noMx();
    } else {
      hosts();
    }
    return new Section(Topic.MX, findings);
  }

  private void nullMx() {
    if (mail.hosts().size() + mail.more() > 1) {
      findings.add(
          Finding.error("mx-null-beside-others", "A null MX stands beside other MX records.")
              .because(
                  "A null MX must be the only one (RFC 7505 §3); senders differ in what they do.")
              .mend("Remove the null MX if the domain takes mail, and all others if it does not.")
              .publishing(new ZoneRecord(domain.ascii(), "MX", "0 .")));
      return;
    }
    findings.add(
        Finding.ok(
            "mx-null",
            "The domain takes no mail (null MX, RFC 7505): senders are told so at once, and no reply"
                + " or bounce to it arrives."));
    if (sends()) {
      findings.add(
          Finding.warning("mx-null-but-sends", "SPF allows mail from a domain that takes none.")
              .because(
                  "Receivers may refuse mail from a domain to which nobody can reply or bounce (RFC"
                      + " 7505 §4.2).")
              .mend("If the domain sends no mail, let SPF say so; if it does, give it an MX.")
              .publishing(ZoneRecord.txt(domain.ascii(), "v=spf1 -all")));
    }
  }

  private boolean sends() {
    return spf.branches().stream()
        .anyMatch(it -> it.kind() != SpfBranch.Kind.ALL || it.result() != SpfResult.FAIL);
  }

  private void noMx() {
    switch (mail.address()) {
      case TEMPFAIL ->
          findings.add(Finding.temporary("mx-unanswered", "the addresses of " + domain));
      case NOERROR ->
          findings.add(
              Finding.note(
                      "mx-implicit",
                      "There is no MX record: mail goes to the address of the domain itself.")
                  .because(
                      "RFC 5321 §5.1 says so, whether a mail server runs there or only a web site.")
                  .mend("Name the mail server by MX; or, if the domain takes no mail, say so:")
                  .publishing(new ZoneRecord(domain.ascii(), "MX", "0 .")));
      case NODATA, NXDOMAIN ->
          findings.add(
              Finding.note(
                      "mx-none", "There is neither an MX record nor an address: no mail arrives.")
                  .because("Senders may try for days before they give up.")
                  .mend("If the domain is to take no mail, say so with a null MX (RFC 7505):")
                  .publishing(new ZoneRecord(domain.ascii(), "MX", "0 .")));
    }
  }

  private void hosts() {
    long usable = mail.hosts().stream().filter(it -> it.address() == Status.NOERROR).count();
    mail.hosts().forEach(host -> problem(host, usable).ifPresent(findings::add));
    int all = mail.hosts().size() + mail.more();
    if (usable == mail.hosts().size()) {
      findings.add(
          Finding.ok(
              "mx-hosts", all == 1 ? "One host takes its mail." : all + " hosts take its mail."));
    }
  }

  private Optional<Finding> problem(Host host, long usable) {
    if (DomainName.parse(host.name()).isEmpty() || host.name().matches("[0-9.]+")) {
      return Optional.of(
          Finding.error(
                  "mx-no-host-name", "MX names %s, which is no host name.".formatted(host.name()))
              .because("An MX record must name a host, not an address (RFC 1035 §3.3.9).")
              .mend("Publish an A or AAAA record for a host, and name that host."));
    }
    return switch (host.address()) {
      case TEMPFAIL ->
          Optional.of(Finding.temporary("mx-host-unanswered", "the MX host " + host.name()));
      case NODATA, NXDOMAIN -> Optional.of(nowhere(host, usable));
      case NOERROR -> host.alias() ? Optional.of(alias(host)) : Optional.empty();
    };
  }

  private static Finding nowhere(Host host, long usable) {
    String what = "MX host %s has no address.".formatted(host.name());
    Finding finding =
        usable > 0
            ? Finding.warning("mx-host-missing", what)
                .because("Senders that try it first lose time, or give up.")
            : Finding.error("mx-host-missing", what).because("No mail arrives by it.");
    return finding.mend("Correct the name, publish its address, or remove the MX record.");
  }

  private static Finding alias(Host host) {
    return Finding.warning(
            "mx-host-alias", "MX host %s is an alias (CNAME).".formatted(host.name()))
        .because("An MX record must not name an alias (RFC 2181 §10.3); some senders refuse.")
        .mend("Name the host that the alias leads to.");
  }
}
