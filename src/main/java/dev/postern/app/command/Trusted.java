package dev.postern.app.command;

import dev.postern.audit.Checkpoint;
import dev.postern.audit.LogKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options that say what a log is held against: its public key, and what somebody kept. */
final class Trusted {
  @Option(
      names = "--since",
      paramLabel = "FILE",
      description =
          "Checkpoints that were kept elsewhere, one or many: proves that the log then is the"
              + " beginning of the log now.")
  private Optional<Path> since = Optional.empty();

  @Option(
      names = "--key",
      paramLabel = "FILE|TEXT",
      description =
          "The public key of the log, or a file that holds it; without, the second line of"
              + " keys/log.key in the data folder.")
  private Optional<String> key = Optional.empty();

  /** The signed notes that were kept; none without the option. */
  List<String> notes(Terminal terminal) throws CommandFailure {
    if (since.isEmpty()) {
      return List.of();
    }
    Path from = since.get();
    try {
      List<String> notes =
          Checkpoint.notes(Files.readString(terminal.workingFolder().resolve(from)));
      if (!notes.isEmpty()) {
        return notes;
      }
    } catch (IOException unreadable) {
      throw CommandFailure.usage("--since: there is no readable file " + from);
    }
    throw CommandFailure.usage("--since: " + from + " holds no checkpoint");
  }

  /** The checkpoints that were kept, all of them signed by this key. */
  List<Checkpoint> checkpoints(Terminal terminal, LogKey signer) throws CommandFailure {
    List<Checkpoint> kept = new ArrayList<>();
    for (String note : notes(terminal)) {
      kept.add(
          Checkpoint.open(note, signer)
              .orElseThrow(
                  () ->
                      CommandFailure.no(
                          "--since: a checkpoint in it was not signed by " + signer.text())));
    }
    return kept;
  }

  /** The public key of the log. */
  LogKey key(Terminal terminal, Settled settled) throws CommandFailure {
    if (key.isPresent()) {
      Optional<LogKey> itself = LogKey.parse(key.get());
      return itself.isPresent()
          ? itself.get()
          : keyOf(terminal.workingFolder().resolve(key.get()), "--key: ");
    }
    Path data = CommandLineTool.keeping(terminal, settled.file()).data();
    return keyOf(data.resolve("keys").resolve("log.key"), "name the log's public key with --key: ");
  }

  /** The line of a file that is a public key; beside it a key file holds the secret half. */
  static LogKey keyOf(Path from, String option) throws CommandFailure {
    try (Stream<String> lines = Files.lines(from)) {
      return lines
          .flatMap(line -> LogKey.parse(line).stream())
          .findFirst()
          .orElseThrow(() -> CommandFailure.usage(option + from + " holds no public key"));
    } catch (IOException | UncheckedIOException unreadable) {
      throw CommandFailure.usage(option + "there is no readable file " + from);
    }
  }
}
