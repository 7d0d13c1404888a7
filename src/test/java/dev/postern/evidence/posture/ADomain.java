package dev.postern.evidence.posture;

import dev.postern.dns.ZoneDns;
import dev.postern.evidence.Dns;
import dev.postern.mail.DomainName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A domain, {@code firm.example}, that publishes all it should until a test changes something. */
public final class ADomain {
  static final DomainName FIRM = new DomainName("firm.example");
  static final String RSA_2048 =
      "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAwKTmgakjeH7YCypafRPuKGMy4i5fftnA+0EJ2bqhh1kDLRQz"
          + "ke7y213ijxKGdAlmxpcvIumgR8ypbZ3Ez4ETP5B1SGMXcpfx8DYqWbKG0G7aHNg6TvMfB9SI+pcsHL3QDZbp9oX9"
          + "EoXCg4peroi+xdvgDgaUE0lyR8p62fdZcIfnI74ECHo1mfR9Kj50ImizZVe0YwZTvcuasPtAZS+necld+rCGCFYE"
          + "tFiWVogjmG86MwuYEamIbKaFE/ksuh5hWQlZk64yLRMSqTejk+YD9gARDirDughhPoPqXZSF3OBd5HqtjuuCsunY"
          + "yCehZuZ1WgBh22STJmTDysCiGfH7ewIDAQAB";

  private final Map<String, Map<String, Object>> zone = new LinkedHashMap<>();
  private final List<DomainName> selectors = new ArrayList<>();

  public ADomain() {
    with("firm.example", "A", "192.0.2.1");
    with("firm.example", "MX", "10 mx.firm.example");
    with("mx.firm.example", "A", "192.0.2.2").with("mx.firm.example", "AAAA", "2001:db8::2");
    spf("v=spf1 mx -all");
    txt("google._domainkey.firm.example", "v=DKIM1; k=rsa; p=" + RSA_2048);
    dmarc("v=DMARC1; p=reject; rua=mailto:dmarc@firm.example");
    txt("_mta-sts.firm.example", "v=STSv1; id=1");
    txt("_smtp._tls.firm.example", "v=TLSRPTv1; rua=mailto:tls@firm.example");
  }

  /** Sets the records of one type at a name; none takes them away. */
  ADomain with(String name, String type, String... records) {
    Map<String, Object> at = zone.computeIfAbsent(name, _ -> new LinkedHashMap<>());
    at.put(type, List.of(records));
    if (records.length == 0) {
      at.remove(type);
      if (at.isEmpty()) {
        zone.remove(name);
      }
    }
    return this;
  }

  public ADomain txt(String name, String... texts) {
    return with(name, "TXT", texts);
  }

  public ADomain spf(String... texts) {
    return txt("firm.example", texts);
  }

  public ADomain dmarc(String... texts) {
    return txt("_dmarc.firm.example", texts);
  }

  ADomain silent(String name) {
    zone.put(name, Map.of("timeout", true));
    return this;
  }

  ADomain selector(String selector) {
    selectors.add(new DomainName(selector));
    return this;
  }

  Dns dns() {
    return ZoneDns.of(zone);
  }

  public Posture check() {
    return check(dns());
  }

  Posture check(Dns dns) {
    return new DomainCheck(dns, Duration.ofSeconds(20)).check(FIRM, selectors);
  }

  /** What was found, {@code level name}, without what is as it should be. */
  List<String> wanting() {
    return wanting(check());
  }

  static List<String> wanting(Posture posture) {
    return posture
        .findings()
        .filter(it -> it.level() != Level.OK)
        .map(it -> it.level().word() + " " + it.name())
        .toList();
  }

  /** The one finding of that name. */
  Finding finding(String name) {
    return check().findings().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
  }
}
