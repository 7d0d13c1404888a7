package dev.postern.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Dns;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;

/** Runs commands in a folder and keeps what they print. */
final class ATerminal {
  final Map<String, String> environment = new HashMap<>();
  final Path folder;
  Starter starter = (_, _, _) -> Exit.OK;
  Dns network = (_, _, _) -> Answer.without(Answer.Status.TEMPFAIL, 0);
  byte[] input = {};
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  ATerminal(Path folder) {
    this.folder = folder;
  }

  ATerminal file(String name, String text) {
    try {
      Path file = Files.writeString(folder.resolve(name), text);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int run(String... arguments) {
    out.reset();
    err.reset();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(input),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            folder,
            environment);
    return new CommandLineTool(terminal, starter, _ -> network).run(arguments);
  }

  String out() {
    return out.toString(UTF_8);
  }

  String err() {
    return err.toString(UTF_8);
  }
}
