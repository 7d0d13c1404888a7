package dev.postern.evidence.spf;

import dev.postern.evidence.SpfResult;
import dev.postern.evidence.spf.SpfRecord.Directive;
import dev.postern.evidence.spf.SpfRecord.Parsed;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The grammar of RFC 7208 §12. */
final class SpfRecordParser {
  private static final String CIDR = "0|[1-9][0-9]{0,2}";
  private static final Pattern DUAL_CIDR =
      Pattern.compile("(.*?)(?:/(" + CIDR + "))?(?://(" + CIDR + "))?", Pattern.DOTALL);
  private static final Pattern IP4_NETWORK =
      Pattern.compile("((?:0|[1-9][0-9]{0,2})(?:\\.(?:0|[1-9][0-9]{0,2})){3})(?:/(" + CIDR + "))?");
  private static final Pattern IP6_NETWORK =
      Pattern.compile("([0-9A-Fa-f:.]{2,45})(?:/(" + CIDR + "))?");
  private static final Pattern MODIFIER =
      Pattern.compile("([A-Za-z][A-Za-z0-9_.-]*)=(.*)", Pattern.DOTALL);
  private static final Pattern MECHANISM =
      Pattern.compile("([+?~-]?)([A-Za-z][A-Za-z0-9]*)([:/].*)?", Pattern.DOTALL);

  private final List<Directive> directives = new ArrayList<>();
  private Optional<MacroString> redirect = Optional.empty();
  private Optional<MacroString> explanation = Optional.empty();

  Parsed parse(String txt) {
    int number = 0;
    for (String term : txt.substring("v=spf1".length()).split(" +", -1)) {
      if (!term.isEmpty()) {
        number++;
        String problem = term(term);
        if (!problem.isEmpty()) {
          return new Parsed.Bad(number, problem);
        }
      }
    }
    return new Parsed.Good(new SpfRecord(List.copyOf(directives), redirect, explanation));
  }

  /** Takes one term; why it is wrong, or empty text. */
  private String term(String term) {
    Matcher modifier = MODIFIER.matcher(term);
    if (modifier.matches()) {
      return modifier(modifier.group(1).toLowerCase(Locale.ROOT), modifier.group(2));
    }
    Matcher mechanism = MECHANISM.matcher(term);
    if (!mechanism.matches()) {
      return "it is neither a mechanism nor a modifier";
    }
    String argument = mechanism.group(3) == null ? "" : mechanism.group(3);
    Optional<Mechanism> parsed = mechanism(mechanism.group(2).toLowerCase(Locale.ROOT), argument);
    parsed.ifPresent(m -> directives.add(new Directive(qualifier(mechanism.group(1)), m, term)));
    return parsed.isPresent() ? "" : "it is no valid mechanism";
  }

  private String modifier(String name, String value) {
    return switch (name) {
      case "redirect" -> {
        boolean twice = redirect.isPresent();
        redirect = MacroString.domainSpec(value);
        yield domainProblem("redirect=", twice, redirect);
      }
      case "exp" -> {
        boolean twice = explanation.isPresent();
        explanation = MacroString.domainSpec(value);
        yield domainProblem("exp=", twice, explanation);
      }
      default -> {
        boolean good = MacroString.parse(value, MacroString.Use.DOMAIN).isPresent();
        yield good ? "" : "an unknown modifier has a wrong macro";
      }
    };
  }

  private static String domainProblem(
      String modifier, boolean twice, Optional<MacroString> domain) {
    if (twice) {
      return modifier + " stands twice";
    }
    return domain.isPresent() ? "" : modifier + " names no domain";
  }

  private static SpfResult qualifier(String sign) {
    return switch (sign) {
      case "-" -> SpfResult.FAIL;
      case "~" -> SpfResult.SOFTFAIL;
      case "?" -> SpfResult.NEUTRAL;
      default -> SpfResult.PASS;
    };
  }

  /** {@code argument} starts with the colon or slash that follows the name. */
  private static Optional<Mechanism> mechanism(String name, String argument) {
    return switch (name) {
      case "all" -> argument.isEmpty() ? Optional.of(new Mechanism.All()) : Optional.empty();
      case "include" -> domain(argument).map(Mechanism.Include::new);
      case "exists" -> domain(argument).map(Mechanism.Exists::new);
      case "ptr" ->
          argument.isEmpty()
              ? Optional.of(new Mechanism.Ptr(Optional.empty()))
              : domain(argument).map(d -> new Mechanism.Ptr(Optional.of(d)));
      case "a" -> addresses(argument, Mechanism.A::new);
      case "mx" -> addresses(argument, Mechanism.Mx::new);
      case "ip4" -> argument.startsWith(":") ? ip4(argument.substring(1)) : Optional.empty();
      case "ip6" -> argument.startsWith(":") ? ip6(argument.substring(1)) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<MacroString> domain(String argument) {
    return argument.startsWith(":")
        ? MacroString.domainSpec(argument.substring(1))
        : Optional.empty();
  }

  private interface OverAddresses {
    Mechanism of(Optional<MacroString> domain, Mechanism.Prefixes prefixes);
  }

  private static Optional<Mechanism> addresses(String argument, OverAddresses mechanism) {
    Matcher parts = DUAL_CIDR.matcher(argument);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int ip4 = prefix(parts.group(2), 32);
    int ip6 = prefix(parts.group(3), 128);
    String domain = parts.group(1);
    if (ip4 < 0 || ip6 < 0) {
      return Optional.empty();
    }
    Mechanism.Prefixes prefixes = new Mechanism.Prefixes(ip4, ip6);
    return domain.isEmpty()
        ? Optional.of(mechanism.of(Optional.empty(), prefixes))
        : domain(domain).map(d -> mechanism.of(Optional.of(d), prefixes));
  }

  private static Optional<Mechanism> ip4(String network) {
    Matcher parts = IP4_NETWORK.matcher(network);
    if (!parts.matches() || prefix(parts.group(2), 32) < 0) {
      return Optional.empty();
    }
    try {
      InetAddress address = Inet4Address.ofLiteral(parts.group(1));
      return Optional.of(new Mechanism.Ip(address, prefix(parts.group(2), 32)));
    } catch (IllegalArgumentException octetAbove255) {
      return Optional.empty();
    }
  }

  /** An IPv4-mapped network becomes IPv4 with an IPv6 prefix and so matches nothing (§5). */
  private static Optional<Mechanism> ip6(String network) {
    Matcher parts = IP6_NETWORK.matcher(network);
    int prefix = parts.matches() ? prefix(parts.group(2), 128) : -1;
    if (prefix < 0 || !parts.group(1).contains(":")) {
      return Optional.empty();
    }
    try {
      InetAddress address = Inet6Address.ofLiteral(parts.group(1));
      return Optional.of(new Mechanism.Ip(address, prefix));
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }

  /** The length; {@code most} when absent, -1 when too large. */
  private static int prefix(@org.jspecify.annotations.Nullable String digits, int most) {
    int length = digits == null ? most : Integer.parseInt(digits);
    return length <= most ? length : -1;
  }
}
