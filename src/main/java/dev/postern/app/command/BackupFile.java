package dev.postern.app.command;

import dev.postern.store.Backup;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * What a backup looks like: a ZIP file with the database and, where that was asked for, the keys.
 *
 * @param path where it stands
 */
record BackupFile(Path path) {
  static final List<String> KEYS = List.of("log.key", "token.key", "session.key");
  static final String DATABASE = "postern.mv.db";
  private static final String KEY_FOLDER = "keys/";
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");

  /** An empty file that only its owner may read, in place of what an interrupted run left. */
  static Path fresh(Path path) throws IOException {
    Files.deleteIfExists(path);
    return Files.createFile(path, PosixFilePermissions.asFileAttribute(OWNER));
  }

  /**
   * Writes it whole or not at all: under another name, forced to the disk, and renamed.
   *
   * @param database what {@link Backup} made
   * @param keys files to put beside it
   */
  void write(Path database, List<Path> keys) throws IOException {
    Path part = path.resolveSibling(path.getFileName() + ".part");
    try {
      fresh(part);
      try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.WRITE);
          ZipOutputStream zip = new ZipOutputStream(out)) {
        copyDatabase(database, zip);
        for (Path key : keys) {
          zip.putNextEntry(new ZipEntry(KEY_FOLDER + key.getFileName()));
          Files.copy(key, zip);
        }
      }
      force(part);
      Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      force(path.resolveSibling(""));
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** The one database file of what H2 wrote, under the name that a Postern's own has. */
  private static void copyDatabase(Path made, ZipOutputStream into) throws IOException {
    try (ZipFile zip = new ZipFile(made.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        if (entry.getName().endsWith(".mv.db")) {
          into.putNextEntry(new ZipEntry(DATABASE));
          try (InputStream in = zip.getInputStream(entry)) {
            in.transferTo(into);
          }
          return;
        }
      }
    }
    throw new IOException("what was made holds no database");
  }

  /**
   * Unpacks it into an empty folder.
   *
   * @return the keys that it held
   * @throws IOException when it is no backup, is damaged, or there is no room
   */
  List<Path> unpack(Path folder) throws IOException {
    List<Path> keys = new ArrayList<>();
    boolean database = false;
    try (ZipFile zip = new ZipFile(path.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        Path file = folder.resolve(place(entry.getName()));
        fresh(file);
        copy(zip, entry, file);
        force(file);
        if (entry.getName().equals(DATABASE)) {
          database = true;
        } else {
          keys.add(file);
        }
      }
    }
    if (!database) {
      throw new IOException("it holds no " + DATABASE);
    }
    return keys;
  }

  /** ZipFile does not look at the check sum by itself. */
  private static void copy(ZipFile zip, ZipEntry entry, Path file) throws IOException {
    CRC32 sum = new CRC32();
    try (InputStream in = new CheckedInputStream(zip.getInputStream(entry), sum);
        OutputStream out = Files.newOutputStream(file, StandardOpenOption.WRITE)) {
      in.transferTo(out);
    }
    if (sum.getValue() != entry.getCrc()) {
      throw new IOException(entry.getName() + " in it is damaged");
    }
  }

  /** Only names that a backup has: nothing may be written elsewhere. */
  private static String place(String name) throws IOException {
    boolean known =
        name.equals(DATABASE)
            || (name.startsWith(KEY_FOLDER) && KEYS.contains(name.substring(KEY_FOLDER.length())));
    if (!known) {
      throw new IOException("a backup of Postern holds nothing like " + CaseText.plain(name));
    }
    return name.substring(name.indexOf('/') + 1);
  }

  static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
