package dev.postern.mailsystem;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * A Dovecot of its own on loopback: IMAP without TLS or with it, one password for everybody, mail
 * in Maildirs below a folder of its own. Mail is delivered as an MTA does it, by files.
 */
public final class DovecotServer implements AutoCloseable {
  /** Everybody's password. */
  public static final String PASSWORD = "correct-horse-battery";

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path folder;
  private final int port = Programs.freePort();
  private final int tlsPort = Programs.freePort();
  private final String tls;
  private Process process;
  private int delivered;

  private DovecotServer(Path folder, String tls) throws IOException {
    this.folder = folder;
    this.tls = tls;
    this.process = run();
  }

  /**
   * Starts it. Where the package is missing the test is skipped aloud, and fails where CI is set.
   */
  public static DovecotServer start() {
    return start(_ -> "ssl = no");
  }

  /** The same, which wants TLS on both of its ports and shows this certificate. */
  public static DovecotServer showing(TestServerCertificate certificate) {
    return start(
        folder -> {
          try {
            return "ssl = required\nssl_cert = <%s\nssl_key = <%s"
                .formatted(certificate.certificateIn(folder), certificate.keyIn(folder));
          } catch (IOException cannotWrite) {
            throw new UncheckedIOException(cannotWrite);
          }
        });
  }

  private static DovecotServer start(Function<Path, String> tls) {
    DebianPackage.needed("dovecot-imapd", "/usr/sbin/dovecot");
    DebianPackage.needed("dovecot-imapd", "/usr/lib/dovecot/imap");
    DebianPackage.rootNeeded();
    try {
      Path folder = Files.createTempDirectory("dovecot-");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.createDirectories(folder.resolve("home"));
      return new DovecotServer(folder, tls.apply(folder));
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException(cannotWrite);
    }
  }

  private Process run() throws IOException {
    Path conf = Files.writeString(folder.resolve("dovecot.conf"), conf());
    Process started =
        new ProcessBuilder("/usr/sbin/dovecot", "-F", "-c", conf.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("start.log").toFile())
            .start();
    Programs.await(
        "Dovecot listens on " + port,
        PATIENCE,
        () -> {
          if (!started.isAlive()) {
            throw new IllegalStateException("Dovecot has ended: " + log());
          }
          try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.getInputStream().read() == '*';
          } catch (IOException notYet) {
            return false;
          }
        });
    return started;
  }

  private String conf() {
    return """
    base_dir = %1$s/run
    state_dir = %1$s/state
    log_path = %1$s/log
    protocols = imap
    listen = 127.0.0.1
    %4$s
    disable_plaintext_auth = no
    auth_mechanisms = plain login
    mail_location = maildir:~/Maildir
    passdb {
      driver = static
      args = password=%2$s
    }
    userdb {
      driver = static
      args = uid=nobody gid=nogroup home=%1$s/home/%%u allow_all_users=yes
    }
    first_valid_uid = 1
    service imap-login {
      inet_listener imap {
        port = %3$d
      }
      inet_listener imaps {
        port = %5$d
        ssl = yes
      }
    }
    """
        .formatted(
            folder,
            "{PLAIN}" + "correct-horse-battery".replace(" ", "_"),
            port,
            tls,
            tls.endsWith("no") ? 0 : tlsPort);
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /** Where it listens with TLS from the beginning. */
  public int tlsPort() {
    return tlsPort;
  }

  /** The Maildir of a user, with these folders beside the inbox. */
  public Path mailbox(String user, String... folders) {
    Path maildir = folder.resolve("home").resolve(user).resolve("Maildir");
    try {
      for (String name : folders) {
        for (String part : List.of("new", "cur", "tmp")) {
          Files.createDirectories(maildir.resolve("." + name).resolve(part));
        }
        Files.writeString(maildir.resolve("." + name).resolve("maildirfolder"), "");
      }
      for (String part : List.of("new", "cur", "tmp")) {
        Files.createDirectories(maildir.resolve(part));
      }
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException(cannotWrite);
    }
    owned();
    return maildir;
  }

  /** Delivers a message into a Maildir, or a folder of one. */
  public Path deliver(Path maildir, String message) {
    try {
      String name = "%d.M%dP1.mx".formatted(System.nanoTime() / 1_000_000_000, ++delivered);
      Path temporary =
          Files.write(maildir.resolve("tmp").resolve(name), message.getBytes(ISO_8859_1));
      Path file = Files.move(temporary, maildir.resolve("new").resolve(name));
      Programs.run(List.of("/bin/chown", "nobody:nogroup", file.toString())).orFail();
      return file;
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException(cannotWrite);
    }
  }

  /** Gives all mail to the user that it runs as. */
  public void owned() {
    Programs.run(List.of("/bin/chown", "-R", "nobody:nogroup", folder.resolve("home").toString()))
        .orFail();
  }

  /** Ends it at once, with whoever talks to it. */
  public void kill() {
    List<ProcessHandle> all = process.descendants().toList();
    all.forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    Programs.await("Dovecot has ended", PATIENCE, () -> !process.isAlive());
    Programs.await(
        "its processes have ended", PATIENCE, () -> all.stream().noneMatch(ProcessHandle::isAlive));
  }

  /** Starts it again on the same port. */
  public void startAgain() {
    try {
      Files.deleteIfExists(folder.resolve("run/master.pid"));
      process = run();
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException(cannotWrite);
    }
  }

  /** Its log, as far as it is written. */
  public String log() {
    StringBuilder all = new StringBuilder();
    for (String name : List.of("start.log", "log")) {
      Path file = folder.resolve(name);
      try {
        all.append(Files.exists(file) ? Files.readString(file, ISO_8859_1) : "");
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
    return all.toString();
  }

  @Override
  public void close() {
    Programs.end("Dovecot", process, PATIENCE);
    Programs.delete(folder);
  }
}
