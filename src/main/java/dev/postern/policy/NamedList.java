package dev.postern.policy;

import dev.postern.mail.DomainName;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A named list of the policy file: domains, addresses and networks, one beside the other. Asking is
 * one look per label or prefix length, however long the list is. Immutable.
 */
final class NamedList {
  private final Set<String> domains;
  private final Set<String> above;
  private final Set<String> addresses;
  private final List<Networks> networks;

  /** The networks of one prefix length and address family. */
  private record Networks(int octets, int prefix, Set<List<Byte>> known) {}

  private NamedList(Making made) {
    this.domains = Set.copyOf(made.domains);
    this.above = Set.copyOf(made.above);
    this.addresses = Set.copyOf(made.addresses);
    this.networks = List.copyOf(made.networks);
  }

  /**
   * Whether the list has this text of a message: an address, a domain or an IP address. An address
   * is in a list that has its domain.
   */
  boolean has(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    int at = lower.lastIndexOf('@');
    if (at >= 0) {
      return addresses.contains(lower) || hasDomain(lower.substring(at + 1));
    }
    return hasDomain(lower) || (!networks.isEmpty() && hasIp(lower));
  }

  private boolean hasDomain(String written) {
    boolean ascii = written.chars().allMatch(c -> c < 128);
    String domain =
        ascii ? written : DomainName.parse(written).map(DomainName::ascii).orElse(written);
    if (domains.contains(domain)) {
      return true;
    }
    for (int dot = domain.indexOf('.');
        dot >= 0 && !above.isEmpty();
        dot = domain.indexOf('.', dot + 1)) {
      if (above.contains(domain.substring(dot + 1))) {
        return true;
      }
    }
    return false;
  }

  private boolean hasIp(String text) {
    Optional<byte[]> ip = ip(text);
    return ip.isPresent()
        && networks.stream()
            .filter(it -> it.octets() == ip.get().length)
            .anyMatch(it -> it.known().contains(masked(ip.get(), it.prefix())));
  }

  /** Never a look-up: only what is an address already is one. */
  private static Optional<byte[]> ip(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text).getAddress());
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }

  private static List<Byte> masked(byte[] ip, int prefix) {
    List<Byte> octets = new ArrayList<>(ip.length);
    for (int i = 0; i < ip.length; i++) {
      int bits = Math.clamp(prefix - i * 8L, 0, 8);
      octets.add((byte) (ip[i] & (0xFF << (8 - bits))));
    }
    return octets;
  }

  /** A list in the making. */
  static final class Making {
    private final Set<String> domains = new HashSet<>();
    private final Set<String> above = new HashSet<>();
    private final Set<String> addresses = new HashSet<>();
    private final List<Networks> networks = new ArrayList<>();

    NamedList done() {
      return new NamedList(this);
    }

    /** Takes a domain, or with {@code *.} before it all below it; false when it is none. */
    boolean domain(String entry) {
      boolean below = entry.startsWith("*.");
      Optional<DomainName> name = DomainName.parse(below ? entry.substring(2) : entry);
      name.ifPresent(it -> (below ? above : domains).add(it.ascii()));
      return name.isPresent();
    }

    /** Takes a mail address; false when it is none. */
    boolean address(String entry) {
      int at = entry.lastIndexOf('@');
      Optional<DomainName> domain =
          at < 1 ? Optional.empty() : DomainName.parse(entry.substring(at + 1));
      domain.ifPresent(
          it -> addresses.add(entry.substring(0, at + 1).toLowerCase(Locale.ROOT) + it.ascii()));
      return domain.isPresent();
    }

    /** Takes an IP address, or a network in CIDR notation (RFC 4632); false when it is none. */
    boolean network(String entry) {
      String[] parts = entry.split("/", -1);
      Optional<byte[]> ip = ip(parts[0]);
      boolean form = parts.length == 1 || (parts.length == 2 && parts[1].matches("[0-9]{1,3}"));
      if (ip.isEmpty() || !form) {
        return false;
      }
      int longest = ip.get().length * 8;
      int prefix = parts.length == 2 ? Integer.parseInt(parts[1]) : longest;
      if (prefix > longest || !masked(ip.get(), prefix).equals(masked(ip.get(), longest))) {
        return false; // bits behind the prefix: most likely not what was meant
      }
      Networks same =
          networks.stream()
              .filter(it -> it.octets() == ip.get().length && it.prefix() == prefix)
              .findFirst()
              .orElseGet(() -> added(new Networks(ip.get().length, prefix, new HashSet<>())));
      same.known().add(masked(ip.get(), prefix));
      return true;
    }

    private Networks added(Networks more) {
      networks.add(more);
      return more;
    }
  }
}
