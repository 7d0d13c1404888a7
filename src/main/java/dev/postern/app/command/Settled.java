package dev.postern.app.command;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option with which every command finds its settings. */
final class Settled {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings to use; otherwise postern.conf in this folder, if there is one.")
  private Optional<Path> config = Optional.empty();

  Optional<Path> file() {
    return config;
  }
}
