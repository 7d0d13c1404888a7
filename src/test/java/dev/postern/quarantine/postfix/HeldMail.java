package dev.postern.quarantine.postfix;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.postern.approval.CaseFile;
import dev.postern.approval.Choice;
import dev.postern.approval.HoldRef;
import dev.postern.approval.Mandate;
import dev.postern.approval.Outcome;
import dev.postern.intake.smtp.RawSmtpClient;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mailsystem.DocumentedLines;
import dev.postern.mailsystem.NextHopServer;
import dev.postern.mailsystem.PostfixServer;
import dev.postern.mailsystem.Programs;
import dev.postern.quarantine.DecidedCase;
import dev.postern.quarantine.NextHopSettings;
import dev.postern.quarantine.Shipment;
import dev.postern.quarantine.SmtpNextHop;
import dev.postern.quarantine.XForward;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A Postfix that holds mail, set up by the lines of the documentation, and cases about that mail.
 */
public final class HeldMail implements AutoCloseable {
  private static final DocumentedLines PAGE = DocumentedLines.of("postfix.md");
  private static final String CHECKS = "/etc/postfix/header_checks";
  private static final String SOURCE = "postfix";

  private final PostfixServer postfix;
  private final Path folder;
  private final Path helper;
  private final int reinjectPort;
  private final int nextHopPort;
  private final Envelopes envelopes = new Envelopes();

  private HeldMail(PostfixServer postfix, Path folder, int reinjectPort, int nextHopPort) {
    this.postfix = postfix;
    this.folder = folder;
    this.reinjectPort = reinjectPort;
    this.nextHopPort = nextHopPort;
    this.helper = HelperScript.in(folder, postfix);
  }

  /** Starts it; what it needs lies in this folder. */
  public static HeldMail start(Path folder) {
    try {
      int port = Programs.freePort();
      int nextHop = Programs.freePort();
      PostfixServer postfix =
          PostfixServer.with()
              .mainCf(mainCf(folder))
              .masterCf(PAGE.withPort(10027, port).withPort(10028, nextHop).linesFor("master.cf"))
              .start();
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      return new HeldMail(postfix, folder, port, nextHop);
    } catch (IOException cannotWrite) {
      throw new AssertionError(cannotWrite);
    }
  }

  /** The lines of main.cf that the documentation asks for; the table that they name lies here. */
  static String mainCf(Path folder) throws IOException {
    Path checks =
        Files.writeString(folder.resolve("header_checks"), PAGE.linesFor("header_checks"));
    return PAGE.linesFor("main.cf").replace(CHECKS, checks.toString());
  }

  public PostfixServer postfix() {
    return postfix;
  }

  public NextHopServer nextHop() {
    return postfix.nextHop();
  }

  public int reinjectPort() {
    return reinjectPort;
  }

  /** Where Postfix takes what Postern let pass or kept itself. */
  public int nextHopPort() {
    return nextHopPort;
  }

  /** The lines of postern.conf that the documentation asks for, for this Postfix. */
  public String posternConf(Path itsHelper) {
    return PAGE.withPort(10027, reinjectPort)
            .withPort(10028, nextHopPort)
            .linesFor("postern.conf")
            .replace("/var/log/mail.log", postfix.log().toString())
        + "mail.postfix.config = "
        + postfix.config()
        + "\nmail.postfix.helper = "
        + itsHelper
        + "\n";
  }

  /** The helper that was installed for it. */
  public Path helper() {
    return helper;
  }

  /** Has a message held and returns its queue id. */
  public String hold(String message, String sender, String... recipients) throws IOException {
    try (RawSmtpClient client = postfix.clientAt("192.0.2.50", "mail.partner.example")) {
      client.sayAll("EHLO mail.partner.example");
      client.say("MAIL FROM:<" + sender + ">");
      for (String recipient : recipients) {
        client.say("RCPT TO:<" + recipient + ">");
      }
      String id = client.data(message.getBytes(ISO_8859_1)).replaceFirst(".* ", "");
      envelopes.keep(id, sender, recipients);
      if (!onHold().contains(id)) {
        throw new AssertionError(id + " is not on hold: " + postfix.queue());
      }
      return id;
    }
  }

  /** Makes a held message 200 s older, by its name; returns that. */
  public String age(String id) throws IOException {
    String digits = "0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz";
    long second = -200;
    for (int place = 1, i = 5; i >= 0; i--, place *= digits.length()) {
      second += (long) place * digits.indexOf(id.charAt(i));
    }
    StringBuilder made = new StringBuilder();
    for (int i = 0; i < 6; i++, second /= digits.length()) {
      made.insert(0, digits.charAt((int) (second % digits.length())));
    }
    String older = made + id.substring(6);
    Path hold = postfix.spool().resolve("hold");
    Files.move(hold.resolve(id), hold.resolve(older));
    return older;
  }

  /** Ids of what is on hold. */
  public List<String> onHold() {
    return parts().queue().held().stream().map(entry -> entry.id().text()).toList();
  }

  /** Its case, decided just now, of a message that came minutes ago. */
  CaseFile decided(String id, Choice choice) {
    return decided(id, choice, envelopes.of(id));
  }

