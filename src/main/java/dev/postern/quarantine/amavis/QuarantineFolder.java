package dev.postern.quarantine.amavis;

import dev.postern.approval.MailSystemTrouble;
import dev.postern.quarantine.CrlfContent;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * The folder that amavis keeps quarantined mail in, one file each. A file is called by its path
 * below the folder; what is no regular file strictly inside it does not exist for us.
 */
final class QuarantineFolder {
  /** As many files as Postern takes notice of. */
  private static final int MOST = 200_000;

  private static final int DEEPEST = 3;

  /** amavis writes a file under its name: it has to have been at rest. */
  private static final Duration SETTLED = Duration.ofSeconds(5);

  /** A quarantine may be years old; only what came lately is asked about. */
  static final Duration LATELY = Duration.ofDays(7);

  /** What amavis itself takes for safe, in pieces without leading dots. */
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.+-]*(?:/[A-Za-z0-9][A-Za-z0-9_.+-]*){0,2}");

  private static final int LONGEST_NAME = 200;

  /** All that amavis wrote at the top, and more. */
  private static final int BEGINNING = 256 * 1024;

  private final Path folder;
  private final List<String> kinds;
  private final InstantSource clock;

  /**
   * @param kinds beginnings of file names that count, up to the first hyphen
   */
  QuarantineFolder(Path folder, List<String> kinds, InstantSource clock) {
    this.folder = folder;
    this.kinds = kinds;
    this.clock = clock;
  }

  /** Whether this can be the name of a file in it; it is safe in a request then. */
  static boolean isName(String name) {
    return name.length() <= LONGEST_NAME && NAME.matcher(name).matches() && !name.contains("..");
  }

  /**
   * What a file is called once amavis is asked to release it: a mark that outlives a crash. It is
   * listed no more.
   */
  static String asked(String name) {
    int slash = name.lastIndexOf('/') + 1;
    return name.substring(0, slash) + "asked-" + name.substring(slash);
  }

  /**
   * Gives a file another name.
   *
   * @throws MailSystemTrouble when that cannot be done
   */
  void rename(String from, String to) {
    Optional<Path> file = inside(from);
    if (file.isEmpty() || !isName(to)) {
      throw new MailSystemTrouble("the quarantined " + from + " is not there any more");
    }
    try {
      Files.move(
          file.get(),
          file.get().resolveSibling(to.substring(to.lastIndexOf('/') + 1)),
          StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new MailSystemTrouble(
          "the quarantined " + from + " cannot be renamed; may the group of amavis write there?",
          e);
    }
  }

  /**
   * Names of what was quarantined lately.
   *
   * @throws MailSystemTrouble when it cannot be told
   */
  List<String> lately() {
    Late late = new Late(clock.instant());
    try {
      Files.walkFileTree(folder, Set.of(), DEEPEST, late);
      return late.names;
    } catch (IOException e) {
      throw new MailSystemTrouble(
          "the quarantine "
              + folder
              + " cannot be listed; is the user of Postern in the group of amavis?",
          e);
    }
  }

  private boolean isKind(Path file) {
    String name = String.valueOf(file.getFileName());
    int hyphen = name.indexOf('-');
    return hyphen > 0 && kinds.contains(name.substring(0, hyphen));
  }

  /** Collects names; files come and go meanwhile. */
  private final class Late extends SimpleFileVisitor<Path> {
    private final Instant now;
    private final List<String> names = new ArrayList<>();

    Late(Instant now) {
      this.now = now;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes its) {
      if (its.isRegularFile() && isKind(file) && isLate(its.lastModifiedTime().toInstant())) {
        String name = folder.relativize(file).toString();
        if (isName(asked(name))) {
          names.add(name);
        }
      }
      return names.size() < MOST ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
      if (why instanceof NoSuchFileException && !file.equals(folder)) {
        return FileVisitResult.CONTINUE;
      }
      throw why;
    }

    private boolean isLate(Instant written) {
      return written.isBefore(now.minus(SETTLED)) && written.isAfter(now.minus(LATELY));
    }
  }

  /**
   * Whether the file is there.
   *
   * @throws MailSystemTrouble when it cannot be told
   */
  boolean has(String name) {
    return inside(name).isPresent();
  }

  /**
   * When the file was written; empty where it is not there.
   *
   * @throws MailSystemTrouble when it cannot be told
   */
  Optional<Instant> written(String name) {
    return inside(name)
        .flatMap(
            file -> {
              try {
                return Optional.of(Files.getLastModifiedTime(file).toInstant());
              } catch (IOException goneMeanwhile) {
                return Optional.empty();
              }
            });
  }

  /**
   * What names it and its recipients; the rest may be missing. Empty where it is not there.
   *
   * @throws MailSystemTrouble when it cannot be read
   */
  Optional<CrlfContent> beginning(String name) {
    return read(name, BEGINNING);
  }

  /**
   * What the file has, with CRLF line ends; empty where it is not there.
   *
   * @param most octets that are read
   * @throws MailSystemTrouble when it cannot be read
   */
  Optional<CrlfContent> read(String name, int most) {
    Optional<Path> file = inside(name);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream octets =
            Files.newInputStream(file.get(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        InputStream plain = name.endsWith(".gz") ? new GZIPInputStream(octets) : octets) {
      return Optional.of(CrlfContent.read(new BufferedInputStream(plain, 64 * 1024), most));
    } catch (NoSuchFileException goneMeanwhile) {
      return Optional.empty();
    } catch (IOException e) {
      throw new MailSystemTrouble("the quarantined " + name + " cannot be read", e);
    }
  }

  /**
   * Deletes the file; whether it was there.
   *
   * @throws MailSystemTrouble when it cannot be deleted
   */
  boolean delete(String name) {
    Optional<Path> file = inside(name);
    try {
      return file.isPresent() && Files.deleteIfExists(file.get());
    } catch (IOException e) {
      throw new MailSystemTrouble(
          "the quarantined " + name + " cannot be deleted; may the group of amavis write there?",
          e);
    }
  }

  /** The file, where every step to it is what it looks like. */
  private Optional<Path> inside(String name) {
    if (!isName(name)) {
      return Optional.empty();
    }
    try {
      Path here = folder.toRealPath();
      Path file = here.resolve(name);
      boolean itself =
          Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && file.toRealPath().equals(file);
      if (!itself && !Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new MailSystemTrouble(name + " in the quarantine is no file of amavis, or closed");
      }
      return Optional.of(file).filter(_ -> itself);
    } catch (IOException e) {
      throw new MailSystemTrouble("the quarantine " + folder + " cannot be looked at", e);
    }
  }

  /** What keeps it from being used; empty when nothing does. */
  Optional<String> trouble() {
    if (!Files.isDirectory(folder) || !Files.isReadable(folder) || !Files.isExecutable(folder)) {
      return Optional.of(folder + " (mail.amavis.quarantine) is no folder that can be listed");
    }
    return Files.isWritable(folder)
        ? Optional.empty()
        : Optional.of("files in " + folder + " cannot be deleted by the user of Postern");
  }
}
