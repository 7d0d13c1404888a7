package dev.postern.mailsystem;

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
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Postfix of its own on loopback, with its own settings and queue, and a next hop that keeps
 * every octet. Takes mail for anybody from loopback; {@code XCLIENT} and {@code XFORWARD} may say
 * who the client is. Ends with everything that it started.
 */
public final class PostfixServer implements AutoCloseable {
  private static final Path MASTER = Path.of("/usr/lib/postfix/sbin/master");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path folder;
  private final int port;
  private final NextHopServer nextHop;

  private PostfixServer(Path folder, int port, NextHopServer nextHop) {
    this.folder = folder;
    this.port = port;
    this.nextHop = nextHop;
  }

  /** One that is not set up in any way yet. */
  public static PostfixSetup with() {
    return new PostfixSetup();
  }

  static PostfixServer start(NextHopServer nextHop, String main, String services) {
    try {
      Path folder = Files.createTempDirectory("postfix-");
      // Temporary folders are closed to others, and most of Postfix runs as another user.
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      PostfixServer postfix = new PostfixServer(folder, Programs.freePort(), nextHop);
      postfix.write(main, services);
      postfix.start();
      return postfix;
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException(cannotWrite);
    }
  }

  /** Where it takes mail, on loopback. */
  public int port() {
    return port;
  }

  /** A client on loopback, which has been greeted. */
  public RawSmtpClient client() throws IOException {
    RawSmtpClient client = new RawSmtpClient(port);
    client.reply();
    return client;
  }

  /** A client that Postfix takes for another host; it says EHLO next. */
  public RawSmtpClient clientAt(String address, String helo) throws IOException {
    RawSmtpClient client = client();
    client.sayAll("EHLO localhost");
    client.say("XCLIENT NAME=[UNAVAILABLE] ADDR=" + address + " HELO=" + helo);
    return client;
  }

  /** Where its mail goes. */
  public NextHopServer nextHop() {
    return nextHop;
  }

  /** Its settings: what {@code -c} of Postfix's commands is given, and MAIL_CONFIG. */
  public Path config() {
    return folder.resolve("etc");
  }

  /** Where its queues are. */
  public Path spool() {
    return folder.resolve("spool");
  }

  /** Its log, as far as it is written. */
  public Path log() {
    return folder.resolve("log/maillog");
  }

  /** Runs one of Postfix's commands on this instance, such as {@code postqueue -j}. */
  public Programs.Ran command(String program, String... arguments) {
    List<String> command =
        new ArrayList<>(List.of("/usr/sbin/" + program, "-c", config().toString()));
    command.addAll(List.of(arguments));
    return Programs.run(command);
  }

  /** The queue, one JSON object a line, as {@code postqueue -j} prints it. */
  public List<String> queue() {
    return command("postqueue", "-j").orFail().lines().toList();
  }

  /** Lines of the log that have this. */
  public List<String> logged(String pattern) {
    Pattern wanted = Pattern.compile(pattern);
    try {
      return new String(Files.readAllBytes(log()), UTF_8)
          .lines()
          .filter(line -> wanted.matcher(line).find())
          .toList();
    } catch (IOException noLog) {
      throw new UncheckedIOException(noLog);
    }
  }

  /** Waits for a line of the log that has this, and returns what the pattern found. */
  public Matcher awaitLog(String pattern) {
    Programs.await("in the log: " + pattern, PATIENCE, () -> !logged(pattern).isEmpty());
    Matcher found = Pattern.compile(pattern).matcher(logged(pattern).getFirst());
    found.find();
    return found;
  }

  /** Starts it where it does not run. */
  public void start() {
    Programs.Ran ran = command("postfix", "start");
    if (ran.exit() != 0) {
      throw new AssertionError("Postfix does not start: " + ran + logged("."));
    }
    Programs.await("Postfix listens on " + port, PATIENCE, () -> Programs.listens(port));
  }

  /** Stops it in order; its queue stays. */
  public void stop() {
    master().ifPresent(master -> end(master, false));
  }

  /** Kills it with all its processes, as a loss of power would; its queue stays. */
  public void kill() {
    master().ifPresent(master -> end(master, true));
  }

  /** Stops it and removes what it left. */
  @Override
  public void close() {
    stop();
    nextHop.close();
    Programs.delete(folder);
  }

  private static void end(ProcessHandle master, boolean hard) {
    List<ProcessHandle> all = new ArrayList<>(master.descendants().toList());
    all.addFirst(master);
    if (hard) {
      all.forEach(ProcessHandle::destroyForcibly);
    } else {
      master.destroy(); // which ends its children
    }
    Programs.await(
        "Postfix has ended", PATIENCE, () -> all.stream().noneMatch(ProcessHandle::isAlive));
  }

  /** The number in the file may be another program's by now. */
  private Optional<ProcessHandle> master() {
    try {
      Path file = spool().resolve("pid/master.pid");
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      return ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
          .filter(process -> process.info().command().equals(Optional.of(MASTER.toString())));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private void write(String main, String services) throws IOException {
    for (String name : List.of("etc", "spool", "data", "log")) {
      Files.createDirectory(folder.resolve(name));
    }
    Path data = folder.resolve("data");
    Files.setOwner(
        data,
        data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postfix"));
    Files.writeString(config().resolve("main.cf"), mainCf() + main);
    Files.writeString(config().resolve("master.cf"), masterCf() + services);
  }

  private String mainCf() {
    return """
        compatibility_level = 3.6
        queue_directory = %1$s/spool
        data_directory = %1$s/data
        command_directory = /usr/sbin
        daemon_directory = %3$s
        mail_owner = postfix
        setgid_group = postdrop
        maillog_file = %1$s/log/maillog
        maillog_file_prefixes = %1$s
        myhostname = mx.corp.example
        mydomain = corp.example
        myorigin = corp.example
        mydestination =
        local_recipient_maps =
        alias_maps =
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        mynetworks = 127.0.0.0/8
        relayhost = [127.0.0.1]:%2$d
        disable_dns_lookups = yes
        smtp_dns_support_level = disabled
        smtpd_peername_lookup = no
        smtpd_tls_security_level = none
        smtp_tls_security_level = none
        biff = no
        enable_long_queue_ids = yes
        smtpd_authorized_xclient_hosts = 127.0.0.0/8
        smtpd_authorized_xforward_hosts = 127.0.0.0/8
        smtpd_relay_restrictions = check_recipient_access static:OK, reject
        # as for mail from outside: address fields stay as they are, none is added
        local_header_rewrite_clients =
        smtpd_client_connection_count_limit = 0
        message_size_limit = 104857600
        """
        .formatted(folder, nextHop.port(), MASTER.getParent());
  }

  private String masterCf() {
    return """
        127.0.0.1:%d inet n - n - - smtpd
        pickup unix n - n 60 1 pickup
        cleanup unix n - n - 0 cleanup
        qmgr unix n - n 300 1 qmgr
        rewrite unix - - n - - trivial-rewrite
        bounce unix - - n - 0 bounce
        defer unix - - n - 0 bounce
        trace unix - - n - 0 bounce
        verify unix - - n - 1 verify
        flush unix n - n 1000? 0 flush
        proxymap unix - - n - - proxymap
        smtp unix - - n - - smtp
        relay unix - - n - - smtp
        showq unix n - n - - showq
        error unix - - n - - error
        retry unix - - n - - error
        discard unix - - n - - discard
        anvil unix - - n - 1 anvil
        postlog unix-dgram n - n - 1 postlogd
        """
        .formatted(port);
  }
}