  CaseFile decided(String id, Choice choice, Envelope envelope) {
    return of(id, choice, envelope, Duration.ofMinutes(5), Optional.empty());
  }

  /** The same of a message that came a moment ago. */
  CaseFile decidedAtOnce(String id, Choice choice) {
    return of(id, choice, envelopes.of(id), Duration.ZERO, Optional.empty());
  }

  /** The same where an earlier decision was given up, with what it came to. */
  CaseFile decidedAgain(String id, Choice choice, Outcome earlier) {
    return of(id, choice, envelopes.of(id), Duration.ofMinutes(5), Optional.of(earlier));
  }

  private CaseFile of(
      String id, Choice choice, Envelope envelope, Duration age, Optional<Outcome> outcome) {
    return DecidedCase.of(new HoldRef(SOURCE, id), envelope, choice, age, outcome);
  }

  Instant now() {
    return InstantSource.system().instant();
  }

  /** Does the part of a hand-back that a process could have died behind. */
  void handBackByHand(CaseFile held, List<EmailAddress> to) {
    QueueId id = new QueueId(held.hold().id());
    QueueFile file = parts().verbs().copy(id, 1 << 20).orElseThrow();
    XForward origin = new XForward(file.client(), file.helo(), id.text());
    Shipment shipment = new Shipment(held.envelope(), to, file.content(), Optional.of(origin));
    new SmtpNextHop(reinject(reinjectPort)).send(shipment, Mandate.ofThisConnection());
    postfix.awaitLog("orig_queue_id=" + id);
    to.forEach(
        r ->
            Programs.await(
                "delivered to " + r,
                Duration.ofSeconds(20),
                () -> !postfix.logged("to=<" + r + ">.*status=sent").isEmpty()));
  }

  PostfixParts parts() {
    return new PostfixParts(settings(helper.toString(), reinjectPort, true));
  }

  /** As where Postfix was removed, with the helper that serves it. */
  PostfixParts partsWithoutPrograms() {
    PostfixSettings it = settings(folder.resolve("none").toString(), reinjectPort, true);
    return new PostfixParts(
        new PostfixSettings(
            it.source(),
            it.helper(),
            folder.resolve("none"),
            it.config(),
            it.reinject(),
            it.log(),
            it.largest()));
  }

  PostfixQuarantine quarantine() {
    return new PostfixQuarantine(parts(), InstantSource.system());
  }

  PostfixQuarantine later(Duration by) {
    return new PostfixQuarantine(parts(), () -> now().plus(by));
  }

  PostfixQuarantine withoutLog() {
    return of(settings(helper.toString(), reinjectPort, false), Duration.ZERO);
  }

  PostfixQuarantine withUnreadableLog() {
    PostfixSettings it = settings(helper.toString(), reinjectPort, false);
    return of(
        new PostfixSettings(
            it.source(),
            it.helper(),
            it.programs(),
            it.config(),
            it.reinject(),
            Optional.of(folder.resolve("no.log")),
            it.largest()),
        Duration.ZERO);
  }

  PostfixQuarantine withoutReinjection(Duration later) {
    return of(settings(helper.toString(), 0, true), later);
  }

  PostfixQuarantine withReinjectionAt(int port) {
    return of(settings(helper.toString(), port, true), Duration.ZERO);
  }

  PostfixQuarantine withHelper(String command) {
    return of(settings(command, reinjectPort, true), Duration.ZERO);
  }

  /** What sudo does without its line in sudoers. */
  PostfixQuarantine refusingHelper() throws IOException {
    Path script = folder.resolve("refusing");
    Files.writeString(script, "#!/bin/sh\necho 'sudo: a password is required' >&2\nexit 1\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return withHelper(script.toString());
  }

  private PostfixQuarantine of(PostfixSettings settings, Duration later) {
    return new PostfixQuarantine(new PostfixParts(settings), () -> now().plus(later));
  }

  private PostfixSettings settings(String command, int port, boolean log) {
    return new PostfixSettings(
        SOURCE,
        List.of(command),
        Path.of("/usr/sbin"),
        Optional.of(postfix.config()),
        Optional.of(port).filter(p -> p > 0).map(HeldMail::reinject),
        Optional.of(postfix.log()).filter(_ -> log),
        1 << 20);
  }

  private static NextHopSettings reinject(int port) {
    return new NextHopSettings(
        "127.0.0.1", port, "postern.example", "", NextHopSettings.Timing.usual());
  }

  @Override
  public void close() {
    postfix.close();
  }

  /** What clients said, as far as Postern can read it. */
  private static final class Envelopes {
    private final Map<String, Envelope> byId = new HashMap<>();

    void keep(String id, String sender, String... recipients) {
      byId.put(
          id,
          new Envelope(
              EmailAddress.parse(sender),
              Arrays.stream(recipients).flatMap(r -> EmailAddress.parse(r).stream()).toList(),
              InetAddress.getLoopbackAddress(),
              ""));
    }

    Envelope of(String id) {
      return Objects.requireNonNull(byId.get(id));
    }
  }
}
