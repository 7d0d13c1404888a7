package dev.postern.mailsystem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An rspamd of its own on loopback, with Debian's configuration, the lines of a test above it, and
 * a name server that the test brings. Scans what comes by the milter protocol, and asks nobody but
 * that name server.
 */
public final class RspamdServer implements AutoCloseable {
  /** It compiles its patterns first, on a machine that does other things, too. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** What wants the internet, or Redis. */
  private static final List<String> ALONE =
      List.of(
          "rbl",
          "phishing",
          "fuzzy_check",
          "surbl",
          "asn",
          "greylist",
          "ratelimit",
          "replies",
          "neural",
          "history_redis",
          "mx_check",
          "rspamd_update",
          "url_redirector",
          "bayes_expiry");

  private final Path folder;
  private final int port;
  private Process process;

  private RspamdServer(Path folder, int port) throws IOException {
    this.folder = folder;
    this.port = port;
    this.process = run(folder);
  }

  /**
   * Starts it. Where the package is missing the test is skipped aloud, and fails where CI is set.
   *
   * @param milterPort where it listens
   * @param nameServerPort whom it asks
   * @param lines of its own configuration, by the name of the file
   */
  public static RspamdServer start(int milterPort, int nameServerPort, Map<String, String> lines) {
    DebianPackage.needed("rspamd", "/usr/bin/rspamd");
    DebianPackage.rootNeeded();
    try {
      Path folder = Files.createTempDirectory("rspamd-");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      for (String name : List.of("local.d", "override.d", "db", "run", "log")) {
        Files.createDirectory(folder.resolve(name));
      }
      own(folder, milterPort, nameServerPort);
      for (Map.Entry<String, String> file : lines.entrySet()) {
        Files.writeString(folder.resolve(file.getKey()), file.getValue());
      }
      Programs.run(List.of("/bin/chown", "-R", "_rspamd:_rspamd", folder.toString())).orFail();
      RspamdServer rspamd = new RspamdServer(folder, milterPort);
      rspamd.await();
      return rspamd;
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException(cannotWrite);
    }
  }

  private static void own(Path folder, int milterPort, int nameServerPort) throws IOException {
    Path local = folder.resolve("local.d");
    Files.writeString(
        local.resolve("options.inc"),
        "dns { nameserver = [\"127.0.0.1:%d\"]; timeout = 1s; retransmits = 2; }\n"
            .formatted(nameServerPort));
    Files.writeString(
        local.resolve("worker-proxy.inc"),
        """
        bind_socket = "127.0.0.1:%d";
        milter = yes;
        timeout = 30s;
        upstream "local" { default = yes; self_scan = yes; }
        count = 1;
        """
            .formatted(milterPort));
    for (String worker : List.of("normal", "controller")) {
      Files.writeString(
          local.resolve("worker-" + worker + ".inc"),
          "bind_socket = \"127.0.0.1:%d\"; count = 1;\n".formatted(Programs.freePort()));
    }
    Files.writeString(
        local.resolve("logging.inc"),
        "type = \"file\"; filename = \"%s/log/rspamd.log\"; level = \"info\";\n".formatted(folder));
    for (String module : ALONE) {
      Files.writeString(local.resolve(module + ".conf"), "enabled = false;\n");
    }
  }

  private static Process run(Path folder) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            "/usr/bin/rspamd",
            "-c",
            "/etc/rspamd/rspamd.conf",
            "--var=LOCAL_CONFDIR=" + folder,
            "--var=DBDIR=" + folder.resolve("db"),
            "--var=RUNDIR=" + folder.resolve("run"),
            "--var=LOGDIR=" + folder.resolve("log"),
            "-f",
            "-u",
            "_rspamd",
            "-g",
            "_rspamd");
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("log/start.log").toFile());
    return builder.start();
  }

  /** Kills it with all its processes, as a loss of power would. */
  public void kill() {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.addFirst(process.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
    Programs.await(
        "rspamd has ended", PATIENCE, () -> all.stream().noneMatch(ProcessHandle::isAlive));
  }

  /** Starts it again where it was. */
  public void revive() {
    try {
      process = run(folder);
      await();
    } catch (IOException cannotStart) {
      throw new UncheckedIOException(cannotStart);
    }
  }

  private void await() {
    Programs.await(
        "rspamd listens on " + port,
        PATIENCE,
        () -> {
          if (!process.isAlive()) {
            throw new IllegalStateException("rspamd has ended: " + log());
          }
          return Programs.listens(port);
        });
  }

  /** Its log, as far as it is written. */
  public String log() {
    try {
      StringBuilder all = new StringBuilder();
      for (String name : List.of("log/start.log", "log/rspamd.log")) {
        Path file = folder.resolve(name);
        if (Files.exists(file)) {
          all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
        }
      }
      return all.toString();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Stops it and removes what it left. */
  @Override
  public void close() {
    Programs.end("rspamd", process, PATIENCE);
    Programs.delete(folder);
  }
}
