package dev.postern.app.command;

import dev.postern.audit.AuditExport;
import dev.postern.audit.Census;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/**
 * A file that holds a log, or proofs of it.
 *
 * @param terminal whose folder and standard input count
 * @param name of the file; - for standard input
 */
record ExportedLog(Terminal terminal, String name) {
  private static final int LONGEST_FIRST_LINE = 64;
  private static final int LARGEST_PROOFS = 16 << 20;

  private InputStream open() throws IOException {
    return name.equals("-")
        ? terminal.in()
        : Files.newInputStream(terminal.workingFolder().resolve(name));
  }

  /** What somebody does with the octets. */
  interface Reader<T> {
    T read(BufferedInputStream in) throws IOException;
  }

  /** Opens the file once. */
  <T> T opened(Reader<T> reader) throws CommandFailure {
    try (BufferedInputStream in = new BufferedInputStream(open(), 1 << 16)) {
      return reader.read(in);
    } catch (IOException | UncheckedIOException unreadable) {
      throw CommandFailure.usage("there is no readable file " + name);
    }
  }

  /** Gives the log to somebody who counts. */
  static void read(BufferedInputStream in, Census census) {
    AuditExport.read(in, census);
    if (census.isEmpty()) {
      census.malformed("the file is empty: nothing was exported, or everything was cut off");
    }
  }

  /** The first line of what stands there, which is still to be read. */
  static String firstLine(BufferedInputStream in) throws IOException {
    in.mark(LONGEST_FIRST_LINE + 1);
    byte[] begin = in.readNBytes(LONGEST_FIRST_LINE);
    in.reset();
    return new String(begin, StandardCharsets.UTF_8).lines().findFirst().orElse("");
  }

  /** The text of a file of proofs; what is too large is cut off, and proves nothing. */
  static String proofs(BufferedInputStream in) throws IOException {
    return new String(in.readNBytes(LARGEST_PROOFS), StandardCharsets.UTF_8);
  }
}
