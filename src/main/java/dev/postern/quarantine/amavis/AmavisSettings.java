package dev.postern.quarantine.amavis;

import java.nio.file.Path;
import java.util.List;

/**
 * One amavis.
 *
 * @param source what cases call it
 * @param release where it takes AM.PDP requests: {@code host:port} or the path of a socket
 * @param quarantine its {@code $QUARANTINEDIR}
 * @param kinds beginnings of file names, up to the first hyphen, that are asked about
 * @param largest octets of a message that are taken into the store
 */
public record AmavisSettings(
    String source, String release, Path quarantine, List<String> kinds, int largest) {
  /** Copies the list, so that settings never change. */
  public AmavisSettings {
    kinds = List.copyOf(kinds);
  }
}
