package dev.postern.dns;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Answer.Status;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.Dns;
import dev.postern.evidence.DnsName;
import dev.postern.evidence.DnsType;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * DNS out of a file, without any network: for samples, tests and replays. The file maps owner names
 * to records:
 *
 * <pre>
 * bakery.example:
 *   A: [192.0.2.10]
 *   MX: [10 mx.bakery.example]
 *   TXT: ["v=spf1 mx -all", ["one record of ", "two strings"]]
 * broken.example: {rcode: SERVFAIL}
 * silent.example: {timeout: true}
 * </pre>
 *
 * Types are A, AAAA, CNAME, MX, PTR and TXT. A name exists if it is listed or a listed name lies
 * below it. YAML and JSON are read alike.
 */
public final class ZoneDns implements Dns {
  private static final long TTL = 300;
  private static final int MOST_ALIASES = 8;

  private final Map<String, Map<String, Object>> names = new HashMap<>();
  private final Set<String> existing = new HashSet<>();

  private ZoneDns(Map<?, ?> zone) {
    zone.forEach((name, records) -> add(new DnsName(name.toString()).text(), records));
  }

  /**
   * Reads a zone.
   *
   * @throws IllegalArgumentException if it has another shape, naming the owner name
   */
  public static ZoneDns of(Map<?, ?> zone) {
    return new ZoneDns(zone);
  }

  /**
   * Reads a zone from YAML or JSON in UTF-8.
   *
   * @throws IllegalArgumentException if it is neither, or has another shape
   */
  public static ZoneDns read(InputStream file) {
    try {
      Object zone = new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
      if (zone instanceof Map<?, ?> names) {
        return of(names);
      }
    } catch (YAMLException notYaml) {
      throw new IllegalArgumentException("the zone is not YAML", notYaml);
    }
    throw new IllegalArgumentException("the zone maps no names to records");
  }

  /**
   * The topmost listed names: what lies at or below one of them is this zone's to answer. A name
   * listed with no records, such as {@code example: {}}, claims all below it.
   */
  public Set<DnsName> apexes() {
    Set<DnsName> apexes = new HashSet<>();
    for (String name : names.keySet()) {
      if (parents(name).stream().noneMatch(names::containsKey)) {
        apexes.add(new DnsName(name));
      }
    }
    return apexes;
  }

  @Override
  public Answer query(DnsName name, DnsType type, Deadline by) {
    String owner = name.text();
    for (int alias = 0; alias <= MOST_ALIASES; alias++) {
      Optional<String> target =
          type == DnsType.CNAME ? Optional.empty() : texts(owner, DnsType.CNAME).findFirst();
      if (target.isEmpty()) {
        return answer(owner, type);
      }
      owner = new DnsName(target.get()).text();
    }
    return Answer.without(Status.TEMPFAIL, 0);
  }

  private Answer answer(String owner, DnsType type) {
    Map<String, Object> records = names.get(owner);
    if (records == null) {
      Status status = existing.contains(owner) ? Status.NODATA : Status.NXDOMAIN;
      return Answer.without(status, TTL);
    }
    if (records.get("rcode") instanceof String rcode) {
      return rcode.equals("NXDOMAIN")
          ? Answer.without(Status.NXDOMAIN, TTL)
          : Answer.without(Status.TEMPFAIL, 0);
    }
    if (Boolean.TRUE.equals(records.get("timeout"))) {
      return Answer.without(Status.TEMPFAIL, 0);
    }
    List<String> data = texts(owner, type).toList();
    return data.isEmpty() ? Answer.without(Status.NODATA, TTL) : Answer.of(data, TTL, false);
  }

  private Stream<String> texts(String owner, DnsType type) {
    Object records = names.getOrDefault(owner, Map.of()).getOrDefault(type.name(), List.of());
    List<?> list = records instanceof List<?> several ? several : List.of(records);
    return list.stream().map(record -> text(type, record));
  }

  private static String text(DnsType type, Object record) {
    return switch (type) {
      case A, AAAA -> InetAddress.ofLiteral(record.toString()).getHostAddress();
      case CNAME, PTR -> new DnsName(record.toString()).text();
      case MX -> mx(record.toString());
      case TXT -> txt(record);
    };
  }

  private static String mx(String record) {
    int space = record.indexOf(' ');
    String host = new DnsName(record.substring(space + 1).strip()).text();
    return record.substring(0, space) + " " + (host.isEmpty() ? "." : host);
  }

  /** Octets, as they would come over the wire. */
  private static String txt(Object record) {
    StringBuilder joined = new StringBuilder();
    for (Object string : record instanceof List<?> strings ? strings : List.of(record)) {
      joined.append(string);
    }
    return new String(
        joined.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private void add(String name, Object records) {
    if (!(records instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException("the zone maps " + name + " to no records");
    }
    Map<String, Object> byType = new HashMap<>();
    map.forEach((type, record) -> byType.put(type.toString(), record));
    names.put(name, byType);
    existing.add(name);
    existing.addAll(parents(name));
  }

  private static List<String> parents(String name) {
    List<String> parents = new ArrayList<>();
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      parents.add(name.substring(dot + 1));
    }
    return parents;
  }
}
