package dev.postern.mailsystem;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.intake.smtp.RawSmtpClient;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The Postfix that other tests lean on does what they lean on. */
class PostfixServerIT {
  private static final byte[] MESSAGE =
      "From: a@partner.example\r\nSubject:  two  blanks\r\n\tfolded\r\n\r\n.dot\r\n\u00e9 \r\n"
          .getBytes(ISO_8859_1);

  private static String send(PostfixServer postfix, String recipient) throws IOException {
    try (RawSmtpClient client = postfix.client()) {
      return client.begin("a@partner.example", recipient).data(MESSAGE);
    }
  }

  @Test
  void mailReachesTheNextHopBelowTheTraceOfPostfixAndOctetForOctet() throws IOException {
    try (PostfixServer postfix = PostfixServer.with().start()) {
      assertThat(send(postfix, "bo@corp.example")).startsWith("250 2.0.0 Ok: queued as ");

      NextHopServer.Taken taken = postfix.nextHop().await(1).getFirst();

      assertThat(taken.sender()).isEqualTo("a@partner.example");
      assertThat(taken.recipients()).containsExactly("bo@corp.example");
      assertThat(new String(taken.octets().octets(), ISO_8859_1))
          .startsWith("Received: ")
          .endsWith(new String(MESSAGE, ISO_8859_1));
    }
  }

  @Test
  void whatIsHeldStaysOverAKillAndGoesWhenItIsReleased() throws IOException {
    try (PostfixServer postfix = PostfixServer.with().holdingAll().start()) {
      String id = send(postfix, "bo@corp.example").replaceFirst(".* ", "");
      assertThat(postfix.queue())
          .singleElement()
          .asString()
          .contains("\"queue_name\": \"hold\"", id);

      postfix.kill();
      postfix.start();

      assertThat(postfix.queue()).singleElement().asString().contains(id);
      assertThat(postfix.nextHop().taken()).isEmpty();
      assertThat(postfix.command("postsuper", "-H", id).err()).contains("Released from hold: 1");
      postfix.command("postqueue", "-i", id).orFail();
      postfix.nextHop().await(1);
      postfix.awaitLog(id + ": removed");
    }
  }

  @Test
  void refusalsOfTheNextHopComeAsTheyAreOrdered() throws IOException {
    try (PostfixServer postfix = PostfixServer.with().hurrying().start()) {
      postfix.nextHop().answer("bo@corp.example", "451 4.3.0 not now");
      send(postfix, "bo@corp.example");
      postfix.awaitLog("to=<bo@corp.example>.*dsn=4.3.0, status=deferred");

      postfix.nextHop().answer("bo@corp.example", "250 2.1.5 Ok");
      postfix.nextHop().loseReply("bo@corp.example");

      // the reply to the first was lost, so Postfix sends it again
      assertThat(postfix.nextHop().await(2)).hasSize(2);
    }
  }
}
