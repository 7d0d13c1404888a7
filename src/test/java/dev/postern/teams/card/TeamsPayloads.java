package dev.postern.teams.card;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Keeps the cards that tests saw, for the check by tools of the platform's own ({@code mvn
 * -Pteams-types verify}); does nothing where nobody asks.
 */
public final class TeamsPayloads {
  private static final String FOLDER = System.getProperty("postern.teams-payloads", "");

  private TeamsPayloads() {}

  /** Keeps one card, each only once. */
  static void keep(JsonNode card) {
    keep("", card);
  }

  /** Keeps the manifest of the app. */
  public static void keepManifest(JsonNode manifest) {
    keep("manifest-", manifest);
  }

  private static void keep(String kind, JsonNode what) {
    if (FOLDER.isEmpty()) {
      return;
    }
    byte[] json = what.toString().getBytes(StandardCharsets.UTF_8);
    try {
      Path folder = Files.createDirectories(Path.of(FOLDER));
      Files.write(folder.resolve(kind + UUID.nameUUIDFromBytes(json) + ".json"), json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
