package dev.postern.mailsystem;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.postern.intake.smtp.RawSmtpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Sendmail of its own on loopback, with its own settings and queue, and a next hop that keeps
 * every octet. Takes mail for anybody. Debian's package of Sendmail cannot be installed beside that
 * of Postfix, so it is run where its files were unpacked.
 */
public final class SendmailServer implements AutoCloseable {
  private static final Path UNPACKED =
      Path.of(System.getProperty("postern.sendmail", "/opt/postern-test-programs/sendmail/usr"));
  private static final String PROGRAM = UNPACKED.resolve("libexec/sendmail/sendmail").toString();
  private static final String HOST = "mx.corp.example";

  /** Where its host has no whole name it waits for a minute first. */
  private static final Duration PATIENCE = Duration.ofSeconds(100);

  private final Path folder;
  private final int port;
  private final NextHopServer nextHop;
  private final Process daemon;

  private SendmailServer(Path folder, int port, NextHopServer nextHop, Process daemon) {
    this.folder = folder;
    this.port = port;
    this.nextHop = nextHop;
    this.daemon = daemon;
  }

  /**
   * Starts it. Where it is missing the test is skipped aloud, and fails where CI is set.
   *
   * @param mc lines for sendmail.mc
   */
  public static SendmailServer start(String mc) {
    DebianPackage.needed("sendmail-bin (unpacked, see .ci/run)", PROGRAM);
    DebianPackage.needed("m4", "/usr/bin/m4");
    DebianPackage.rootNeeded();
    try {
      Path folder = Files.createTempDirectory("sendmail-");
      Files.createDirectory(folder.resolve("queue"));
      Files.writeString(folder.resolve("hosts"), "127.0.0.1 " + HOST + " localhost\n");
      Files.writeString(
          folder.resolve("service.switch"), "hosts files\naliases files\npasswd files\n");
      NextHopServer nextHop = NextHopServer.start();
      int port = Programs.freePort();
      settings(folder, mc(folder, port, nextHop.port()) + mc);
      SendmailServer sendmail = new SendmailServer(folder, port, nextHop, daemon(folder));
      Programs.await("Sendmail listens on " + port, PATIENCE, sendmail::listens);
      return sendmail;
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException(cannotWrite);
    }
  }

  /** As an administrator makes it: by m4 of sendmail.mc. */
  private static void settings(Path folder, String mc) throws IOException {
    Path source = Files.writeString(folder.resolve("sendmail.mc"), mc);
    Path macros = UNPACKED.resolve("share/sendmail/cf");
    Files.writeString(
        folder.resolve("sendmail.cf"),
        Programs.run(List.of("/usr/bin/m4", "-I", macros.toString(), source.toString())).orFail());
  }

  private static String mc(Path folder, int port, int nextHop) {
    return """
    divert(-1)
    include(`m4/cf.m4')
    OSTYPE(`linux')dnl
    undefine(`ALIAS_FILE')dnl
    define(`confDOMAIN_NAME', `%1$s')dnl
    define(`QUEUE_DIR', `%2$s/queue')dnl
    define(`confPID_FILE', `%2$s/pid')dnl
    define(`STATUS_FILE', `')dnl
    define(`HELP_FILE', `')dnl
    define(`confSERVICE_SWITCH_FILE', `%2$s/service.switch')dnl
    define(`confHOSTS_FILE', `%2$s/hosts')dnl
    define(`confTO_IDENT', `0')dnl
    define(`confMAX_HEADERS_LENGTH', `1000000')dnl
    define(`SMART_HOST', `esmtp:[127.0.0.1]')dnl
    define(`ESMTP_MAILER_ARGS', `TCP $h %4$d')dnl
    FEATURE(`nocanonify')dnl
    FEATURE(`accept_unresolvable_domains')dnl
    FEATURE(`promiscuous_relay')dnl
    FEATURE(`no_default_msa')dnl
    DAEMON_OPTIONS(`Addr=127.0.0.1, Port=%3$d, Name=MTA')dnl
    MAILER(`smtp')dnl
    """
        .formatted(HOST, folder, port, nextHop);
  }

  /** With a name of its own where the system allows that. */
  private static Process daemon(Path folder) throws IOException {
    String run = "exec %s -bD -C %s/sendmail.cf -q30m".formatted(PROGRAM, folder);
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", run));
    if (Programs.run(List.of("/usr/bin/unshare", "-m", "-u", "/bin/true")).exit() == 0) {
      String named = "hostname %s && mount --bind %s/hosts /etc/hosts && ".formatted(HOST, folder);
      command = List.of("/usr/bin/unshare", "-m", "-u", "/bin/sh", "-c", named + run);
    }
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("start.log").toFile())
        .start();
  }

  /** Where its mail goes. */
  public NextHopServer nextHop() {
    return nextHop;
  }

  /** A client on loopback, which has been greeted. */
  public RawSmtpClient client() throws IOException {
    RawSmtpClient client = new RawSmtpClient(port);
    client.reply();
    return client;
  }

  /** Why messages are in its quarantine: what {@code mailq -qQ} shows of each. */
  public List<String> quarantined() {
    try (Stream<Path> files = Files.list(folder.resolve("queue"))) {
      List<String> reasons = new ArrayList<>();
      for (Path held : files.filter(it -> it.getFileName().toString().startsWith("hf")).toList()) {
        Files.readAllLines(held, ISO_8859_1).stream()
            .filter(line -> line.startsWith("q"))
            .forEach(line -> reasons.add(line.substring(1)));
      }
      return reasons;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private boolean listens() throws IOException {
    if (!daemon.isAlive()) {
      throw new IllegalStateException(
          "Sendmail has ended: " + Files.readString(folder.resolve("start.log")));
    }
    return Programs.listens(port);
  }

  /** Stops it and removes what it left. */
  @Override
  public void close() {
    Programs.end("Sendmail", daemon, PATIENCE);
    nextHop.close();
    Programs.delete(folder);
  }
}
