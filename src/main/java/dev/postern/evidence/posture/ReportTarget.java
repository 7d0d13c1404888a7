package dev.postern.evidence.posture;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Answer.Status;
import dev.postern.evidence.Branches;
import dev.postern.evidence.Branches.Branch;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.Dns;
import dev.postern.evidence.DnsName;
import dev.postern.evidence.DnsType;
import dev.postern.evidence.dmarc.PublishedPolicy;
import dev.postern.mail.DomainName;
import dev.postern.mail.EmailAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a DMARC record wants reports.
 *
 * @param tag {@code rua} or {@code ruf}
 * @param uri as published; hostile
 * @param domain of its mailbox; empty if it is no mail address
 * @param standing whether reports go there
 * @param permission the name whose TXT record allows reports of others; empty where none is needed
 */
public record ReportTarget(
    String tag, String uri, Optional<DomainName> domain, Standing standing, String permission) {

  /** Nobody sends reports to more. */
  private static final int MOST_TARGETS = 10;

  /** Whether reports go there. */
  public enum Standing {
    /** It belongs to the same organization. */
    OWN,
    /** It belongs to others, who agree (RFC 9990 §4). */
    ALLOWED,
    /** It belongs to others, who do not say that they agree: no reports are sent. */
    NOT_ALLOWED,
    /** Not a mailto: address (RFC 9990 §3.3). */
    NO_ADDRESS,
    /** DNS gave no answer. */
    NO_ANSWER
  }

  /** Checks where the policy wants its reports. */
  static List<ReportTarget> of(PublishedPolicy policy, Dns dns, Deadline by) {
    if (policy.policyDomain().isEmpty()) {
      return List.of();
    }
    DomainName from = policy.policyDomain().get();
    List<Branch<ReportTarget>> started = new ArrayList<>();
    try (Branches threads = new Branches(by)) {
      for (String tag : List.of("rua", "ruf")) {
        uris(policy.tags().getOrDefault(tag, ""))
            .forEach(
                uri ->
                    started.add(threads.start(() -> of(tag, uri, from, dns, by), late(tag, uri))));
      }
      return started.stream().map(Branch::join).toList();
    }
  }

  private static List<String> uris(String list) {
    return Arrays.stream(list.split(",", MOST_TARGETS + 1))
        .limit(MOST_TARGETS)
        .map(String::strip)
        .filter(uri -> !uri.isEmpty())
        .toList();
  }

  private static ReportTarget of(String tag, String uri, DomainName from, Dns dns, Deadline by) {
    Optional<DomainName> domain = mailbox(uri);
    if (domain.isEmpty()) {
      return new ReportTarget(tag, uri, domain, Standing.NO_ADDRESS, "");
    }
    DomainName to = domain.get();
    if (to.equals(from) || sameOrganization(from, to, dns, by)) {
      return new ReportTarget(tag, uri, domain, Standing.OWN, "");
    }
    DnsName permission = DnsName.below(from.ascii() + "._report._dmarc", to);
    Answer answer = dns.query(permission, DnsType.TXT, by);
    return new ReportTarget(tag, uri, domain, standing(answer), permission.text());
  }

  private static Standing standing(Answer answer) {
    if (answer.status() == Status.TEMPFAIL) {
      return Standing.NO_ANSWER;
    }
    return answer.data().stream().anyMatch(PublishedPolicy::isRecord)
        ? Standing.ALLOWED
        : Standing.NOT_ALLOWED;
  }

  private static boolean sameOrganization(DomainName from, DomainName to, Dns dns, Deadline by) {
    Optional<DomainName> own = PublishedPolicy.organizationalDomain(from, dns, by);
    return own.isPresent() && own.equals(PublishedPolicy.organizationalDomain(to, dns, by));
  }

  /** The size limit "!10m" of RFC 7489 is not part of the address. */
  private static Optional<DomainName> mailbox(String uri) {
    if (!uri.toLowerCase(Locale.ROOT).startsWith("mailto:")) {
      return Optional.empty();
    }
    String address = uri.substring("mailto:".length());
    int end = 0;
    while (end < address.length() && address.charAt(end) != '!' && address.charAt(end) != '?') {
      end++;
    }
    return EmailAddress.parse(address.substring(0, end)).map(EmailAddress::domain);
  }

  private static ReportTarget late(String tag, String uri) {
    return new ReportTarget(tag, uri, mailbox(uri), Standing.NO_ANSWER, "");
  }
}
