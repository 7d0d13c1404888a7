package dev.postern.quarantine.exim;

import static dev.postern.approval.CaseBuilder.aCase;

import dev.postern.approval.CaseFile;
import dev.postern.approval.Choice;
import dev.postern.approval.Decision;
import dev.postern.approval.HoldRef;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mailsystem.DocumentedLines;
import dev.postern.mailsystem.EximServer;
import dev.postern.mailsystem.NextHopServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An Exim that freezes mail, set up by the lines of the documentation, and cases about that mail.
 */
public final class FrozenMail implements AutoCloseable {
  private static final DocumentedLines PAGE = DocumentedLines.of("exim.md");
  private static final Path SHIPPED = Path.of("src/main/dist/postern-exim-helper");
  private static final String SERVED = "exim=/usr/sbin/exim4\n";
  private static final String SOURCE = "exim";

  private final EximServer exim;
  private final Path folder;
  private final Path helper;

  private FrozenMail(EximServer exim, Path folder) throws IOException {
    this.exim = exim;
    this.folder = folder;
    this.helper = script("postern-exim-helper", helper("exim=" + exim.program() + "\n"));
  }

  /** Starts it; what it needs lies in this folder. */
  public static FrozenMail start(Path folder) {
    EximServer exim =
        EximServer.start(PAGE.linesFor("exim.conf"), PAGE.linesFor("acl_smtp_data").indent(2));
    try {
      return new FrozenMail(exim, folder);
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException(cannotWrite);
    }
  }

  /** The helper with the one line that an administrator changes. */
  static String helper(String line) throws IOException {
    String shipped = Files.readString(SHIPPED);
    if (!shipped.contains(SERVED)) {
      throw new AssertionError("the helper has no line " + SERVED);
    }
    return shipped.replace(SERVED, line);
  }

  Path script(String name, String text) throws IOException {
    Path script = Files.writeString(folder.resolve(name), text);
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  public EximServer exim() {
    return exim;
  }

  public NextHopServer nextHop() {
    return exim.nextHop();
  }

  /** The helper that was installed for it. */
  public Path helper() {
    return helper;
  }

  /** The lines of postern.conf that the documentation asks for, for this Exim. */
  public String posternConf(Path itsHelper) {
    return PAGE.linesFor("postern.conf").replace("/var/log/exim4/mainlog", exim.log().toString())
        + "mail.exim.helper = "
        + itsHelper
        + "\n";
  }

  /** Has a message frozen and returns its id. */
  public String hold(String message, String sender, String... recipients) throws IOException {
    String id = exim.take(message, sender, recipients);
    if (!frozen().contains(id)) {
      throw new AssertionError(id + " is not frozen: " + exim.logged());
    }
    return id;
  }

  /** Ids of what is frozen. */
  public List<String> frozen() {
    return parts().verbs().frozen().stream().map(EximId::text).toList();
  }

  /** Its case, decided just now, of a message that came minutes ago. */
  CaseFile decided(String id, Choice choice, String... recipients) {
    return decided(id, choice, Duration.ofMinutes(5), recipients);
  }

  CaseFile decided(String id, Choice choice, Duration age, String... recipients) {
    Envelope envelope =
        new Envelope(
            EmailAddress.parse("ben@partner.example"),
            Arrays.stream(recipients).flatMap(r -> EmailAddress.parse(r).stream()).toList(),
            InetAddress.getLoopbackAddress(),
            "");
    CaseFile it = aCase().decided(choice).build();
    return new CaseFile(
        it.id(),
        it.state(),
        it.version(),
        new HoldRef(SOURCE, id),
        SOURCE,
        now().minus(age),
        envelope,
        it.message(),
        true,
        it.evidence(),
        it.digest(),
        it.ruling(),
        it.stage(),
        it.votes(),
        Optional.of(new Decision(choice, Decision.By.PEOPLE, "kim", now())),
        Optional.empty(),
        "",
        "",
        now(),
        Optional.empty(),
        Optional.empty());
  }

  static Instant now() {
    return InstantSource.system().instant();
  }

  EximParts parts() {
    return parts(helper.toString(), Optional.of(exim.log()));
  }

  EximParts parts(String command, Optional<Path> log) {
    return new EximParts(new EximSettings(SOURCE, List.of(command), log, 1 << 20));
  }

  EximQuarantine quarantine() {
    return new EximQuarantine(parts(), InstantSource.system());
  }

  EximQuarantine withoutLog() {
    return new EximQuarantine(parts(helper.toString(), Optional.empty()), InstantSource.system());
  }

  EximQuarantine withHelper(Path command) {
    return new EximQuarantine(
        parts(command.toString(), Optional.of(exim.log())), InstantSource.system());
  }

  @Override
  public void close() {
    exim.close();
  }
}
