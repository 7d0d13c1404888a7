package dev.postern.app.crash;

import dev.postern.app.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Exports the log of a store and verifies it offline, with the program that auditors run. */
final class Auditor {
  private Auditor() {}

  /** What {@code audit verify} said of the export; its exit code stands first. */
  static String verify(Replica replica, Map<String, String> settings)
      throws IOException, InterruptedException {
    Path log = replica.folder.resolve("export.jsonl");
    run(replica, settings, "audit export --out " + log);
    return run(replica, settings, "audit verify " + log);
  }

  private static String run(Replica replica, Map<String, String> settings, String command)
      throws IOException, InterruptedException {
    Path said = replica.folder.resolve("said.txt");
    Process process =
        Child.process(java.util.List.of(), command, replica.folder, settings)
            .redirectOutput(said.toFile())
            .redirectError(said.toFile())
            .start();
    int exit = process.waitFor();
    return exit + " " + Files.readString(said);
  }
}
