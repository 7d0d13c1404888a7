package dev.postern.app;

import static dev.postern.evidence.EvidenceBuilder.anEvidence;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseBuilder;
import dev.postern.approval.CaseFile;
import dev.postern.approval.Judgement;
import dev.postern.approval.Mandate;
import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.DkimResult;
import dev.postern.evidence.dkim.DkimVerifier;
import dev.postern.evidence.dkim.TestKeys;
import dev.postern.evidence.dkim.TestSigner;
import dev.postern.intake.smtp.Offering;
import dev.postern.intake.smtp.RawSmtpClient;
import dev.postern.intake.smtp.SmtpEntrance;
import dev.postern.intake.smtp.SmtpListener;
import dev.postern.intake.smtp.SmtpSettings;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.HeaderFields;
import dev.postern.mail.Network;
import dev.postern.mail.RawMessage;
import dev.postern.mailsystem.DocumentedLines;
import dev.postern.mailsystem.NextHopServer;
import dev.postern.mailsystem.PostfixServer;
import dev.postern.mailsystem.TestServerCertificate;
import dev.postern.policy.Action;
import dev.postern.policy.Ruling;
import dev.postern.quarantine.Link;
import dev.postern.quarantine.Link.Protocol;
import dev.postern.quarantine.Link.Tls;
import dev.postern.quarantine.NextHopSettings;
import dev.postern.quarantine.SmtpNextHop;
import dev.postern.quarantine.builtin.BuiltinQuarantine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways in and out with a real Postfix: behind TLS as the next hop, in front by LMTP. */
class SmtpWithPostfixIT {
  private static final TestSigner SIGNER =
      TestSigner.of("supplier.example", "s1", TestKeys.rsa("smtp with postfix", 2048))
          .canonicalization("simple/simple");

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @Test
  void heldMailReachesWhomItWasReleasedToWithItsSignatureWhole() throws Exception {
    TestServerCertificate certificate = TestServerCertificate.forLoopback();
    byte[] signed = SIGNER.sign(message());
    CaseFile held = CaseBuilder.aCase().build();
    EmailAddress ann = held.envelope().recipients().getFirst();
    try (PostfixServer postfix = behindTls(certificate)) {
      SmtpNextHop nextHop = nextHop(postfix, certificate);
      BuiltinQuarantine quarantine =
          new BuiltinQuarantine(_ -> Optional.of(RawMessage.of(signed)), nextHop);

      Outcome outcome = quarantine.release(held, List.of(ann), Mandate.ofThisConnection());

      assertThat(outcome.results())
          .singleElement()
          .satisfies(
              result -> {
                assertThat(result.kind()).isEqualTo(Kind.DELIVERED_TO_NEXT_HOP);
                assertThat(result.words()).startsWith("250 2.0.0 Ok: queued as ");
              });
      assertThat(nextHop.passesWishesOn()).isTrue();
      NextHopServer.Taken arrived = postfix.nextHop().await(1).getFirst();
      assertThat(arrived.recipients()).containsExactly(ann.toString());
      assertThat(sha256(withoutTrace(arrived.octets()))).isEqualTo(sha256(signed));
      assertThat(dkim(arrived.octets())).isEqualTo(DkimResult.PASS);
      postfix.awaitLog("TLS connection established from .*: TLSv1");
    }
  }

  @Test
  void aPostfixWithAnotherCertificateGetsNothing() throws Exception {
    CaseFile held = CaseBuilder.aCase().build();
    try (PostfixServer postfix = behindTls(TestServerCertificate.forName("other.example"))) {
      BuiltinQuarantine quarantine =
          new BuiltinQuarantine(
              _ -> Optional.of(RawMessage.of(message())),
              nextHop(postfix, TestServerCertificate.forLoopback()));

      Outcome outcome =
          quarantine.release(held, held.envelope().recipients(), Mandate.ofThisConnection());

      assertThat(outcome.results())
          .allSatisfy(
              result -> {
                assertThat(result.kind()).isEqualTo(Kind.TEMP_FAIL);
                assertThat(result.words()).contains("TLS failed");
              });
      assertThat(postfix.logged("from=<")).isEmpty();
    }
  }

  @Test
  void byLmtpPostfixTriesAgainOnlyWhomTheNextHopPutOff() throws Exception {
    try (NextHopServer nextHop = NextHopServer.start()) {
      nextHop.answer("busy@corp.example", "450 4.2.1 mailbox busy");
      nextHop.answer("never@corp.example", "550 5.1.1 no such user");
      try (SmtpListener postern = lmtp(nextHop);
          PostfixServer front = inFront(postern)) {
        try (RawSmtpClient client = front.client()) {
          client.begin(
              "sender@supplier.example",
              "ann@corp.example",
              "busy@corp.example",
              "never@corp.example");
          assertThat(client.data(message())).startsWith("250");
        }
        front.awaitLog("to=<ann@corp.example>.* status=sent \\(250 2.0.0 Ok: taken as 1");
        front.awaitLog("to=<never@corp.example>.* status=bounced .*550 5.1.1 no such user");
        front.awaitLog("to=<busy@corp.example>.* status=deferred .*450 4.2.1 mailbox busy");

        nextHop.answer("busy@corp.example", "250 2.1.5 Ok");
        front.awaitLog("to=<busy@corp.example>.* status=sent");

        List<List<String>> recipients =
            nextHop.taken().stream()
                .filter(taken -> taken.sender().equals("sender@supplier.example"))
                .map(NextHopServer.Taken::recipients)
                .toList();
        assertThat(recipients)
            .containsExactly(List.of("ann@corp.example"), List.of("busy@corp.example"));
      }
    }
  }

