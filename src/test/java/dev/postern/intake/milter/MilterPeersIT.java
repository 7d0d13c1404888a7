package dev.postern.intake.milter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Judgement;
import dev.postern.approval.Message;
import dev.postern.intake.smtp.RawSmtpClient;
import dev.postern.mailsystem.DebianPackage;
import dev.postern.mailsystem.PostfixServer;
import dev.postern.mailsystem.Programs;
import dev.postern.mailsystem.PythonMilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With others who speak the protocol: OpenDKIM's miltertest, and a milter on libmilter. */
class MilterPeersIT {
  private static final Path SCRIPT =
      Path.of("src/test/resources/dev/postern/intake/milter/peer.lua");

  @TempDir private Path folder;

  /** Passes the first message, holds the second, refuses the third. */
  private static Judgement judgement(Message message) {
    return switch (message.ref().id()) {
      case "queue-id-1" -> Milters.pass();
      case "queue-id-2" -> Milters.held();
      default -> Milters.reject("no");
    };
  }

  @ParameterizedTest
  @CsvSource({"6,nil", "6,127", "4,127", "3,127", "2,127"})
  void miltertestIsAnsweredAsSendmailWouldBe(String version, String steps) throws IOException {
    DebianPackage.needed("miltertest", "/usr/bin/miltertest");
    try (Milters milter = Milters.judging(MilterPeersIT::judgement)) {
      String settings =
          "PORT = %d%nVERSION = %s%nSTEPS = %s%n".formatted(milter.port(), version, steps);
      Path script =
          Files.writeString(folder.resolve("peer.lua"), settings + Files.readString(SCRIPT));

      Programs.Ran ran = Programs.run(List.of("/usr/bin/miltertest", "-s", script.toString()));

      assertThat(ran.err() + ran.out()).isEmpty();
      assertThat(ran.exit()).isZero();
      assertThat(milter.seen).hasSize(3);
      Message last = milter.seen.getLast();
      assertThat(last.envelope().clientIp().getHostAddress()).isEqualTo("192.0.2.50");
      assertThat(last.envelope().helo()).isEqualTo("mail.partner.example");
      assertThat(new String(last.raw().octets(), ISO_8859_1))
          .contains("Subject:", "round 3\r\n\r\nhello\r\nworld\r\n");
    }
  }

  @Test
  void whatAnEarlierMilterAddedIsSeenToo() throws IOException {
    DebianPackage.needed("postfix", "/usr/sbin/postfix");
    try (PythonMilter first = PythonMilter.start(true);
        Milters milter = Milters.judging(_ -> Milters.pass());
        PostfixServer postfix =
            PostfixServer.with()
                .mainCf(
                    "smtpd_milters = %s, inet:127.0.0.1:%d"
                        .formatted(first.address(), milter.port()))
                .start();
        RawSmtpClient client = postfix.client()) {
      client.begin("ben@partner.example", "ap@corp.example");
      assertThat(client.data("Subject: x\r\n\r\ny\r\n".getBytes(ISO_8859_1))).startsWith("250");

      assertThat(new String(milter.seen.getLast().raw().octets(), ISO_8859_1))
          .isEqualTo("Subject: x\r\nX-Python: seen\r\n\r\ny\r\n");
      assertThat(new String(postfix.nextHop().await(1).getFirst().octets().octets(), ISO_8859_1))
          .startsWith("Authentication-Results: mx.corp.example;");
    }
  }
}
