package dev.postern.quarantine.exim;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what {@code exim -Mvh} prints: the file {@code ID-H} of the spool, whose form the chapter
 * "Format of spool files" of Exim's specification tells. What stands in it may be hostile, but a
 * line of it is a line, save for the variables of ACLs, which say how long they are.
 */
final class SpoolHeader {
  private static final Pattern VARIABLE =
      Pattern.compile("--?(?:\\([^)]*\\))?acl[cm]? ?\\S* ([0-9]{1,9})");
  private static final Pattern OPTION = Pattern.compile("--?(?:\\([^)]*\\))?([a-z_]+)(?: (.*))?");
  private static final Pattern CLIENT = Pattern.compile("\\[([0-9A-Fa-f:.]+)\\](?::[0-9]+)?");
  private static final Pattern NODE = Pattern.compile("[YN]{2} (.+)");

  /** An errors address, an original recipient and flags may follow (DSN). */
  private static final Pattern EXTENDED = Pattern.compile("(\\S+) .*[0-9]+,-?[0-9]+#[0-9]+");

  private final String text;
  private int at;

  private SpoolHeader(String text) {
    this.text = text;
  }

  /**
   * Reads it; empty where it is not about this message, or in another form.
   *
   * @param printed with one character for each octet
   */
  static Optional<Spooled> read(String printed, EximId id) {
    try {
      return new SpoolHeader(printed).read(id);
    } catch (IllegalArgumentException otherForm) {
      return Optional.empty();
    }
  }

  private Optional<Spooled> read(EximId id) {
    if (!line().equals(id + "-H")) {
      return Optional.empty();
    }
    line(); // the user who submitted it
    String sender = utf8(line());
    require(sender.startsWith("<") && sender.endsWith(">"));
    long received = Long.parseLong(line().split(" ", 2)[0]);
    Map<String, String> options = new HashMap<>();
    String next = line();
    while (next.startsWith("-")) {
      option(next, options);
      next = line();
    }
    Set<String> done = new HashSet<>();
    if (!next.equals("XX")) {
      int open = 1;
      while (open > 0) {
        Matcher node = NODE.matcher(next);
        require(node.matches());
        done.add(utf8(node.group(1)));
        open += (next.charAt(0) == 'Y' ? 1 : 0) + (next.charAt(1) == 'Y' ? 1 : 0) - 1;
        next = open > 0 ? line() : next;
      }
    }
    return Optional.of(
        new Spooled(
            sender.substring(1, sender.length() - 1),
            Instant.ofEpochSecond(received),
            options.containsKey("frozen"),
            client(options.getOrDefault("host_address", "")),
            utf8(options.getOrDefault("helo_name", "")),
            recipients(Integer.parseInt(line())),
            done));
  }

  private void option(String line, Map<String, String> options) {
    Matcher variable = VARIABLE.matcher(line);
    if (variable.matches()) {
      at += Integer.parseInt(variable.group(1));
      require(line().isEmpty());
      return;
    }
    Matcher option = OPTION.matcher(line);
    if (option.matches()) {
      options.put(option.group(1), option.group(2) == null ? "" : option.group(2));
    }
  }

  private List<String> recipients(int count) {
    List<String> recipients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String written = utf8(line());
      Matcher extended = EXTENDED.matcher(written);
      recipients.add(extended.matches() ? extended.group(1) : written);
    }
    return recipients;
  }

  private String line() {
    int end = text.indexOf('\n', at);
    require(end >= 0);
    String line = text.substring(at, end);
    at = end + 1;
    return line;
  }

  private static String utf8(String octets) {
    return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static void require(boolean fits) {
    if (!fits) {
      throw new IllegalArgumentException("another form");
    }
  }

  private static InetAddress client(String written) {
    Matcher form = CLIENT.matcher(written);
    try {
      return form.matches()
          ? InetAddress.ofLiteral(form.group(1))
          : InetAddress.getLoopbackAddress();
    } catch (IllegalArgumentException noAddress) {
      return InetAddress.getLoopbackAddress();
    }
  }
}
