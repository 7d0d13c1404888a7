package dev.postern.quarantine.mailbox;

import dev.postern.approval.CaseFile;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.card.Finding;
import dev.postern.mail.RawMessage;
import dev.postern.quarantine.mailbox.MailboxSettings.Maildir;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A Maildir. A message is known by the unique part of its file's name, before {@code :2,}: the file
 * moves from {@code new} to {@code cur} and changes the rest of its name when its mail is read.
 */
final class MaildirBox implements Box {
  /** A file may be renamed between being listed and being opened, by every reader there is. */
  private static final int TRIES = 25;

  private static final List<String> PARTS = List.of("new", "cur");

  /** A dot before means that it is no message. */
  private static final Pattern UNIQUE =
      Pattern.compile("[\\x21-\\x7e&&[^/.]][\\x21-\\x7e&&[^/]]{0,179}");

  private final Path root;
  private final MailboxSettings.Folders folders;

  MaildirBox(Maildir maildir, MailboxSettings.Folders folders) {
    this.root = maildir.root();
    this.folders = folders;
  }

  @Override
  public List<String> ids() {
    List<String> ids = new ArrayList<>();
    // First new: what is moved to cur meanwhile is seen twice, and not missed.
    for (Path file : files(folders.held())) {
      unique(file).ifPresent(ids::add);
    }
    return ids.stream().distinct().toList();
  }

  @Override
  public Optional<Letter> read(String id, int largest) {
    for (int tries = 0; tries < TRIES; tries++) {
      Optional<Path> file = find(folders.held(), id);
      if (file.isEmpty()) {
        return Optional.empty();
      }
      try {
        return Optional.of(letter(file.get(), largest));
      } catch (NoSuchFileException renamed) {
        // looked for again under its new name
      } catch (IOException unreadable) {
        throw trouble(file.get() + " cannot be read", unreadable);
      }
    }
    throw new MailSystemTrouble("message " + id + " is renamed faster than it can be opened");
  }

