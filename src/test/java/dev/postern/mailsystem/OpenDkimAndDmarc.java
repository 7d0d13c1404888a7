package dev.postern.mailsystem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Debian's OpenDKIM, which verifies, and OpenDMARC behind it, which goes by its results and looks
 * at SPF by itself. Both ask one name server, at port 53 of an address: their resolver takes no
 * other.
 */
public final class OpenDkimAndDmarc implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path folder;
  private final List<Process> processes = new ArrayList<>();
  private final int dkimPort = Programs.freePort();
  private final int dmarcPort = Programs.freePort();

  private OpenDkimAndDmarc(Path folder) {
    this.folder = folder;
  }

  /**
   * Starts both. Where a package is missing the test is skipped aloud, and fails where CI is set.
   *
   * @param nameServer whom they ask, at port 53
   * @param host the name of the mail server in front, whose results count
   */
  public static OpenDkimAndDmarc start(InetAddress nameServer, String host) {
    DebianPackage.needed("opendkim", "/usr/sbin/opendkim");
    DebianPackage.needed("opendmarc", "/usr/sbin/opendmarc");
    DebianPackage.rootNeeded();
    try {
      OpenDkimAndDmarc both = new OpenDkimAndDmarc(Files.createTempDirectory("opendkim-"));
      Files.writeString(
          both.folder.resolve("resolv.conf"),
          "nameserver " + nameServer.getHostAddress() + "\noptions timeout:2 attempts:2\n");
      both.run("opendkim", "-x", both.dkimPort, "Syslog no\nMode v\n");
      both.run(
          "opendmarc",
          "-c",
          both.dmarcPort,
          "Syslog false\nSPFSelfValidate true\nTrustedAuthservIDs " + host + "\n");
      both.await(both.dkimPort);
      both.await(both.dmarcPort);
      return both;
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException(cannotWrite);
    }
  }

  /** What {@code smtpd_milters} of Postfix is to be. */
  public String chained() {
    return "inet:127.0.0.1:%d, inet:127.0.0.1:%d".formatted(dkimPort, dmarcPort);
  }

  /** In a mount namespace of its own, where resolv.conf is another. */
  private void run(String name, String option, int port, String lines) throws IOException {
    Path conf =
        Files.writeString(
            folder.resolve(name + ".conf"), lines + "Socket inet:" + port + "@127.0.0.1\n");
    String command =
        "mount --bind %1$s/resolv.conf /etc/resolv.conf && exec /usr/sbin/%2$s -f %3$s %4$s"
            .formatted(folder, name, option, conf);
    processes.add(
        new ProcessBuilder("/usr/bin/unshare", "-m", "/bin/sh", "-c", command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile())
            .start());
  }

  private void await(int port) {
    Programs.await(
        "listens on " + port + ", see " + folder,
        PATIENCE,
        () -> {
          try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
          } catch (IOException notYet) {
            return false;
          }
        });
  }

  @Override
  public void close() {
    processes.forEach(Process::destroy);
    Programs.await(
        "both have ended", PATIENCE, () -> processes.stream().noneMatch(Process::isAlive));
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException cannotDelete) {
      throw new UncheckedIOException(cannotDelete);
    }
  }
}
