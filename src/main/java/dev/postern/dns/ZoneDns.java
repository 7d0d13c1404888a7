package dev.postern.dns;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Answer.Status;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.Dns;
import dev.postern.evidence.DnsName;
import dev.postern.evidence.DnsType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 * or has a record on each line, in master-file syntax with absolute names:
 *
 * <pre>
 * bakery.example. 3600 IN A 192.0.2.10
 * broken.example. 60 IN SERVFAIL
 * </pre>
 *
 * Types are A, AAAA, CNAME, MX, PTR, SPF and TXT; others only make their name exist. A name exists
 * if it is listed or a listed name lies below it. YAML and JSON are read alike. The same question
 * gets the same object.
 */
public final class ZoneDns implements Dns {
  private static final Answer NO_SUCH_NAME = Answer.without(Status.NXDOMAIN, ZoneName.TTL);
  private static final Answer NO_SUCH_RECORD = Answer.without(Status.NODATA, ZoneName.TTL);

  private final Map<String, ZoneName> names;
  private final Set<String> existing = new HashSet<>();

  private ZoneDns(Map<String, ZoneName> names) {
    this.names = names;
    names.keySet().forEach(name -> existing.addAll(parents(name)));
  }

  /**
   * Reads a zone.
   *
   * @throws IllegalArgumentException if it has another shape, naming the owner name
   */
  public static ZoneDns of(Map<?, ?> zone) {
    return new ZoneDns(MappedZone.read(zone));
  }

  /**
   * Reads a zone from YAML or JSON in UTF-8, or from lines of records.
   *
   * @throws IllegalArgumentException if it is neither, naming the line or the owner name
   * @throws UncheckedIOException if it cannot be read
   */
  public static ZoneDns read(InputStream file) {
    byte[] octets = octets(file);
    String lines = new String(octets, StandardCharsets.ISO_8859_1);
    if (MasterFile.looksLike(lines)) {
      return new ZoneDns(MasterFile.read(lines));
    }
    try {
      String text = new String(octets, StandardCharsets.UTF_8);
      Object zone = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
      if (zone instanceof Map<?, ?> names) {
        return of(names);
      }
    } catch (YAMLException notYaml) {
      throw new IllegalArgumentException("the zone is not YAML: " + where(notYaml), notYaml);
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
    return answer(name, type);
  }

  @Override
  public Optional<Answer> known(DnsName name, DnsType type) {
    return Optional.of(answer(name, type));
  }

  private Answer answer(DnsName name, DnsType type) {
    String owner = name.text();
    for (int alias = 0; alias <= Replies.MOST_ALIASES; alias++) {
      ZoneName records = names.get(owner);
      if (records == null) {
        return existing.contains(owner) ? NO_SUCH_RECORD : NO_SUCH_NAME;
      }
      Answer target = records.answer(DnsType.CNAME);
      if (type == DnsType.CNAME || records.has(type) || target.status() != Status.NOERROR) {
        return records.answer(type);
      }
      owner = target.data().getFirst();
    }
    return Answer.failure("ALIASES");
  }

  private static byte[] octets(InputStream file) {
    try {
      return file.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String where(YAMLException notYaml) {
    return String.valueOf(notYaml.getMessage()).lines().findFirst().orElse("");
  }

  private static List<String> parents(String name) {
    List<String> parents = new ArrayList<>();
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      parents.add(name.substring(dot + 1));
    }
    return parents;
  }
}
