package dev.postern.quarantine.postfix;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What the programs of Postfix 3.7 printed and logged. */
final class Sample {
  private Sample() {}

  static byte[] octets(String name) {
    try (InputStream in = Objects.requireNonNull(Sample.class.getResourceAsStream(name), name)) {
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static String text(String name) {
    return new String(octets(name), StandardCharsets.UTF_8);
  }

  /** The lines of a log, about one message. */
  static List<LogLine> log(String name, String id) {
    return text(name)
        .lines()
        .flatMap(line -> LogLine.parse(line).stream())
        .filter(line -> line.id().text().equals(id))
        .toList();
  }
}
