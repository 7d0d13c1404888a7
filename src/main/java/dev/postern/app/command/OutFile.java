package dev.postern.app.command;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Where a command was told to write. A file appears when it is whole, in place of an older one, so
 * that half of it is never taken for all.
 *
 * @param terminal whose folder and standard output count
 * @param name of the file; - for standard output
 */
record OutFile(Terminal terminal, String name) {

  /** Writes the octets, and tells of what they are. */
  interface Content<T> {
    T write(OutputStream out) throws IOException;
  }

  boolean standardOutput() {
    return name.equals("-");
  }

  <T> T write(Content<T> content) throws CommandFailure {
    try {
      return standardOutput() ? buffered(content, terminal.out()) : renamed(content);
    } catch (IOException | UncheckedIOException full) {
      throw CommandFailure.usage(name + " cannot be written: " + full.getMessage());
    }
  }

  private <T> T renamed(Content<T> content) throws IOException {
    Path whole = terminal.workingFolder().resolve(name).toAbsolutePath();
    Path fresh = whole.resolveSibling(whole.getFileName() + ".new");
    try {
      T told;
      try (OutputStream out = Files.newOutputStream(fresh)) {
        told = buffered(content, out);
      }
      Files.move(fresh, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return told;
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static <T> T buffered(Content<T> content, OutputStream out) throws IOException {
    OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
    T told = content.write(buffered);
    buffered.flush();
    return told;
  }
}
