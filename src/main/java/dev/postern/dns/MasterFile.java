package dev.postern.dns;

import dev.postern.evidence.Answer;
import dev.postern.evidence.DnsType;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Reads a zone in master-file syntax (RFC 1035 §5) with one record per line and absolute names:
 *
 * <pre>
 * bakery.example. 3600 IN TXT "v=spf1 mx -all"
 * broken.example. 60 IN SERVFAIL
 * </pre>
 *
 * In place of a type may stand what a name server does to every question for the name: {@code
 * SERVFAIL}, {@code REFUSED}, {@code DROP} (nothing); {@code TRUNC} cuts answers by UDP and changes
 * nothing here. Directives, parentheses over several lines and names that lean on other lines are
 * refused.
 */
final class MasterFile {
  private static final Pattern LINE =
      Pattern.compile(
          "(\\S+)\\s+(?:(\\d{1,10})\\s+)?(?:(?i:IN)\\s+)?([A-Za-z][A-Za-z0-9]*)(?:\\s+(.*))?");
  private static final Pattern MAPPING =
      Pattern.compile("(?:[\\[{?%-]|\"[^\"]*\"\\s*:|'[^']*'\\s*:|[^\\s:]+\\s*:(?:\\s|$)).*");
  private static final Set<String> FAULTS = Set.of("SERVFAIL", "REFUSED");

  private final Map<String, ZoneName> names = new HashMap<>();

  private MasterFile() {}

  /** Whether the text looks like lines of records rather than YAML or JSON. */
  static boolean looksLike(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .findFirst()
        .filter(line -> line.startsWith(";") || !MAPPING.matcher(line).matches())
        .isPresent();
  }

  /**
   * The names of the zone.
   *
   * @param text one character per octet (ISO-8859-1)
   * @throws IllegalArgumentException if a line is no record, naming the line
   */
  static Map<String, ZoneName> read(String text) {
    MasterFile file = new MasterFile();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!line.isBlank() && !line.stripLeading().startsWith(";")) {
        try {
          file.line(line);
        } catch (IllegalArgumentException wrong) {
          throw new IllegalArgumentException("line " + (i + 1) + ": " + wrong.getMessage(), wrong);
        }
      }
    }
    return file.names;
  }

  private void line(String line) {
    char first = line.charAt(0);
    if (first == ' ' || first == '\t' || first == '@' || first == '$') {
      throw new IllegalArgumentException(
          "every line must begin with the whole name of its record; there are no directives");
    }
    Matcher parts = LINE.matcher(line.stripTrailing());
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "this is no record such as bakery.example. 3600 IN A 192.0.2.10");
    }
    Name owner = name(parts.group(1));
    long ttl = parts.group(2) == null ? ZoneName.TTL : Long.parseLong(parts.group(2));
    String type = parts.group(3).toUpperCase(Locale.ROOT);
    ZoneName name = names.computeIfAbsent(WireNames.text(owner), _ -> new ZoneName());
    if (FAULTS.contains(type)) {
      name.always(Answer.failure(type));
    } else if (type.equals("DROP")) {
      name.always(Answer.failure("TIMEOUT"));
    } else if (!type.equals("TRUNC")) {
      String data = Optional.ofNullable(parts.group(4)).orElse("");
      record(name, record(owner, type, ttl, data));
    }
  }

  /** Records of types that evidence never asks for only make their name exist. */
  private static void record(ZoneName name, Record record) {
    for (DnsType type : DnsType.values()) {
      Replies.text(record, type).ifPresent(text -> name.add(type, text, record.getTTL()));
    }
  }

  private static Name name(String text) {
    try {
      return Name.fromString(octets(text), Name.root);
    } catch (IOException wrong) {
      throw new IllegalArgumentException(text + " is no name that DNS can carry", wrong);
    }
  }

  private static Record record(Name owner, String type, long ttl, String data) {
    int value = Type.value(type);
    if (value < 0) {
      throw new IllegalArgumentException(
          type + " is no record type; also SERVFAIL, REFUSED, DROP and TRUNC may stand there");
    }
    try {
      return Record.fromString(owner, value, DClass.IN, ttl, octets(data), Name.root);
    } catch (IOException | RuntimeException wrong) {
      String words = String.valueOf(wrong.getMessage()).replaceFirst("^<none>:\\d+: ", "");
      throw new IllegalArgumentException("no " + type + " record: " + words, wrong);
    }
  }

  /** Octets above ASCII as escapes, so that no character set changes them. */
  private static String octets(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char octet = text.charAt(i);
      escaped.append(octet < 0x80 ? String.valueOf(octet) : "\\%03d".formatted((int) octet));
    }
    return escaped.toString();
  }
}
