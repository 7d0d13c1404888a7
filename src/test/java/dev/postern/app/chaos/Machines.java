package dev.postern.app.chaos;

import dev.postern.app.Child;
import dev.postern.dns.FakeNameServer;
import dev.postern.mailsystem.DocumentedLines;
import dev.postern.mailsystem.Programs;
import dev.postern.mailsystem.RspamdServer;
import dev.postern.quarantine.postfix.HeldMail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Postfix, rspamd and Postern, set up by the lines of docs/mail, and how each is killed. */
final class Machines implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofSeconds(3);

  /** One that can be killed. */
  enum Machine {
    POSTFIX,
    RSPAMD,
    POSTERN
  }

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final Path folder;
  final HeldMail mail;
  private final FakeNameServer names;
  private final RspamdServer rspamd;
  private final Map<String, String> settings;
  private volatile Child postern;

  /** When Postfix was killed; a message that it was sending then is sent again by itself. */
  final List<Instant> postfixKilled = new CopyOnWriteArrayList<>();

  /** Starts them; where one does not, those before it are stopped again. */
  Machines(Path folder, Path postfixFolder) throws IOException {
    this.folder = folder;
    try {
      this.mail = started(HeldMail.start(postfixFolder));
      this.names = started(FakeNameServer.of((question, _) -> answer(question)));
      int http = Programs.freePort();
      DocumentedLines page = DocumentedLines.of("rspamd.md").withPort(8080, http);
      Path conf = folder.resolve("postern.conf");
      Files.writeString(
          conf,
          mail.posternConf(mail.helper())
              + page.linesFor("postern.conf")
              + "mail.rspamd.queue = postfix\n");
      Files.setPosixFilePermissions(conf, PosixFilePermissions.fromString("rw-------"));
      this.settings =
          Map.of(
              "POSTERN_HTTP_PORT",
              String.valueOf(http),
              "POSTERN_DNS_SERVERS",
              "127.0.0.1:" + names.address().getPort());
      this.postern = Child.start("try", folder, settings);
      started.push(() -> postern().close()); // whichever runs then
      int port = Programs.freePort();
      this.rspamd = started(RspamdServer.start(port, names.address().getPort(), rspamdLines(page)));
      filterBy(port);
    } catch (IOException | RuntimeException | Error halfWay) {
      close();
      throw halfWay;
    }
  }

  private <T extends AutoCloseable> T started(T machine) {
    started.push(machine);
    return machine;
  }

  private void filterBy(int port) {
    mail.postfix()
        .command(
            "postconf",
            "-e",
            "smtpd_milters = inet:127.0.0.1:" + port,
            "queue_run_delay = 2s",
            "minimal_backoff_time = 2s",
            "maximal_backoff_time = 4s")
        .orFail();
    mail.postfix().stop();
    mail.postfix().start();
  }

  private static Map<String, String> rspamdLines(DocumentedLines page) {
    Map<String, String> lines = new LinkedHashMap<>();
    for (String file :
        List.of(
            "local.d/metadata_exporter.conf",
            "local.d/force_actions.conf",
            "local.d/actions.conf")) {
      lines.put(file, page.linesFor(file));
    }
    // Its own field in what it finds a little suspicious would be a change on the way.
    lines.merge(
        "local.d/actions.conf", "add_header = null;\nrewrite_subject = null;\n", String::concat);
    return lines;
  }

  /** A shop that asks everybody to refuse what it did not send. */
  private static Message answer(Message question) {
    String asked =
        question.getQuestion().getName() + " " + Type.string(question.getQuestion().getType());
    return switch (asked) {
      case "_dmarc.shop.test. TXT" -> FakeNameServer.answer(question, "\"v=DMARC1; p=reject\"");
      case "shop.test. TXT" -> FakeNameServer.answer(question, "\"v=spf1 -all\"");
      default -> FakeNameServer.rcode(question, Rcode.NXDOMAIN);
    };
  }

  /** The Postern that runs now, or ran last. */
  Child postern() {
    return postern;
  }

  String rspamdLog() {
    return rspamd.log();
  }

  /** Kills one of them with -9 and starts it again on what it left. */
  void kill(Machine which, RandomGenerator random) throws Exception {
    switch (which) {
      case POSTFIX -> {
        postfixKilled.add(InstantSource.system().instant());
        mail.postfix().kill();
        mail.postfix().start();
      }
      case RSPAMD -> {
        rspamd.kill();
        rspamd.revive();
      }
      case POSTERN -> {
        postern.kill();
        if (random.nextInt(4) == 0) {
          killWhileItStarts(random);
        }
        postern = Child.start("try", folder, settings);
      }
    }
  }

  private void killWhileItStarts(RandomGenerator random) throws IOException, InterruptedException {
    Process starting = Child.process(List.of(), "try", folder, settings).start();
    LockSupport.parkNanos(random.nextLong(LONGEST_START.toNanos()));
    starting.toHandle().destroyForcibly();
    starting.waitFor();
  }

  /** Stops what was started, the last first; what cannot be stopped keeps no other running. */
  @Override
  public void close() {
    List<Exception> troubles = new ArrayList<>();
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception trouble) {
        troubles.add(trouble);
      }
    }
    if (!troubles.isEmpty()) {
      throw new IllegalStateException("not stopped: " + troubles, troubles.getFirst());
    }
  }
}
