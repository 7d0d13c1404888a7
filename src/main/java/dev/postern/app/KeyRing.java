package dev.postern.app;

import dev.postern.audit.SigningKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of one Postern, in files of the data folder that only it may read. They are made at the
 * first start. They are never in the database: who reads the database can neither vote nor sign.
 */
final class KeyRing {
  private static final int KEY_OCTETS = 32;
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final Path folder;
  private final SecureRandom random = new SecureRandom();

  /** The keys of the Postern that keeps its data there. */
  KeyRing(Path data) {
    this.folder = data.resolve("keys");
  }

  /**
   * Keys that seal and open tokens, newest first. One hexadecimal key a line; put a new line on top
   * to rotate, and take the old one away when its last token has expired.
   */
  List<byte[]> tokens() {
    return symmetric("token.key");
  }

  /** The key that signs sign-in cookies. */
  byte[] sessions() {
    return symmetric("session.key").getFirst();
  }

  /** The key that signs checkpoints of the log. */
  SigningKey log() {
    Path file = folder.resolve("log.key");
    String text = read("log.key", () -> SigningKey.generate("postern/log", random).file());
    return SigningKey.parse(text)
        .orElseThrow(() -> new Unusable(file + " holds no log key: put the right file back"));
  }

  /**
   * The key by which addresses of senders are counted. It comes from the log's key, which all
   * replicas have and which is never changed.
   */
  byte[] senders() {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(log().file().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac.doFinal("postern senders".getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private List<byte[]> symmetric(String name) {
    Path file = folder.resolve(name);
    try {
      List<byte[]> keys =
          read(name, this::fresh)
              .lines()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .map(HexFormat.of()::parseHex)
              .toList();
      if (!keys.isEmpty() && keys.stream().allMatch(k -> k.length >= KEY_OCTETS)) {
        return keys;
      }
    } catch (IllegalArgumentException notHex) {
      throw new Unusable(file + " must hold 64 hexadecimal digits a line", notHex);
    }
    throw new Unusable(file + " must hold at least one key of 64 hexadecimal digits");
  }

  private String fresh() {
    byte[] key = new byte[KEY_OCTETS];
    random.nextBytes(key);
    return HexFormat.of().formatHex(key) + "\n";
  }

  private String read(String name, Maker maker) {
    Path file = folder.resolve(name);
    try {
      if (!Files.exists(file)) {
        makeOnce(file, name, maker);
      }
      refuseIfShared(file);
      return Files.readString(file);
    } catch (IOException e) {
      throw new Unusable("the key file " + file + " cannot be read or made: " + e.getMessage(), e);
    }
  }

  /** Replicas that start at once on one folder must end up with one key. */
  private void makeOnce(Path file, String name, Maker maker) throws IOException {
    privateFolder(folder);
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      if (!Files.exists(file)) {
        write(folder, name, maker.make());
      }
    }
  }

  /** Makes the content of a key file. */
  private interface Maker {
    String make();
  }

  /** Writes a file that only the owner of the process may read, whole or not at all. */
  static void write(Path folder, String name, String content) throws IOException {
    privateFolder(folder);
    Path fresh = folder.resolve(name + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, PosixFilePermissions.asFileAttribute(OWNER));
    Files.write(fresh, content.getBytes(StandardCharsets.UTF_8), StandardOpenOption.SYNC);
    Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Makes a folder, and those above it that are missing, that only the owner may look into. */
  static void privateFolder(Path folder) throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private static void refuseIfShared(Path file) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    if (permissions.stream().anyMatch(OTHERS::contains)) {
      throw new Unusable("others may read " + file + ": run chmod 600 " + file);
    }
  }
}
