package dev.postern.dns;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Answer.Status;
import dev.postern.evidence.DnsName;
import dev.postern.evidence.DnsType;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * Reads a zone out of maps and lists, as YAML and JSON give them. A name has a map of types, or a
 * list of records in which a list is one record, or only the text of its TXT record.
 */
final class MappedZone {
  private static final Answer SILENCE = Answer.failure("TIMEOUT");

  private final Map<String, ZoneName> names = new HashMap<>();

  private MappedZone() {}

  /**
   * The names of the zone.
   *
   * @throws IllegalArgumentException if it has another shape, naming the owner name
   */
  static Map<String, ZoneName> read(Map<?, ?> zone) {
    MappedZone it = new MappedZone();
    zone.forEach((name, records) -> it.read(new DnsName(name.toString()).text(), records));
    return it.names;
  }

  private void read(String owner, @Nullable Object records) {
    ZoneName name = names.computeIfAbsent(owner, _ -> new ZoneName());
    switch (records) {
      case Map<?, ?> byType -> byType.forEach((key, value) -> entry(owner, name, key, value));
      case List<?> entries -> entries(owner, name, entries);
      case String text -> name.add(DnsType.TXT, txt(text), ZoneName.TTL);
      case null, default ->
          throw new IllegalArgumentException("the zone maps " + owner + " to no records");
    }
  }

  /** One key of a map of types; a list there holds several records. */
  private static void entry(String owner, ZoneName name, Object key, @Nullable Object value) {
    if (value == null) {
      throw wrong(owner, "has nothing after", key);
    } else if (key.equals("rcode")) {
      rcode(owner, name, value);
    } else if (key.equals("timeout")) {
      if (Boolean.TRUE.equals(value)) {
        name.always(SILENCE);
      }
    } else {
      Optional<DnsType> type = type(owner, key);
      List<?> records = value instanceof List<?> several ? several : List.of(value);
      type.ifPresent(
          it -> records.forEach(record -> name.add(it, text(owner, it, record), ZoneName.TTL)));
    }
  }

  /**
   * A list of records as the SPF suite has them: {@code TIMEOUT} stands for silence, and a record
   * of type SPF also for one of type TXT unless there is one (RFC 7208 §3.1 knows TXT only).
   */
  private static void entries(String owner, ZoneName name, List<?> entries) {
    for (Object entry : entries) {
      if ("TIMEOUT".equals(entry)) {
        name.otherwise(SILENCE);
      } else if (entry instanceof Map<?, ?> record && record.size() == 1) {
        record.forEach((key, value) -> record(owner, name, key, value));
      } else {
        throw wrong(owner, "has an entry that is neither {TYPE: record} nor TIMEOUT", entry);
      }
    }
    entries.stream()
        .filter(entry -> entry instanceof Map<?, ?> it && it.containsKey("SPF"))
        .filter(_ -> !mentions(entries, "TXT"))
        .forEach(entry -> record(owner, name, "TXT", ((Map<?, ?>) entry).get("SPF")));
  }

  private static boolean mentions(List<?> entries, String type) {
    return entries.stream().anyMatch(it -> it instanceof Map<?, ?> map && map.containsKey(type));
  }

  private static void record(String owner, ZoneName name, Object key, @Nullable Object value) {
    Optional<DnsType> type = type(owner, key);
    if (type.isEmpty() || "NONE".equals(value)) {
      return;
    }
    if ("TIMEOUT".equals(value)) {
      name.answers(type.get(), SILENCE);
    } else if (type.get() == DnsType.MX && value instanceof List<?> pair && pair.size() == 2) {
      String record = pair.getFirst() + " " + pair.getLast();
      name.add(DnsType.MX, text(owner, DnsType.MX, record), ZoneName.TTL);
    } else {
      name.add(type.get(), text(owner, type.get(), value), ZoneName.TTL);
    }
  }

  private static void rcode(String owner, ZoneName name, Object value) {
    int rcode = Rcode.value(value.toString());
    switch (rcode) {
      case Rcode.NOERROR -> {}
      case Rcode.NXDOMAIN -> name.always(Answer.without(Status.NXDOMAIN, ZoneName.TTL));
      case -1 -> throw wrong(owner, "has an rcode that DNS does not know", value);
      default -> name.always(Answer.failure(Rcode.string(rcode)));
    }
  }

  /** The type; empty for one that evidence never asks for. */
  private static Optional<DnsType> type(String owner, Object key) {
    String word = key.toString().toUpperCase(Locale.ROOT);
    for (DnsType type : DnsType.values()) {
      if (type.name().equals(word)) {
        return Optional.of(type);
      }
    }
    if (Type.value(word) < 0) {
      throw wrong(owner, "has records of no type that DNS knows", key);
    }
    return Optional.empty();
  }

  private static String text(String owner, DnsType type, @Nullable Object record) {
    if (record == null) {
      throw wrong(owner, "has an empty record of type", type);
    }
    return switch (type) {
      case A, AAAA -> address(owner, type, record);
      case CNAME, PTR -> new DnsName(record.toString()).text();
      case MX -> mx(owner, record.toString());
      case SPF, TXT -> txt(record);
    };
  }

  private static String address(String owner, DnsType type, Object record) {
    String text = record.toString();
    if (text.contains(":") == (type == DnsType.AAAA)) {
      try {
        return InetAddress.ofLiteral(text).getHostAddress();
      } catch (IllegalArgumentException notLiteral) {
        throw wrong(owner, "has an " + type + " record that is no address", record);
      }
    }
    throw wrong(owner, "has an " + type + " record that is no address of that kind", record);
  }

  private static String mx(String owner, String record) {
    String[] parts = record.strip().split("\\s+", -1);
    if (parts.length != 2 || !parts[0].matches("[0-9]{1,5}")) {
      throw wrong(owner, "has an MX record that is not such as \"10 mx.example\"", record);
    }
    String host = new DnsName(parts[1]).text();
    return Integer.parseInt(parts[0]) + " " + (host.isEmpty() ? "." : host);
  }

  /** Octets, as they would come over the wire; a list holds the strings of one record. */
  private static String txt(Object record) {
    StringBuilder joined = new StringBuilder();
    for (Object string : record instanceof List<?> strings ? strings : List.of(record)) {
      joined.append(string);
    }
    return new String(
        joined.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static IllegalArgumentException wrong(String owner, String what, @Nullable Object value) {
    return new IllegalArgumentException("the zone: " + owner + " " + what + ": " + value);
  }
}
