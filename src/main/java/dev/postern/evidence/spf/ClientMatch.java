package dev.postern.evidence.spf;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Answer.Status;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.Dns;
import dev.postern.evidence.DnsName;
import dev.postern.evidence.DnsType;
import dev.postern.evidence.SpfResult;
import dev.postern.evidence.spf.Mechanism.Prefixes;
import dev.postern.evidence.spf.Verdict.Matching;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * The mechanisms that compare the client with what DNS says (RFC 7208 §5.3 to §5.7), and the count
 * of void look-ups.
 */
final class ClientMatch {

  /** RFC 7208 §4.6.4: two void look-ups, ten names of MX and of PTR. */
  static final int MOST_VOIDS = 2;

  static final int MOST_NAMES = 10;

  private final Dns dns;
  private final InetAddress ip;
  private final Deadline by;
  private final DnsType addressType;
  private int voids;

  ClientMatch(Dns dns, InetAddress ip, Deadline by) {
    this.dns = dns;
    this.ip = ip;
    this.by = by;
    this.addressType = ip.getAddress().length == 4 ? DnsType.A : DnsType.AAAA;
  }

  Matching a(DnsName target, Prefixes prefixes) {
    Answer answer = dns.query(target, addressType, by);
    return problem(answer).orElseGet(() -> Matching.of(anyCovers(answer, prefixes)));
  }

  /** The look-up is for A records whatever the client's address family (§5.7). */
  Matching exists(DnsName target) {
    Answer answer = dns.query(target, DnsType.A, by);
    return problem(answer).orElseGet(() -> Matching.of(answer.status() == Status.NOERROR));
  }

  Matching mx(DnsName target, Prefixes prefixes) {
    Answer answer = dns.query(target, DnsType.MX, by);
    Optional<Matching> problem = problem(answer);
    if (problem.isPresent()) {
      return problem.get();
    }
    if (answer.data().size() > MOST_NAMES) {
      return Matching.error(SpfResult.PERMERROR, "mx names more than " + MOST_NAMES + " hosts");
    }
    List<DnsName> hosts = hosts(answer);
    hosts.forEach(host -> dns.expect(host, addressType, by));
    for (DnsName host : hosts) {
      Answer addresses = dns.query(host, addressType, by);
      if (addresses.status() == Status.TEMPFAIL) {
        return noAnswer();
      }
      if (anyCovers(addresses, prefixes)) {
        return Matching.of(true);
      }
    }
    return Matching.of(false);
  }

  /** The exchanges, without the null MX (RFC 7505). */
  private static List<DnsName> hosts(Answer mx) {
    return mx.data().stream()
        .map(text -> new DnsName(text.substring(text.indexOf(' ') + 1)))
        .filter(host -> !host.text().isEmpty())
        .toList();
  }

  /** Errors of DNS are no match here (§5.5). */
  Matching ptr(DnsName target) {
    Answer answer = pointers();
    if (answer.status() != Status.TEMPFAIL) {
      Optional<Matching> problem = problem(answer);
      if (problem.isPresent()) {
        return problem.get();
      }
    }
    return Matching.of(names(answer).stream().anyMatch(n -> atOrBelow(n, target) && validated(n)));
  }

  /** The value of macro {@code p}: best the domain itself, then a name below it (§7.3). */
  String validatedName(String domain) {
    DnsName target = new DnsName(domain);
    List<DnsName> valid = names(pointers()).stream().filter(this::validated).toList();
    return valid.stream()
        .filter(target::equals)
        .findFirst()
        .or(() -> valid.stream().filter(name -> atOrBelow(name, target)).findFirst())
        .or(() -> valid.stream().findFirst())
        .map(DnsName::text)
        .orElse("unknown");
  }

  private Answer pointers() {
    return dns.query(Addresses.reverseName(ip), DnsType.PTR, by);
  }

  private static List<DnsName> names(Answer pointers) {
    return pointers.data().stream().limit(MOST_NAMES).map(DnsName::new).toList();
  }

  private boolean validated(DnsName name) {
    return Addresses.IN.of(dns.query(name, addressType, by)).contains(ip);
  }

  private boolean anyCovers(Answer answer, Prefixes prefixes) {
    return Addresses.IN.of(answer).stream().anyMatch(address -> prefixes.cover(address, ip));
  }

  /** What ends evaluation: no answer, or one void look-up too many. */
  private Optional<Matching> problem(Answer answer) {
    return switch (answer.status()) {
      case NOERROR -> Optional.empty();
      case TEMPFAIL -> Optional.of(noAnswer());
      case NODATA, NXDOMAIN ->
          ++voids > MOST_VOIDS
              ? Optional.of(
                  Matching.error(
                      SpfResult.PERMERROR,
                      "more than " + MOST_VOIDS + " names in the SPF record do not exist"))
              : Optional.empty();
    };
  }

  private static Matching noAnswer() {
    return Matching.error(SpfResult.TEMPERROR, "DNS gave no answer for a name in the SPF record");
  }

  private static boolean atOrBelow(DnsName name, DnsName target) {
    return name.equals(target) || name.text().endsWith("." + target.text());
  }
}
