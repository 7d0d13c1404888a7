package dev.postern.app.command;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Objects;

/** A file of a policy that gets a new text: whole or not at all, with the owner and mode it has. */
final class PolicyText {
  private final Path file;

  private PolicyText(Path file) {
    this.file = file;
  }

  /**
   * Puts the new text in its place.
   *
   * @param file may be a link, which stays one
   * @param before what was read; where the file says something else by now, it stays
   * @throws CommandFailure when it cannot be; says what to do
   */
  static void put(Path file, String before, String after) throws CommandFailure {
    try {
      new PolicyText(file.toRealPath()).put(before, after);
    } catch (IOException failed) {
      throw CommandFailure.no(
          "%s was not changed: %s".formatted(file, BackupCommand.reason(failed)));
    }
  }

  private void put(String before, String after) throws IOException, CommandFailure {
    PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
    if (!Files.isWritable(file)
        || !attributes.permissions().contains(PosixFilePermission.OWNER_WRITE)) {
      throw CommandFailure.no(
          file + " is not writable, so it stays: make it writable, or paste the change yourself");
    }
    Path fresh = fresh();
    try {
      dress(fresh, attributes);
      write(fresh, after);
      if (!Files.readString(file).equals(before)) {
        throw CommandFailure.no(
            file + " was changed by somebody else meanwhile and stays as it is: try again");
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private Path fresh() throws CommandFailure {
    Path folder = Objects.requireNonNull(file.getParent());
    try {
      return Files.createTempFile(folder, "." + file.getFileName(), ".new");
    } catch (IOException notThere) {
      throw CommandFailure.no(
          file + " stays: its folder is not writable, and a new file is made beside it first");
    }
  }

  private static void write(Path fresh, String text) throws IOException {
    try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      ByteBuffer octets = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (octets.hasRemaining()) {
        out.write(octets);
      }
      out.force(true);
    }
  }

  /** Whoever reads the old file must be able to read the new one. */
  private void dress(Path fresh, PosixFileAttributes like) throws IOException, CommandFailure {
    PosixFileAttributeView view =
        Objects.requireNonNull(Files.getFileAttributeView(fresh, PosixFileAttributeView.class));
    PosixFileAttributes now = view.readAttributes();
    try {
      if (!now.owner().equals(like.owner())) {
        view.setOwner(like.owner());
      }
      if (!now.group().equals(like.group())) {
        view.setGroup(like.group());
      }
    } catch (IOException notOurs) {
      throw CommandFailure.no(
          "%s belongs to %s:%s, which a new file would not: do this as %s"
              .formatted(file, like.owner(), like.group(), like.owner()));
    }
    view.setPermissions(like.permissions());
  }
}
