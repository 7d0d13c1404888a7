package dev.postern.mailsystem;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postern.intake.smtp.RawSmtpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An Exim of its own on loopback, with its own settings and spool, and a next hop that keeps every
 * octet. Debian's package of Exim cannot be installed beside that of Postfix, so it is run where
 * its files were unpacked.
 */
public final class EximServer implements AutoCloseable {
  private static final String UNPACKED =
      System.getProperty("postern.exim", "/opt/postern-test-programs/exim/usr/sbin/exim4");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path folder;
  private final int port;
  private final NextHopServer nextHop;
  private final Process daemon;

  private EximServer(Path folder, int port, NextHopServer nextHop, Process daemon) {
    this.folder = folder;
    this.port = port;
    this.nextHop = nextHop;
    this.daemon = daemon;
  }

  /**
   * Starts it. Where it is missing the test is skipped aloud, and fails where CI is set.
   *
   * @param main lines for the main section
   * @param acl lines for the ACL that looks at each message
   */
  public static EximServer start(String main, String acl) {
    DebianPackage.needed("exim4-daemon-light (unpacked, see .ci/run)", UNPACKED);
    DebianPackage.rootNeeded();
    try {
      Path folder = Files.createTempDirectory("exim-");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      NextHopServer nextHop = NextHopServer.start();
      int port = Programs.freePort();
      for (String name : List.of("spool", "log")) {
        Path own = Files.createDirectory(folder.resolve(name));
        Files.setOwner(
            own,
            own.getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName("Debian-exim"));
      }
      Files.writeString(folder.resolve("conf"), conf(folder, port, nextHop.port(), main, acl));
      EximServer exim = new EximServer(folder, port, nextHop, daemon(folder));
      Programs.await("Exim listens on " + port, PATIENCE, exim::listens);
      return exim;
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException(cannotWrite);
    }
  }

  private static Process daemon(Path folder) throws IOException {
    return new ProcessBuilder(UNPACKED, "-C", folder.resolve("conf").toString(), "-bdf", "-q30m")
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("start.log").toFile())
        .start();
  }

  private static String conf(Path folder, int port, int nextHop, String main, String acl) {
    return """
    exim_path = %1$s
    spool_directory = %2$s/spool
    log_file_path = %2$s/log/%%slog
    pid_file_path = %2$s/spool/exim.pid
    primary_hostname = exim.corp.example
    local_interfaces = 127.0.0.1
    daemon_smtp_ports = %3$d
    acl_smtp_rcpt = acl_rcpt
    acl_smtp_data = acl_data
    host_lookup =
    rfc1413_query_timeout = 0s
    never_users =
    keep_environment =
    disable_ipv6
    tls_advertise_hosts =
    dsn_advertise_hosts = *
    smtp_accept_max = 0
    %4$s
    begin acl
    acl_rcpt:
      accept
    acl_data:
    %5$s
      accept
    begin routers
    out:
      driver = manualroute
      route_list = * 127.0.0.1
      self = send
      transport = out
    begin transports
    out:
      driver = smtp
      port = %6$d
      allow_localhost
      hosts_try_fastopen =
    begin retry
    * * F,2h,15m
    """
        .formatted(UNPACKED, folder, port, main, acl, nextHop);
  }

  public NextHopServer nextHop() {
    return nextHop;
  }

  /** Where it takes mail. */
  public int port() {
    return port;
  }

  /** Its main log, as far as it is written. */
  public Path log() {
    return folder.resolve("log/mainlog");
  }

  /** A program that runs this Exim, for who would run the one that is installed. */
  public Path program() {
    try {
      Path program = folder.resolve("exim");
      Files.writeString(
          program, "#!/bin/sh\nexec %s -C %s/conf \"$@\"\n".formatted(UNPACKED, folder));
      return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException(cannotWrite);
    }
  }

  /** Runs Exim as its administrator does, such as {@code exim -bp}. */
  public Programs.Ran command(String... arguments) {
    List<String> command =
        new ArrayList<>(List.of(UNPACKED, "-C", folder.resolve("conf").toString()));
    command.addAll(List.of(arguments));
    return Programs.run(command);
  }

  /** Has it take a message, and returns its id. */
  public String take(String message, String sender, String... recipients) throws IOException {
    try (RawSmtpClient client = new RawSmtpClient(port)) {
      client.reply();
      client.sayAll("EHLO mail.partner.example");
      client.say("MAIL FROM:<" + sender + ">");
      for (String recipient : recipients) {
        client.say("RCPT TO:<" + recipient + ">");
      }
      String reply = client.data(message.getBytes(ISO_8859_1));
      if (!reply.startsWith("250 OK id=")) {
        throw new AssertionError("not taken: " + reply);
      }
      return reply.replaceFirst(".*id=", "");
    }
  }

  /** Waits for a line of the log that has this. */
  public void awaitLog(String text) {
    Programs.await("in the log: " + text, PATIENCE, () -> logged().contains(text));
  }

  /** All that the log has. */
  public String logged() {
    try {
      return new String(Files.readAllBytes(log()), UTF_8);
    } catch (IOException noLog) {
      throw new UncheckedIOException(noLog);
    }
  }

  private boolean listens() throws IOException {
    if (!daemon.isAlive()) {
      throw new IllegalStateException(
          "Exim has ended: " + Files.readString(folder.resolve("start.log")));
    }
    return Programs.listens(port);
  }

  /** Stops it and removes what it left. */
  @Override
  public void close() {
    Programs.end("Exim", daemon, PATIENCE);
    nextHop.close();
    Programs.delete(folder);
  }
}
