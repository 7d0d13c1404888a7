package dev.postern.mailsystem;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.postern.intake.smtp.RawSmtpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An amavis of its own on loopback, which quarantines programs ({@code .exe}) and asks no other
 * program, and a next hop that keeps every octet.
 */
public final class AmavisServer implements AutoCloseable {
  private static final String PROGRAM = "/usr/sbin/amavisd";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final List<String> FOLDERS = List.of("tmp", "db", "var", "virusmails");

  private final Path folder;
  private final int port;
  private final NextHopServer nextHop;
  private final Process process;

  private AmavisServer(Path folder, int port, NextHopServer nextHop, Process process) {
    this.folder = folder;
    this.port = port;
    this.nextHop = nextHop;
    this.process = process;
  }

  /**
   * Starts it. Where it is missing the test is skipped aloud, and fails where CI is set.
   *
   * @param port where it takes mail
   * @param requests where it takes requests
   * @param lines of its configuration, that name both ports
   */
  public static AmavisServer start(int port, int requests, String lines) {
    DebianPackage.needed("amavisd-new", PROGRAM);
    DebianPackage.rootNeeded();
    try {
      Path folder = Files.createTempDirectory("amavis-");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      for (String name : FOLDERS) {
        Files.createDirectory(folder.resolve(name));
      }
      for (char first :
          "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".toCharArray()) {
        Files.createDirectory(folder.resolve("virusmails").resolve(String.valueOf(first)));
      }
      for (String name : FOLDERS) {
        // Not the folder itself: amavis takes no configuration that it could write.
        Programs.run(List.of("/bin/chown", "-R", "amavis:amavis", folder.resolve(name).toString()))
            .orFail();
      }
      NextHopServer nextHop = NextHopServer.start();
      Files.writeString(folder.resolve("conf"), conf(folder, nextHop.port()) + lines + "1;\n");
      AmavisServer amavis = new AmavisServer(folder, port, nextHop, run(folder));
      for (int each : List.of(port, requests)) {
        Programs.await("amavis listens on " + each, PATIENCE, () -> amavis.listens(each));
      }
      return amavis;
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException(cannotWrite);
    }
  }

  private static Process run(Path folder) throws IOException {
    return new ProcessBuilder(PROGRAM, "-c", folder.resolve("conf").toString(), "foreground")
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("start.log").toFile())
        .start();
  }

  private static String conf(Path folder, int nextHop) {
    return """
    use strict;
    $max_servers = 2; $daemon_user = 'amavis'; $daemon_group = 'amavis';
    $mydomain = 'corp.example'; $myhostname = 'amavis.corp.example';
    $MYHOME = '%1$s'; $TEMPBASE = '%1$s/tmp'; $db_home = '%1$s/db';
    $QUARANTINEDIR = '%1$s/virusmails';
    $lock_file = '%1$s/var/lock'; $pid_file = '%1$s/var/pid';
    $enable_db = 0; $enable_zmq = 0; $nanny_details_level = 0;
    $DO_SYSLOG = 0; $LOGFILE = '%1$s/var/log'; $log_level = 2;
    $inet_socket_bind = '127.0.0.1'; @inet_acl = qw(127.0.0.1);
    $forward_method = 'smtp:[127.0.0.1]:%2$d'; $notify_method = $forward_method;
    @bypass_virus_checks_maps = (1); @bypass_spam_checks_maps = (1);
    @local_domains_maps = (['.corp.example']);
    $final_banned_destiny = D_DISCARD; $final_bad_header_destiny = D_PASS;
    $banned_files_quarantine_method = 'local:banned-%%m';
    $banned_quarantine_to = 'banned-quarantine';
    $warnbannedsender = 0; $virus_admin = undef; $banned_admin = undef;
    $banned_filename_re = new_RE(qr'.\\.(exe|scr)$'i);
    @decoders = (); $enable_dkim_verification = 0; $allow_disclaimers = 0;
    """
        .formatted(folder, nextHop);
  }

  public NextHopServer nextHop() {
    return nextHop;
  }

  /** Its {@code $QUARANTINEDIR}. */
  public Path quarantine() {
    return folder.resolve("virusmails");
  }

  /** Gives it a message that it quarantines; the name of the file. */
  public String quarantine(String message, String sender, String... recipients) throws IOException {
    Set<String> before = files();
    try (RawSmtpClient client = new RawSmtpClient(port)) {
      client.reply();
      client.sayAll("EHLO mail.partner.example");
      client.say("MAIL FROM:<" + sender + ">");
      for (String recipient : recipients) {
        client.say("RCPT TO:<" + recipient + ">");
      }
      String reply = client.data(message.getBytes(ISO_8859_1));
      Set<String> fresh = new HashSet<>(files());
      fresh.removeAll(before);
      if (fresh.size() != 1) {
        throw new AssertionError("not quarantined: " + reply + " " + fresh);
      }
      return fresh.iterator().next();
    }
  }

  /** Names of the files in its quarantine. */
  public Set<String> files() {
    try (Stream<Path> all = Files.walk(quarantine())) {
      Set<String> names = new HashSet<>();
      all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .forEach(file -> names.add(quarantine().relativize(file).toString()));
      return names;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private boolean listens(int at) throws IOException {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "amavis has ended: " + Files.readString(folder.resolve("start.log")));
    }
    return Programs.listens(at);
  }

  /** Stops it and removes what it left. */
  @Override
  public void close() {
    Programs.end("amavis", process, PATIENCE);
    nextHop.close();
    Programs.delete(folder);
  }
}
