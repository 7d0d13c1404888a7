package dev.postern.evidence.spf;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Answer.Status;
import dev.postern.evidence.Conformance;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.Dns;
import dev.postern.evidence.DnsName;
import dev.postern.evidence.DnsType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The zone data of the openspf suite, with the rules of its README. */
final class SuiteDns implements Dns {
  private final Map<String, List<?>> zone = new HashMap<>();

  SuiteDns(Map<String, Object> zonedata) {
    zonedata.forEach((name, entries) -> zone.put(new DnsName(name).text(), (List<?>) entries));
  }

  @Override
  public Answer query(DnsName name, DnsType type, Deadline by) {
    Answer answer = lookUp(name.text(), type);
    if (answer.status() == Status.NODATA && type != DnsType.CNAME) {
      Answer alias = lookUp(name.text(), DnsType.CNAME);
      return alias.data().isEmpty() ? answer : lookUp(alias.data().getFirst(), type);
    }
    return answer;
  }

  private Answer lookUp(String name, DnsType type) {
    List<?> entries = zone.get(name);
    if (entries == null) {
      Status absent = name.startsWith("error.") ? Status.TEMPFAIL : Status.NXDOMAIN;
      return Answer.without(absent, 0);
    }
    boolean hasTxt =
        entries.stream().anyMatch(e -> e instanceof Map<?, ?> m && m.containsKey("TXT"));
    List<String> data = new ArrayList<>();
    for (Object entry : entries) {
      if ("TIMEOUT".equals(entry)) {
        return data.isEmpty() ? Answer.without(Status.TEMPFAIL, 0) : Answer.of(data, 300, false);
      }
      Map.Entry<String, Object> record = Conformance.map(entry).entrySet().iterator().next();
      boolean wanted =
          record.getKey().equals(type.name())
              || (record.getKey().equals("SPF") && type == DnsType.TXT && !hasTxt);
      if (wanted && "TIMEOUT".equals(record.getValue())) {
        return Answer.without(Status.TEMPFAIL, 0);
      }
      if (wanted && !"NONE".equals(record.getValue())) {
        data.add(text(type, record.getValue()));
      }
    }
    return data.isEmpty() ? Answer.without(Status.NODATA, 0) : Answer.of(data, 300, false);
  }

  private static String text(DnsType type, Object value) {
    return switch (type) {
      case SPF, TXT ->
          String.join("", Conformance.list(value).stream().map(Object::toString).toList());
      case MX -> {
        List<?> mx = (List<?>) value;
        yield mx.get(0) + " " + new DnsName(mx.get(1).toString()).text();
      }
      case PTR, CNAME -> new DnsName(value.toString()).text();
      case A, AAAA -> value.toString().toLowerCase(Locale.ROOT);
    };
  }
}
