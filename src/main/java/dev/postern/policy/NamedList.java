package dev.postern.policy;

import dev.postern.mail.DomainName;
import dev.postern.mail.Network;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A named list of the policy file: domains, addresses and networks, one beside the other. Asking is
 * one look per label or prefix length, however long the list is. Immutable.
 */
final class NamedList {
  private final Set<String> domains;
  private final Set<String> above;
  private final Set<String> addresses;
  private final Set<Network> networks;
  private final Set<Integer> prefixes;

  private NamedList(Making made) {
    this.domains = Set.copyOf(made.domains);
    this.above = Set.copyOf(made.above);
    this.addresses = Set.copyOf(made.addresses);
    this.networks = Set.copyOf(made.networks);
    this.prefixes = networks.stream().map(Network::prefix).collect(Collectors.toUnmodifiableSet());
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
    Optional<InetAddress> ip = ip(text);
    return ip.isPresent()
        && prefixes.stream()
            .filter(prefix -> prefix <= ip.get().getAddress().length * 8)
            .anyMatch(prefix -> networks.contains(Network.around(ip.get(), prefix)));
  }

  /** Never a look-up: only what is an address already is one. */
  private static Optional<InetAddress> ip(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }

  /** A list in the making. */
  static final class Making {
    private final Set<String> domains = new HashSet<>();
    private final Set<String> above = new HashSet<>();
    private final Set<String> addresses = new HashSet<>();
    private final Set<Network> networks = new HashSet<>();

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
      // Bits behind the prefix are most likely not what was meant.
      Optional<Network> network =
          Network.parse(entry)
              .filter(_ -> entry.matches("[^/]+(/[0-9]{1,3})?"))
              .filter(it -> it.equals(Network.around(it.base(), it.prefix())));
      network.ifPresent(networks::add);
      return network.isPresent();
    }
  }
}
