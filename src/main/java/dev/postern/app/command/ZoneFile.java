package dev.postern.app.command;

import dev.postern.dns.ZoneDns;
import dev.postern.evidence.Dns;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** DNS answers from the file that {@code --zone} names. */
final class ZoneFile {
  private ZoneFile() {}

  /** Reads it, or says why it cannot be read. */
  static Dns read(Terminal terminal, Path file) throws CommandFailure {
    try {
      byte[] text = Files.readAllBytes(terminal.workingFolder().resolve(file));
      return ZoneDns.read(new ByteArrayInputStream(text));
    } catch (IOException unreadable) {
      throw CommandFailure.usage("there is no readable file " + file);
    } catch (IllegalArgumentException noZone) {
      throw CommandFailure.usage("--zone " + file + ": " + noZone.getMessage());
    }
  }
}
