package dev.postern.intake.milter;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.intake.smtp.RawSmtpClient;
import dev.postern.mailsystem.DebianPackage;
import dev.postern.mailsystem.DocumentedLines;
import dev.postern.mailsystem.PostfixServer;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Messages as large as anybody sends, through a real Postfix. */
class MilterLargeMessageIT {
  private static final int SIZE = 50 << 20;
  private static final MilterSettings.Limits ROOM =
      new MilterSettings.Limits(SIZE + (1 << 20), 100, 2_000);

  /** An attachment in base64, as most of what is large. */
  private static byte[] message() {
    byte[] attachment = new byte[SIZE / 4 * 3 / 78 * 76];
    new Random(1).nextBytes(attachment);
    byte[] lines = Base64.getMimeEncoder(76, "\r\n".getBytes(US_ASCII)).encode(attachment);
    return AnMta.join(
        "From: ben@partner.example\r\n\r\n".getBytes(US_ASCII), lines, new byte[] {'\r', '\n'});
  }

  @Test
  void fiftyMegabytesAreJudgedAndArriveOctetForOctet() throws IOException {
    DebianPackage.needed("postfix", "/usr/sbin/postfix");
    byte[] message = message();
    try (Milters milter =
            Milters.judging(
                it -> Milters.bounded(it, ROOM, it.timing()), _ -> Milters.pass(), 256 << 20);
        PostfixServer postfix = PostfixServer.with().mainCf(mainCf(milter.port())).start();
        RawSmtpClient client = postfix.clientAt("192.0.2.50", "mail.partner.example")) {
      client.begin("ben@partner.example", "ap@corp.example");

      assertThat(client.data(message)).startsWith("250");

      assertThat(milter.seen.getFirst().raw().octets()).isEqualTo(message);
      byte[] taken = postfix.nextHop().await(1).getFirst().octets().octets();
      int from = taken.length - message.length;
      assertThat(Arrays.copyOfRange(taken, from, taken.length)).isEqualTo(message);
      assertThat(milter.memory.taken()).isZero();
    }
  }

  private static String mainCf(int port) {
    return DocumentedLines.of("milter.md").withPort(8893, port).linesFor("main.cf");
  }
}