  private static Letter letter(Path file, int largest) throws IOException {
    try (InputStream in =
        new BufferedInputStream(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS))) {
      ByteArrayOutputStream content = new ByteArrayOutputStream(16 * 1024);
      int before = 0;
      int octet = in.read();
      while (octet >= 0 && content.size() < largest) {
        if (octet == '\n' && before != '\r') {
          content.write('\r');
        }
        content.write(octet);
        before = octet;
        octet = in.read();
      }
      return new Letter(
          RawMessage.of(content.toByteArray()),
          octet < 0,
          Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant());
    }
  }

  @Override
  public Place place(String id) {
    if (find(folders.held(), id).isEmpty()) {
      return Place.AWAY;
    }
    return marked(id) ? Place.MARKED : Place.HERE;
  }

  /** What cannot be looked at may be there: only that there is no such file says that it is not. */
  private boolean marked(String id) {
    Path mark = markOf(id);
    try {
      var _ = Files.readAttributes(mark, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return true;
    } catch (NoSuchFileException none) {
      return false;
    } catch (IOException untold) {
      throw trouble(mark + " cannot be looked at", untold);
    }
  }

  /** Beside the messages, where no reader of a Maildir looks. */
  private Path marks() {
    return folder(folders.held()).resolve("postern-marks");
  }

  private Path markOf(String id) {
    return marks().resolve(id);
  }

  @Override
  public boolean mark(String id) {
    if (find(folders.held(), id).isEmpty()) {
      return false;
    }
    Path mark = markOf(id);
    try {
      Files.createDirectories(marks());
      try (FileChannel made =
          FileChannel.open(mark, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        made.force(true);
      }
      synced(marks());
      synced(folder(folders.held()));
      return find(folders.held(), id).isPresent();
    } catch (IOException cannotWrite) {
      throw trouble(mark + " cannot be written", cannotWrite);
    }
  }

  @Override
  public void unmark(String id) {
    try {
      Files.deleteIfExists(markOf(id));
    } catch (IOException cannotDelete) {
      throw trouble(markOf(id) + " cannot be deleted", cannotDelete);
    }
  }

  @Override
  public Optional<String> move(String id, String target) {
    for (int tries = 0; tries < TRIES; tries++) {
      Optional<Path> file = find(folders.held(), id);
      if (file.isEmpty()) {
        return Optional.empty();
      }
      Path to = folder(target).resolve("new").resolve(id);
      try {
        if (find(target, id).isPresent()) {
          throw new FileAlreadyExistsException(to.toString());
        }
        Files.move(file.get(), to, StandardCopyOption.ATOMIC_MOVE);
        synced(folder(target).resolve("new"));
        syncedHeld();
        unmark(id);
        return Optional.of("moved to " + target + " as new/" + id);
      } catch (NoSuchFileException renamed) {
        // looked for again under its new name
      } catch (IOException cannotMove) {
        throw trouble(file.get() + " cannot be moved to " + to, cannotMove);
      }
    }
    throw new MailSystemTrouble("message " + id + " or folder " + target + " is not there to move");
  }

  @Override
  public Optional<String> delete(String id) {
    for (int tries = 0; tries < TRIES; tries++) {
      Optional<Path> file = find(folders.held(), id);
      if (file.isEmpty()) {
        return Optional.empty();
      }
      try {
        if (Files.deleteIfExists(file.get())) {
          syncedHeld();
          unmark(id);
          return Optional.of("deleted from " + folders.held());
        }
      } catch (IOException cannotDelete) {
        throw trouble(file.get() + " cannot be deleted", cannotDelete);
      }
    }
    throw new MailSystemTrouble("message " + id + " is renamed faster than it can be deleted");
  }

  @Override
  public boolean has(String target, CaseFile held) {
    return find(target, held.hold().id()).isPresent();
  }

  /** Twice, since a file that moves from cur to new and back would be missed between the two. */
  private Optional<Path> find(String folder, String id) {
    for (int tries = 0; tries < 2; tries++) {
      for (Path file : files(folder)) {
        if (unique(file).filter(id::equals).isPresent()) {
          return Optional.of(file);
        }
      }
    }
    return Optional.empty();
  }

  private List<Path> files(String folder) {
    List<Path> files = new ArrayList<>();
    for (String part : PARTS) {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(folder(folder).resolve(part))) {
        all.forEach(files::add);
      } catch (IOException | DirectoryIteratorException unreadable) {
        throw trouble(folder(folder).resolve(part) + " cannot be listed", unreadable);
      }
    }
    return files;
  }

  /** As Maildir++ has it: the inbox is the Maildir itself, folders lie in it with a dot before. */
  private Path folder(String name) {
    return name.equals("INBOX") ? root : root.resolve("." + name);
  }

  private static Optional<String> unique(Path file) {
    String name = file.getFileName().toString().replaceFirst(":.*", "");
    return Optional.of(name).filter(it -> UNIQUE.matcher(it).matches());
  }

  private void syncedHeld() throws IOException {
    for (String part : PARTS) {
      synced(folder(folders.held()).resolve(part));
    }
  }

  private static void synced(Path folder) throws IOException {
    try (FileChannel open = FileChannel.open(folder, StandardOpenOption.READ)) {
      open.force(true);
    }
  }

  private static MailSystemTrouble trouble(String what, Exception why) {
    return new MailSystemTrouble(what + ": " + Words.of(why), why);
  }

  @Override
  public List<Finding> look(boolean marks) {
    List<String> names = new ArrayList<>(List.of(folders.held(), folders.released()));
    folders.discarded().ifPresent(names::add);
    return names.stream().map(this::look).toList();
  }

  private Finding look(String name) {
    for (String part : PARTS) {
      Path folder = folder(name).resolve(part);
      if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
        return Finding.wrong(
            folder + " is not there, or not writable for the user of Postern",
            "Messages cannot be taken from there, or moved there.",
            "make it (maildirmake), and give that user the right to write");
      }
    }
    return Finding.well("Maildir " + name + " is there");
  }
}
