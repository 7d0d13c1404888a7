package dev.postern.app.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.EvidenceJson;
import dev.postern.evidence.Replay;
import dev.postern.mail.RawMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code evaluate --replay}. */
final class Replaying {
  private static final long LARGEST = 16L << 20;

  private Replaying() {}

  /** The evidence that a document's answers give again; tells on standard error how it compares. */
  static Evidence of(Terminal terminal, Path file, RawMessage message) throws CommandFailure {
    Evidence recorded = read(terminal, file);
    try {
      Evidence again = Replay.of(recorded, message);
      List<String> differences = Replay.differences(recorded, again);
      terminal
          .err()
          .println(
              differences.isEmpty()
                  ? "The verdicts are those of " + file + "."
                  : "Not as in " + file + ": " + String.join(", ", differences) + ".");
      return again;
    } catch (IllegalArgumentException anotherMessage) {
      throw CommandFailure.usage("--replay " + file + ": " + anotherMessage.getMessage());
    }
  }

  private static Evidence read(Terminal terminal, Path file) throws CommandFailure {
    Path path = terminal.workingFolder().resolve(file);
    try {
      if (Files.size(path) > LARGEST) {
        throw CommandFailure.usage("--replay " + file + " is larger than 16 MiB");
      }
      JsonNode document = Json.read(Files.readString(path));
      Evidence evidence = EvidenceJson.read(document.toString());
      String digest = document.path("digest").asText(EvidenceJson.digest(evidence).hex());
      if (!digest.equals(EvidenceJson.digest(evidence).hex())) {
        throw CommandFailure.usage("--replay " + file + " was changed: its digest does not fit");
      }
      return evidence;
    } catch (JsonProcessingException notJson) {
      throw CommandFailure.usage("--replay " + file + " is not JSON");
    } catch (IOException unreadable) {
      throw CommandFailure.usage("--replay: there is no readable file " + file);
    } catch (IllegalArgumentException noEvidence) {
      throw CommandFailure.usage("--replay " + file + ": " + noEvidence.getMessage());
    }
  }
}
