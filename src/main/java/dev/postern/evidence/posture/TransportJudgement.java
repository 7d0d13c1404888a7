package dev.postern.evidence.posture;

import dev.postern.evidence.Answer.Status;
import dev.postern.evidence.DmarcPolicy;
import dev.postern.evidence.dmarc.PublishedPolicy.Request;
import dev.postern.evidence.posture.Published.Texts;
import dev.postern.mail.DomainName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** MTA-STS (RFC 8461), TLS-RPT (RFC 8460) and BIMI: what their TXT records say. */
final class TransportJudgement {
  private static final Pattern STS_ID =
      Pattern.compile(";\\s*id\\s*=\\s*[A-Za-z0-9]{1,32}\\s*(;|$)");
  private static final Pattern REPORTS =
      Pattern.compile(";\\s*rua\\s*=\\s*(mailto|https):[^\\s;]+");
  private static final Pattern LOGO = Pattern.compile(";\\s*l\\s*=\\s*https:[^\\s;]+");

  private static final String NO_MAIL = "There is none: the domain takes no mail.";

  private final DomainName domain;
  private final Published published;

  TransportJudgement(DomainName domain, Published published) {
    this.domain = domain;
    this.published = published;
  }

  List<Section> sections() {
    return List.of(
        new Section(Topic.MTA_STS, List.of(mtaSts())),
        new Section(Topic.TLS_RPT, List.of(tlsRpt())),
        new Section(Topic.BIMI, bimi()));
  }

  private Finding mtaSts() {
    Texts texts = published.mtaSts();
    Optional<Finding> trouble = trouble(texts, "mta-sts");
    if (trouble.isPresent()) {
      return trouble.get();
    }
    if (texts.records().isEmpty() && !published.mail().takesMail()) {
      return Finding.ok("mta-sts-none", NO_MAIL);
    }
    if (texts.records().isEmpty()) {
      return Finding.note("mta-sts-none", "There is no MTA-STS record.")
          .because("Who sits between two mail servers can make them talk without encryption.")
          .mend(
              "Put a policy at https://mta-sts.%s/.well-known/mta-sts.txt with the lines %s; then publish:"
                  .formatted(domain, policyFile()))
          .publishing(ZoneRecord.txt(texts.name(), "v=STSv1; id=1"));
    }
    if (!STS_ID.matcher(texts.records().getFirst()).find()) {
      return Finding.error("mta-sts-malformed", "The MTA-STS record has no valid id=.")
          .because("Senders take it as if there were none (RFC 8461 §3.1).")
          .mend("Give it an id of 1 to 32 letters and digits; change it with each new policy.")
          .publishing(ZoneRecord.txt(texts.name(), "v=STSv1; id=1"));
    }
    return Finding.ok(
        "mta-sts",
        "The MTA-STS record is there; the policy file it stands for was not fetched, so whether TLS"
            + " is enforced is not said here.");
  }

  /** The lines of RFC 8461 §3.2, in the mode that breaks nothing. */
  private String policyFile() {
    String hosts =
        published.mail().hosts().stream()
            .limit(5)
            .map(host -> "\"mx: %s\", ".formatted(host.name()))
            .collect(Collectors.joining());
    String mx = hosts.isEmpty() ? "\"mx: %s\", ".formatted(domain) : hosts;
    return "\"version: STSv1\", \"mode: testing\", " + mx + "\"max_age: 604800\"";
  }

  private Finding tlsRpt() {
    Texts texts = published.tlsRpt();
    Optional<Finding> trouble = trouble(texts, "tls-rpt");
    if (trouble.isPresent()) {
      return trouble.get();
    }
    if (texts.records().isEmpty() && !published.mail().takesMail()) {
      return Finding.ok("tls-rpt-none", NO_MAIL);
    }
    ZoneRecord record =
        ZoneRecord.txt(texts.name(), "v=TLSRPTv1; rua=mailto:tls-reports@" + domain);
    if (texts.records().isEmpty()) {
      return Finding.note("tls-rpt-none", "There is no TLS-RPT record.")
          .because("Nobody tells you when mail to the domain cannot be encrypted (RFC 8460).")
          .mend("Publish where such reports shall go:")
          .publishing(record);
    }
    if (!REPORTS.matcher(texts.records().getFirst()).find()) {
      return Finding.error("tls-rpt-malformed", "The TLS-RPT record names no address (rua=).")
          .because("No reports are sent.")
          .mend("Name a mailto: or https: address:")
          .publishing(record);
    }
    return Finding.ok("tls-rpt", "Reports about TLS are asked for.");
  }

  private List<Finding> bimi() {
    Texts texts = published.bimi();
    Optional<Finding> trouble = trouble(texts, "bimi");
    if (trouble.isPresent()) {
      return List.of(trouble.get());
    }
    if (texts.records().isEmpty()) {
      return List.of(
          Finding.ok(
              "bimi-none", "There is no BIMI record, and there need not be: it shows a logo."));
    }
    List<Finding> findings = new ArrayList<>();
    boolean logo = LOGO.matcher(texts.records().getFirst()).find();
    findings.add(
        Finding.ok(
            "bimi",
            logo
                ? "A logo is named; it was not fetched."
                : "The record names no logo: the domain declines to take part."));
    boolean enforced =
        published
            .dmarc()
            .own()
            .map(Request::policy)
            .filter(it -> it != DmarcPolicy.NONE)
            .isPresent();
    if (logo && !enforced && !published.dmarc().undecided()) {
      findings.add(
          Finding.warning("bimi-without-dmarc", "The logo is not shown: DMARC is not enforced.")
              .because("BIMI needs p=quarantine or p=reject.")
              .mend("Raise the DMARC policy first."));
    }
    return findings;
  }

  private static Optional<Finding> trouble(Texts texts, String name) {
    if (texts.status() == Status.TEMPFAIL) {
      return Optional.of(Finding.temporary(name + "-unanswered", texts.name()));
    }
    if (texts.records().size() > 1) {
      return Optional.of(
          Finding.error(
                  name + "-several",
                  "There are %d records at %s.".formatted(texts.records().size(), texts.name()))
              .because("With more than one, none of them counts.")
              .mend("Leave one."));
    }
    return Optional.empty();
  }
}
