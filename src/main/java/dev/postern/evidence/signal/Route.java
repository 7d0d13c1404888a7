package dev.postern.evidence.signal;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.Dns;
import dev.postern.evidence.DnsName;
import dev.postern.evidence.DnsType;
import dev.postern.mail.DomainName;
import dev.postern.mail.Envelope;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What DNS says of the SMTP client: the names of its address, which of them lead back to it, and
 * whether the name in HELO does. Two rounds of questions, the questions of a round at once where
 * {@code dns} keeps what it expects.
 *
 * @param reverse the names of the address
 * @param names those names, at most {@link #MOST_NAMES}; empty without an answer
 * @param confirmed those that lead back to the address
 * @param helo whether the HELO name is the client's
 */
public record Route(Reverse reverse, List<String> names, List<String> confirmed, Helo helo) {
  static final int MOST_NAMES = 3;

  /** What is known of the names of an address. */
  public enum Reverse {
    /** Nothing: not asked, or DNS did not answer. */
    UNKNOWN,
    /** It has none. */
    NONE,
    /** It has names, and none of them leads back to it. */
    UNCONFIRMED,
    /** At least one leads back to it. */
    CONFIRMED
  }

  /** What is known of the name in HELO. */
  public enum Helo {
    /** Nothing: not asked, or DNS did not answer. */
    UNKNOWN,
    /** It leads to the client, or it is one of its confirmed names. */
    OF_THE_CLIENT,
    /** It is no name of the client. */
    ELSEWHERE
  }

  /** Copies the lists, so that a route never changes. */
  public Route {
    names = List.copyOf(names);
    confirmed = List.copyOf(confirmed);
  }

  /** Nothing is known. */
  public static Route unknown() {
    return new Route(Reverse.UNKNOWN, List.of(), List.of(), Helo.UNKNOWN);
  }

  /** Asks DNS. Ends when {@code dns} does; what it did not answer by the deadline is unknown. */
  public static Route of(Envelope envelope, Dns dns, Deadline by) {
    if (inside(envelope.clientIp())) {
      return unknown();
    }
    return new Questions(envelope.clientIp(), dns, by).route(envelope.helo());
  }

  /** Addresses of the inside have names in no public DNS (RFC 6303 §4, RFC 7793). */
  private static boolean inside(InetAddress client) {
    byte[] octets = client.getAddress();
    // 100.64.0.0/10 (RFC 6598) and fc00::/7 (RFC 4193), of which Java knows nothing.
    boolean shared = octets.length == 4 && octets[0] == 100 && (octets[1] & 0xc0) == 64;
    boolean uniqueLocal = octets.length == 16 && (octets[0] & 0xfe) == 0xfc;
    return shared
        || uniqueLocal
        || client.isLoopbackAddress()
        || client.isSiteLocalAddress()
        || client.isLinkLocalAddress();
  }

  private record Questions(InetAddress client, Dns dns, Deadline by) {

    Route route(String helo) {
      if (DomainName.parse(helo).isPresent()) {
        dns.expect(new DnsName(helo), addressType(), by);
      }
      Answer pointers = dns.query(new DnsName(reverseName(client.getAddress())), DnsType.PTR, by);
      List<String> names = pointers.data().stream().distinct().limit(MOST_NAMES).toList();
      names.forEach(it -> dns.expect(new DnsName(it), addressType(), by));
      List<String> confirmed = new ArrayList<>();
      boolean open = pointers.status() == Answer.Status.TEMPFAIL;
      for (String name : names) {
        Answer back = dns.query(new DnsName(name), addressType(), by);
        open |= back.status() == Answer.Status.TEMPFAIL;
        if (holdsClient(back)) {
          confirmed.add(name);
        }
      }
      return new Route(reverse(names, confirmed, open), names, confirmed, helo(helo, confirmed));
    }

    private static Reverse reverse(List<String> names, List<String> confirmed, boolean open) {
      if (!confirmed.isEmpty()) {
        return Reverse.CONFIRMED;
      }
      if (open) {
        return Reverse.UNKNOWN;
      }
      return names.isEmpty() ? Reverse.NONE : Reverse.UNCONFIRMED;
    }

    /** RFC 5321 §4.1.4: the name of HELO is checked by a look-up of its addresses. */
    private Helo helo(String helo, List<String> confirmed) {
      if (helo.isEmpty()) {
        return Helo.UNKNOWN;
      }
      if (helo.startsWith("[")) {
        return literal(helo) ? Helo.OF_THE_CLIENT : Helo.ELSEWHERE;
      }
      if (DomainName.parse(helo).isEmpty()) {
        return Helo.ELSEWHERE;
      }
      if (confirmed.stream().anyMatch(it -> new DnsName(it).equals(new DnsName(helo)))) {
        return Helo.OF_THE_CLIENT;
      }
      Answer answer = dns.query(new DnsName(helo), addressType(), by);
      return switch (answer.status()) {
        case TEMPFAIL -> Helo.UNKNOWN;
        case NODATA, NXDOMAIN -> Helo.ELSEWHERE;
        case NOERROR -> holdsClient(answer) ? Helo.OF_THE_CLIENT : Helo.ELSEWHERE;
      };
    }

    private boolean literal(String helo) {
      String inside = helo.substring(1).replaceFirst("]$", "").replaceFirst("(?i)^IPv6:", "");
      return sameAddress(inside, client.getHostAddress());
    }

    private boolean holdsClient(Answer answer) {
      return answer.data().stream().anyMatch(it -> sameAddress(it, client.getHostAddress()));
    }

    private DnsType addressType() {
      return client.getAddress().length == 4 ? DnsType.A : DnsType.AAAA;
    }
  }

  /** Whether a text is that address, in whatever form. */
  static boolean sameAddress(String text, String address) {
    try {
      return InetAddress.ofLiteral(text).getHostAddress().equals(address);
    } catch (IllegalArgumentException noAddress) {
      return false;
    }
  }

  /** The name that holds the PTR records of an address (RFC 1035 §3.5, RFC 3596 §2.5). */
  private static String reverseName(byte[] address) {
    StringBuilder name = new StringBuilder();
    for (int i = address.length - 1; i >= 0; i--) {
      int octet = address[i] & 0xff;
      name.append(
          address.length == 4
              ? octet + "."
              : String.format(Locale.ROOT, "%x.%x.", octet & 0xf, octet >> 4));
    }
    return name + (address.length == 4 ? "in-addr.arpa" : "ip6.arpa");
  }
}
