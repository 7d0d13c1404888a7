package dev.postern.mailsystem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Debian's OpenDKIM, which verifies, and OpenDMARC behind it, which goes by its results and looks
 * at SPF by itself; both on sockets in the file system, as Debian sets them up.
 *
 * <p>OpenDMARC asks a name server at port 53 of an address: its resolver takes no other. OpenDKIM
 * has the keys in a file. Its resolver is Unbound within the process, which would ask the root
 * servers, for five seconds each time; where it is told of another server, version 2.11 of Debian
 * 12 dies of a protection fault as soon as eight messages come at once.
 */
public final class OpenDkimAndDmarc implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path folder;
  private final List<Process> processes = new ArrayList<>();

  private OpenDkimAndDmarc(Path folder) {
    this.folder = folder;
  }

  /**
   * Starts both. Where a package is missing the test is skipped aloud, and fails where CI is set.
   *
   * @param nameServer whom OpenDMARC asks, at port 53
   * @param keys what OpenDKIM knows of DNS: a line for each key, its name and its text
   * @param host the name of the mail server in front, whose results count
   */
  public static OpenDkimAndDmarc start(InetAddress nameServer, List<String> keys, String host) {
    DebianPackage.needed("opendkim", "/usr/sbin/opendkim");
    DebianPackage.needed("opendmarc", "/usr/sbin/opendmarc");
    DebianPackage.rootNeeded();
    try {
      Path folder = Files.createTempDirectory("opendkim-");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      OpenDkimAndDmarc both = new OpenDkimAndDmarc(folder);
      Files.writeString(
          folder.resolve("resolv.conf"),
          "nameserver " + nameServer.getHostAddress() + "\noptions timeout:2 attempts:2\n");
      Path known = Files.write(folder.resolve("keys"), keys);
      both.run("opendkim", "-x", "Syslog no\nMode v\nTestPublicKeys " + known + "\n");
      both.run(
          "opendmarc",
          "-c",
          "Syslog false\nSPFSelfValidate true\nTrustedAuthservIDs " + host + "\n");
      return both;
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException(cannotWrite);
    }
  }

  /** What {@code smtpd_milters} of Postfix is to be. */
  public String chained() {
    return "unix:%1$s/opendkim.sock, unix:%1$s/opendmarc.sock".formatted(folder);
  }

  /** In a mount namespace of its own, where resolv.conf is another. */
  private void run(String name, String option, String lines) throws IOException {
    Path socket = folder.resolve(name + ".sock");
    Path conf =
        Files.writeString(
            folder.resolve(name + ".conf"), lines + "UMask 000\nSocket local:" + socket + "\n");
    String command =
        "mount --bind %1$s/resolv.conf /etc/resolv.conf && exec /usr/sbin/%2$s -f %3$s %4$s"
            .formatted(folder, name, option, conf);
    Process process =
        new ProcessBuilder("/usr/bin/unshare", "-m", "/bin/sh", "-c", command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile())
            .start();
    processes.add(process);
    Programs.await(
        name + " listens on " + socket + ", see " + folder,
        PATIENCE,
        () -> {
          if (!process.isAlive()) {
            throw new IllegalStateException(Files.readString(folder.resolve(name + ".log")));
          }
          return Programs.listens(socket);
        });
  }

  @Override
  public void close() {
    processes.forEach(Process::destroy);
    Programs.await(
        "both have ended", PATIENCE, () -> processes.stream().noneMatch(Process::isAlive));
    Programs.delete(folder);
  }
}
