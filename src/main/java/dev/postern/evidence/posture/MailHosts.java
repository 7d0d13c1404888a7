package dev.postern.evidence.posture;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Answer.Status;
import dev.postern.evidence.Branches;
import dev.postern.evidence.Branches.Branch;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.Dns;
import dev.postern.evidence.DnsName;
import dev.postern.evidence.DnsType;
import dev.postern.mail.DomainName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who takes a domain's mail.
 *
 * @param mx the answer for MX records
 * @param address the best answer for A and AAAA records
 * @param hosts of the MX records, at most {@value #MOST_HOSTS}
 * @param more MX records beyond that
 */
public record MailHosts(Status mx, Status address, List<Host> hosts, int more) {
  static final int MOST_HOSTS = 20;

  /** Copies the list, so that it never changes. */
  public MailHosts {
    hosts = List.copyOf(hosts);
  }

  /**
   * The host of one MX record.
   *
   * @param preference the lowest is tried first
   * @param name the host; hostile; {@code .} for the null MX (RFC 7505)
   * @param address the best answer for its A and AAAA records
   * @param alias whether the name is a CNAME
   */
  public record Host(String preference, String name, Status address, boolean alias) {
    /** Whether this says that no mail is taken (RFC 7505 §3). */
    public boolean none() {
      return name.equals(".");
    }
  }

  /** Asks who takes the mail of {@code domain}. */
  static MailHosts of(DomainName domain, Dns dns, Deadline by) {
    DnsName name = new DnsName(domain.ascii());
    try (Branches threads = new Branches(by)) {
      Branch<Status> address = threads.start(() -> address(name, dns, by), Status.TEMPFAIL);
      Answer mx = dns.query(name, DnsType.MX, by);
      List<Branch<Host>> started = new ArrayList<>();
      mx.data().stream()
          .sorted(Comparator.comparingInt(MailHosts::preference))
          .limit(MOST_HOSTS)
          .forEach(it -> started.add(threads.start(() -> host(it, dns, by), late(it))));
      List<Host> hosts = started.stream().map(Branch::join).toList();
      return new MailHosts(
          mx.status(), address.join(), hosts, Math.max(0, mx.data().size() - MOST_HOSTS));
    }
  }

  static MailHosts unanswered() {
    return new MailHosts(Status.TEMPFAIL, Status.TEMPFAIL, List.of(), 0);
  }

  /** Whether the domain exists; empty when DNS gave no answer. */
  public Optional<Boolean> domainExists() {
    if (mx == Status.NXDOMAIN || address == Status.NXDOMAIN) {
      return Optional.of(false);
    }
    boolean unknown = mx == Status.TEMPFAIL && address == Status.TEMPFAIL;
    return unknown ? Optional.empty() : Optional.of(true);
  }

  /** Whether the domain says that it takes no mail at all. */
  public boolean refusesMail() {
    return hosts.stream().anyMatch(Host::none);
  }

  /** Whether there is somebody to hand mail to, or may be where DNS gave no answer. */
  public boolean takesMail() {
    boolean unknown = mx == Status.TEMPFAIL || address == Status.TEMPFAIL;
    return !refusesMail() && (!hosts.isEmpty() || address == Status.NOERROR || unknown);
  }

  private static Host host(String record, Dns dns, Deadline by) {
    Host late = late(record);
    if (late.none()) {
      return late;
    }
    DnsName name = new DnsName(late.name());
    boolean alias = dns.query(name, DnsType.CNAME, by).status() == Status.NOERROR;
    return new Host(late.preference(), late.name(), address(name, dns, by), alias);
  }

  private static Host late(String record) {
    int space = record.indexOf(' ');
    String name = record.substring(space + 1);
    return new Host(
        record.substring(0, Math.max(0, space)),
        name.isEmpty() ? "." : name,
        Status.TEMPFAIL,
        false);
  }

  /** One family is enough; no answer for one says nothing if the other has an address. */
  private static Status address(DnsName name, Dns dns, Deadline by) {
    List<Status> families =
        List.of(
            dns.query(name, DnsType.A, by).status(), dns.query(name, DnsType.AAAA, by).status());
    return Stream.of(Status.NOERROR, Status.TEMPFAIL, Status.NXDOMAIN)
        .filter(families::contains)
        .findFirst()
        .orElse(Status.NODATA);
  }

  private static int preference(String record) {
    String digits = record.substring(0, Math.max(0, record.indexOf(' ')));
    return digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : Integer.MAX_VALUE;
  }
}
