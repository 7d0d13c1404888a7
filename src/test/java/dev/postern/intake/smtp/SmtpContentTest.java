package dev.postern.intake.smtp;

import static dev.postern.intake.smtp.Entrances.client;
import static dev.postern.intake.smtp.Entrances.listener;
import static dev.postern.intake.smtp.Entrances.settings;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.intake.SmtpReply;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpContentTest extends ListenerCase {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Subject: dots\r\n\r\n.\r\n..\r\n.x\r\n...\r\na.\r\n.\r\n",
        ".first line is a dot\r\n\r\nbody\r\n",
        ".\r\n",
        "",
        "\r\n",
        "Subject: 8 bit \u00fc\u00ff\u0080\r\n\r\n\u0001\u007f\u0000\r\n",
        "Subject: bare\r\n\r\nline feed\nand\rreturn\r\r\n\n\r\n",
        "Subject: end\r\n\r\n\r\r\n",
      })
  void octetsComeInUnchanged(String message) throws IOException {
    byte[] octets = message.getBytes(ISO_8859_1);
    assertThat(client.begin("a@b.example", "c@d.example").data(octets)).isEqualTo("250 2.0.0 Ok");
    assertThat(taken)
        .singleElement()
        .satisfies(t -> assertThat(t.raw().octets()).isEqualTo(octets));
  }

  @Test
  void aMessageInManySmallPiecesIsTheSame() throws IOException {
    byte[] octets = ("Subject: x\r\n\r\n" + ".\r\n..\r\nx".repeat(50) + "\r\n").getBytes(US_ASCII);
    client.begin("a@b.example", "c@d.example");
    assertThat(client.say("DATA")).startsWith("354");
    for (byte octet : "Subject: x\r\n\r\n..\r\n...\r\nx".getBytes(US_ASCII)) {
      client.write(new byte[] {octet});
    }
    client.write("\r\n.\r\n");
    assertThat(client.reply()).startsWith("250");
    assertThat(new String(taken.getFirst().raw().octets(), US_ASCII))
        .isEqualTo("Subject: x\r\n\r\n.\r\n..\r\nx\r\n");
    assertThat(client.begin("a@b.example", "c@d.example").data(octets)).startsWith("250");
    assertThat(taken.get(1).raw().octets()).isEqualTo(octets);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n.\n", "\n.\r\n", "\r.\r", "\r.\r\n", "\r.\n"})
  void smuggledEndIsContentAndTheMessageIsRefused(String end) throws IOException {
    client.begin("a@b.example", "c@d.example");
    String inner = "MAIL FROM:<boss@corp.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\nevil\r\n";
    assertThat(client.say("DATA")).startsWith("354");
    client.write("Subject: x\r\n\r\nbody" + end + inner + ".\r\n");
    assertThat(client.reply()).startsWith("550 5.5.2 a lone dot");
    assertThat(client.say("NOOP")).startsWith("250");
    assertThat(taken).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n.\n", "\r\n.\r", "\n..\r\n", "\n.x\r\n"})
  void otherDotsNearBareLineBreaksAreContent(String middle) throws IOException {
    client.begin("a@b.example", "c@d.example");
    assertThat(client.say("DATA")).startsWith("354");
    client.write("Subject: x\r\n\r\nbody" + middle + "MAIL FROM:<boss@corp.example>\r\n.\r\n");
    assertThat(client.reply()).startsWith("250");
    assertThat(client.say("NOOP")).startsWith("250");
    assertThat(new String(taken.getFirst().raw().octets(), US_ASCII))
        .endsWith("MAIL FROM:<boss@corp.example>\r\n");
  }

  @Test
  void sizeIsCheckedAtMailAndWhileReading() throws IOException {
    assertThat(client.say("EHLO x.example")).startsWith("250");
    assertThat(client.say("MAIL FROM:<a@b.example> SIZE=1048577")).startsWith("552 5.3.4");
    assertThat(client.say("MAIL FROM:<a@b.example> SIZE=99999999999999999999")).startsWith("552");
    assertThat(client.say("MAIL FROM:<a@b.example> SIZE=x")).startsWith("501");
    byte[] large = ("Subject: x\r\n\r\n" + "x\r\n".repeat(400_000)).getBytes(US_ASCII);
    assertThat(client.begin("a@b.example", "c@d.example").data(large)).startsWith("552 5.3.4");
    assertThat(client.begin("a@b.example", "c@d.example").data(MAIL)).startsWith("250");
    assertThat(taken).hasSize(1);
  }

  @Test
  void aMessageThatNeverEndsLosesItsConnection() throws IOException {
    client.begin("a@b.example", "c@d.example");
    assertThat(client.say("DATA")).startsWith("354");
    byte[] block = new byte[1 << 16];
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 10_000; i++) {
                client.write(block);
              }
            })
        .isInstanceOf(IOException.class);
    assertThat(taken).isEmpty();
  }

  @Test
  void aRefusedMessageLeavesTheConnectionReady() throws IOException {
    try (SmtpListener refusing = listener(settings(), (_, _) -> new SmtpReply(550, "5.7.1 no"));
        RawSmtpClient mine = client(refusing)) {
      assertThat(mine.begin("a@b.example", "c@d.example").data(MAIL)).isEqualTo("550 5.7.1 no");
      assertThat(mine.say("MAIL FROM:<a@b.example>")).startsWith("250");
    }
  }

  @Test
  void aClientThatLeavesWithinTheMessageDeliversNothing() throws IOException {
    client.begin("a@b.example", "c@d.example");
    assertThat(client.say("DATA")).startsWith("354");
    client.write("Subject: x\r\n\r\nhalf");
    client.close();
    try (RawSmtpClient next = client(listener)) {
      assertThat(next.begin("a@b.example", "c@d.example").data(MAIL)).startsWith("250");
    }
    assertThat(taken).hasSize(1);
  }
}
