package dev.postern.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Keeps what tests saw going to Slack, for the check against Slack's published types ({@code mvn
 * -Pslack-types verify}); does nothing where nobody asks.
 */
final class Payloads {
  private static final String FOLDER = System.getProperty("postern.slack-payloads", "");

  private Payloads() {}

  /**
   * Keeps one payload, each only once.
   *
   * @param kind {@code message}: an array of blocks; {@code modal} or {@code home}: a view
   */
  static void keep(String kind, JsonNode payload) {
    if (FOLDER.isEmpty()) {
      return;
    }
    byte[] json = payload.toString().getBytes(StandardCharsets.UTF_8);
    try {
      Path folder = Files.createDirectories(Path.of(FOLDER));
      Files.write(folder.resolve(kind + "-" + UUID.nameUUIDFromBytes(json) + ".json"), json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
