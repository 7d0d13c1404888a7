package dev.postern.app;

import static dev.postern.evidence.EvidenceBuilder.anEvidence;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseBuilder;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.Judgement;
import dev.postern.approval.Mandate;
import dev.postern.approval.Message;
import dev.postern.approval.Outcome;
import dev.postern.intake.smtp.RawSmtpClient;
import dev.postern.intake.smtp.SmtpEntrance;
import dev.postern.intake.smtp.SmtpListener;
import dev.postern.intake.smtp.SmtpSettings;
import dev.postern.mail.MessageSummary;
import dev.postern.mail.Network;
import dev.postern.mail.RawMessage;
import dev.postern.policy.Action;
import dev.postern.policy.Ruling;
import dev.postern.quarantine.NextHopSettings;
import dev.postern.quarantine.SmtpNextHop;
import dev.postern.quarantine.builtin.BuiltinQuarantine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The very same octets come out: over SMTP in, judged or held, over SMTP out, into the mailbox. */
class SameOctetsTest {
  private static final Path SAMPLES =
      Path.of(System.getProperty("postern.samples", "../shared/mailinfra/samples/messages"));

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private TrialMailbox mailbox;

  @BeforeEach
  void start() {
    mailbox =
        new TrialMailbox(
            folder, 0, SameOctetsTest::summary, InstantSource.system(), new SplittableRandom(7));
    mailbox.start();
  }

  @AfterEach
  void stop() {
    mailbox.close();
  }

  static Stream<Named<byte[]>> messages() {
    return Stream.concat(
        Stream.of(
            named("dot lines", "Subject: x\r\n\r\n.\r\n..\r\n...\r\n.x\r\n.\r\n"),
            named("dot first", ".\r\n"),
            named("eight bit", "Subject: \u00fc\r\n\r\n\u0080\u00ff\u0000\u0001\r\n"),
            named("bare breaks", "Subject: x\r\n\r\na\nb\rc\r\r\n\n\r\n"),
            named("long line", "X: " + "y".repeat(200_000) + "\r\n\r\n"),
            named("blanks", " \r\n\t \r\n\r\n \r\n\r\n\r\n")),
        samples());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("messages")
  void passed(byte[] message) throws IOException {
    try (SmtpListener entrance = entrance(_ -> new Judgement.Pass(fine(), anEvidence().build()))) {
      assertThat(deliver(entrance, message)).startsWith("250 2.0.0 Ok: queued as ");
    }
    assertThat(inTheMailbox()).isEqualTo(message);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("messages")
  void heldAndReleased(byte[] message) throws IOException {
    CaseFile held = CaseBuilder.aCase().build();
    List<Message> kept = new CopyOnWriteArrayList<>();
    Function<Message, Judgement> hold =
        judged -> {
          kept.add(judged);
          return new Judgement.Held(held.id(), false, anEvidence().build());
        };
    try (SmtpListener entrance = entrance(hold)) {
      assertThat(deliver(entrance, message))
          .isEqualTo("250 2.0.0 held for approval as PN-7F3K-2QXD");
    }
    Function<CaseId, Optional<RawMessage>> octets = _ -> Optional.of(kept.getFirst().raw());
    Outcome outcome =
        new BuiltinQuarantine(octets, nextHop())
            .release(held, held.envelope().recipients(), Mandate.ofThisConnection());

    assertThat(outcome.results()).allMatch(r -> r.words().startsWith("250 2.0.0 Ok: queued as "));
    assertThat(inTheMailbox()).isEqualTo(message);
  }

  @Test
  void withoutFinalLineEndOneIsAddedByTheClientAndNothingElse() throws IOException {
    byte[] message = "Subject: x\r\n\r\nno end".getBytes(ISO_8859_1);
    try (SmtpListener entrance = entrance(_ -> new Judgement.Pass(fine(), anEvidence().build()))) {
      deliver(entrance, message);
    }
    assertThat(inTheMailbox()).isEqualTo("Subject: x\r\n\r\nno end\r\n".getBytes(ISO_8859_1));
  }

  private byte[] inTheMailbox() throws IOException {
    String queueId = mailbox.delivered().getFirst().queueId();
    return Files.readAllBytes(folder.resolve(queueId + ".eml"));
  }

  private SmtpListener entrance(Function<Message, Judgement> desk) {
    var settings =
        new SmtpSettings(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            "mx.corp.example",
            "Postern mark",
            Network.LOOPBACK,
            SmtpSettings.Limits.usual());
    var entrance =
        new SmtpListener(
            settings,
            new SmtpEntrance(desk, nextHop(), InstantSource.system(), new SplittableRandom(7)));
    entrance.start();
    return entrance;
  }

  private SmtpNextHop nextHop() {
    return new SmtpNextHop(
        new NextHopSettings(
            "127.0.0.1",
            mailbox.port(),
            "postern.example",
            "Postern mark",
            NextHopSettings.Timing.usual()));
  }

  private static String deliver(SmtpListener entrance, byte[] message) throws IOException {
    try (RawSmtpClient client = new RawSmtpClient(entrance.port())) {
      client.reply();
      return client.begin("sender@supplier.example", "ann@corp.example").data(message);
    }
  }

  private static Ruling fine() {
    return new Ruling(new Action.Release(), "rule", "fine", "000000000000", List.of());
  }

  private static MessageSummary summary(RawMessage raw) {
    return new MessageSummary("", "", "", "", "", "", raw.size(), List.of(), List.of());
  }

  private static Named<byte[]> named(String name, String message) {
    return Named.of(name, message.getBytes(ISO_8859_1));
  }

  /** The samples lie beside the project; where they are absent, that is said aloud. */
  private static Stream<Named<byte[]>> samples() {
    if (!Files.isDirectory(SAMPLES)) {
      String message = "sample messages absent: " + SAMPLES.toAbsolutePath().normalize();
      System.out.println("SKIPPED " + message);
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError(message);
      }
      return Stream.empty();
    }
    try (Stream<Path> files = Files.list(SAMPLES)) {
      return files
          .filter(f -> f.toString().endsWith(".eml"))
          .sorted()
          .map(f -> Named.of(f.getFileName().toString(), octets(f)))
          .toList()
          .stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static byte[] octets(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