  private PostfixServer behindTls(TestServerCertificate certificate) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    return PostfixServer.with()
        .mainCf(
            """
            smtpd_tls_security_level = encrypt
            smtpd_tls_cert_file = %s
            smtpd_tls_key_file = %s
            smtpd_tls_loglevel = 1
            smtpd_tls_session_cache_database =
            tls_random_source = dev:/dev/urandom
            """
                .formatted(certificate.certificateIn(folder), certificate.keyIn(folder)))
        .masterCf("tlsmgr unix - - n 1000? 1 tlsmgr")
        .start();
  }

  private SmtpNextHop nextHop(PostfixServer postfix, TestServerCertificate trusted)
      throws IOException {
    Path others = Files.createDirectories(folder.resolve("trusted"));
    return new SmtpNextHop(
        new NextHopSettings(
            "127.0.0.1",
            postfix.port(),
            "postern.example",
            "",
            NextHopSettings.Timing.usual(),
            new Link(
                Protocol.SMTP,
                Tls.REQUIRED,
                Optional.of(trusted.certificateIn(others)),
                Optional.empty())));
  }

  private static PostfixServer inFront(SmtpListener postern) {
    DocumentedLines page = DocumentedLines.of("../smtp.md").withPort(2424, postern.port());
    return PostfixServer.with()
        .hurrying()
        .mainCf(page.linesFor("main.cf, by LMTP"))
        .masterCf(page.linesFor("master.cf, by LMTP"))
        .start();
  }

  private static SmtpListener lmtp(NextHopServer nextHop) {
    Ruling fine = new Ruling(new Action.Release(), "rule", "fine", "000000000000", List.of());
    SmtpListener listener =
        new SmtpListener(
            new SmtpSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                "postern.example",
                "Postern",
                Network.LOOPBACK,
                SmtpSettings.Limits.usual(),
                new Offering(Offering.Protocol.LMTP, Optional.empty(), () -> false)),
            new SmtpEntrance(
                _ -> new Judgement.Pass(fine, anEvidence().build()),
                new SmtpNextHop(
                    new NextHopSettings(
                        "127.0.0.1",
                        nextHop.port(),
                        "postern.example",
                        "",
                        NextHopSettings.Timing.usual())),
                InstantSource.system(),
                new SplittableRandom(7)));
    listener.start();
    return listener;
  }

  /** Blanks, dots and folds that simple canonicalisation and careless servers trip over. */
  private static byte[] message() {
    return String.join(
            "\r\n",
            "From:  Anna <anna@supplier.example>",
            "To: ap@corp.example",
            "Subject: Order",
            "\t  4711   folded ",
            "Date: Thu, 26 Nov 2026 10:00:00 +0000",
            "Message-ID: <4711@supplier.example>",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=iso-8859-1",
            "Content-Transfer-Encoding: 8bit",
            "",
            ".",
            "..two",
            "  blanks  ",
            "\u00fc\u00e4\u00f6",
            "",
            "end",
            "",
            "",
            "")
        .getBytes(ISO_8859_1);
  }

  /** Without the fields that Postfix put on top. */
  private static RawMessage withoutTrace(RawMessage message) {
    byte[] octets = message.octets();
    byte[] first = "DKIM-Signature:".getBytes(ISO_8859_1);
    int start =
        IntStream.range(0, octets.length - first.length)
            .filter(at -> Arrays.equals(octets, at, at + first.length, first, 0, first.length))
            .findFirst()
            .orElseThrow();
    assertThat(new String(octets, 0, start, ISO_8859_1)).matches("(?s)Received: .*\r\n");
    return RawMessage.of(Arrays.copyOfRange(octets, start, octets.length));
  }

  private static String sha256(byte[] octets) {
    return RawMessage.of(octets).sha256();
  }

  private static String sha256(RawMessage message) {
    return message.sha256();
  }

  private static DkimResult dkim(RawMessage message) {
    return new DkimVerifier()
        .verify(
            message,
            HeaderFields.of(message),
            (_, _, _) -> SIGNER.answer(),
            Deadline.in(Duration.ofSeconds(10)),
            Instant.parse("2026-11-26T10:00:00Z").getEpochSecond())
        .getFirst()
        .result();
  }
}
