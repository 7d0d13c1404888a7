package dev.postern.quarantine;

import dev.postern.approval.MailSystemTrouble;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The log of a mail system, and its older pieces beside it. */
public final class MailLog {
  /** A log that is looked through for one message takes seconds; this is when to give up. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Path file;
  private final String key;

  /**
   * @param file what the mail system, or syslog for it, writes now
   * @param key the setting that names it
   */
  public MailLog(Path file, String key) {
    this.file = file;
    this.key = key;
  }

  /** What keeps it from being read; empty when nothing does. */
  public Optional<String> trouble() {
    return Files.isReadable(file)
        ? Optional.empty()
        : Optional.of(file + " (" + key + ") cannot be read by the user that Postern runs as");
  }

  /** From now on. */
  public LogTail tail() {
    return LogTail.atEndOf(file);
  }

  /**
   * Lines of those pieces of the log that were written to since then. Earlier ones may be among
   * them.
   *
   * @param of which lines
   * @throws MailSystemTrouble when a piece of that time cannot be read
   */
  public List<String> since(Instant then, Predicate<String> of) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<String> lines = new ArrayList<>();
    for (Path piece : pieces(then)) {
      try (BufferedReader reader =
          new BufferedReader(new InputStreamReader(open(piece), StandardCharsets.UTF_8))) {
        for (Optional<String> line = next(reader); line.isPresent(); line = next(reader)) {
          line.filter(of).ifPresent(lines::add);
          if (System.nanoTime() > deadline) {
            throw new MailSystemTrouble("it takes too long to look through " + piece);
          }
        }
      } catch (IOException e) {
        throw new MailSystemTrouble("the mail log " + piece + " cannot be read", e);
      }
    }
    return lines;
  }

  private static Optional<String> next(BufferedReader reader) throws IOException {
    return Optional.ofNullable(reader.readLine());
  }

  /** The log and those older pieces of it that were still written to then, oldest first. */
  private List<Path> pieces(Instant then) {
    Path folder = file.toAbsolutePath().getParent();
    String name = String.valueOf(file.getFileName());
    try (Stream<Path> beside = Files.list(folder == null ? Path.of("/") : folder)) {
      List<Path> older = new ArrayList<>();
      for (Path piece : beside.filter(p -> isOlder(p, name)).toList()) {
        if (!Files.getLastModifiedTime(piece).toInstant().isBefore(then)) {
          older.add(piece);
        }
      }
      older.sort(Comparator.comparingLong(piece -> piece.toFile().lastModified()));
      older.add(file);
      return older;
    } catch (IOException e) {
      throw new MailSystemTrouble("the folder of the mail log " + file + " cannot be read", e);
    }
  }

  private static boolean isOlder(Path piece, String name) {
    String its = String.valueOf(piece.getFileName());
    return its.startsWith(name) && its.substring(name.length()).matches("[-.].*[0-9].*");
  }

  private static InputStream open(Path piece) throws IOException {
    String name = piece.toString();
    if (name.matches(".*\\.(xz|bz2|zst|lz4)")) {
      throw new MailSystemTrouble(
          piece + " is packed in a way that Postern does not read; let logrotate use gzip");
    }
    InputStream octets = Files.newInputStream(piece);
    return name.endsWith(".gz") ? new GZIPInputStream(octets) : octets;
  }
}
