package dev.postern.intake.smtp;

import static dev.postern.intake.smtp.Entrances.client;
import static dev.postern.intake.smtp.Entrances.limits;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmtpCommandsTest extends ListenerCase {

  @Test
  void ehloAnnouncesWhatIsKept() throws IOException {
    assertThat(client.sayAll("EHLO client.example"))
        .containsExactly(
            "250-mx.corp.example",
            "250-PIPELINING",
            "250-SIZE 1048576",
            "250-XFORWARD NAME ADDR PORT PROTO HELO IDENT SOURCE",
            "250-ENHANCEDSTATUSCODES",
            "250-8BITMIME",
            "250 SMTPUTF8");
    assertThat(client.say("HELO client.example")).isEqualTo("250 mx.corp.example");
    assertThat(client.say("BDAT 10 LAST")).startsWith("502");
    assertThat(client.say("STARTTLS")).startsWith("502");
    assertThat(client.say("WHAT")).startsWith("500");
  }

  @Test
  void aWholePipelinedSessionIsAnsweredInOrder() throws IOException {
    String transaction =
        String.join(
            "\r\n",
            List.of(
                "MAIL FROM:<a@b.example>", "RCPT TO:<c@d.example>", "DATA", "x: 1", "", ".", ""));
    client.write("EHLO x.example\r\n" + transaction + transaction + "QUIT\r\n");
    assertThat(client.rest().lines().filter(l -> l.charAt(3) == ' ').map(l -> l.substring(0, 3)))
        .containsExactly("250", "250", "250", "354", "250", "250", "250", "354", "250", "221");
    assertThat(taken).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MAIL FROM:<nobody>| 553 5.1.7 a mailbox needs a domain",
        "MAIL FROM:<a@b@>| 553 5.1.7 not a mailbox",
        "MAIL FROM:<a b@c.example>| 553 5.1.7",
        "MAIL FROM:<a@[192.0.2.1]>| 553 5.1.7",
        "MAIL FROM:a@b.example| 501 5.5.4",
        "MAIL FROM:<a@b.example| 501 5.5.4",
        "MAIL TO:<a@b.example>| 501 5.5.4",
        "MAIL FROM:<a@b.example> BODY=BINARYMIME| 501 5.5.4 BODY",
        "MAIL FROM:<a@b.example> REQUIRETLS| 555 5.5.4",
        "MAIL FROM:<jörg@b.example>| 553 5.6.7",
        "MAIL FROM:<a@b.example> RET=ALL| 501 5.5.4 RET",
        "RCPT TO:<a@b.example>| 503 5.5.1",
        "DATA| 503 5.5.1",
        "MAIL| 501 5.5.4",
      })
  void badCommandsAreRefusedInClearWords(String command, String reply) throws IOException {
    assertThat(client.say("EHLO x.example")).startsWith("250");
    assertThat(client.say(command)).startsWith(reply);
    assertThat(client.say("NOOP")).startsWith("250");
  }

  @Test
  void pathsOfEveryAllowedFormAreRead() throws IOException {
    assertThat(client.say("EHLO x.example")).startsWith("250");
    assertThat(client.say("mail from:<> size=100 BODY=8BITMIME SMTPUTF8")).startsWith("250");
    assertThat(client.say("RCPT TO:<>")).startsWith("501 5.1.3");
    for (String path :
        List.of(
            "<plus+tag@Example.COM>",
            "<@relay.example,@other.example:routed@b.example>",
            "<j\u00f6rg@b\u00fccher.example>",
            "<..dots..@b.example>",
            "<\"quoted local\"@b.example>")) {
      assertThat(client.say("RCPT TO:" + path)).as(path).startsWith("250");
    }
    assertThat(client.data(MAIL)).startsWith("250");
    Envelope envelope = taken.getFirst().envelope();
    assertThat(envelope.mailFrom()).isEmpty();
    assertThat(envelope.recipients())
        .map(EmailAddress::toString)
        .containsExactly(
            "plus+tag@example.com",
            "routed@b.example",
            "j\u00f6rg@xn--bcher-kva.example",
            "..dots..@b.example",
            "\"quoted local\"@b.example");
  }

  @Test
  void theHundredAndFirstRecipientIsPutOff() throws IOException {
    assertThat(client.say("EHLO x.example")).startsWith("250");
    assertThat(client.say("MAIL FROM:<a@b.example>")).startsWith("250");
    for (int i = 0; i < limits().recipients(); i++) {
      assertThat(client.say("RCPT TO:<r" + i + "@b.example>")).startsWith("250");
    }
    assertThat(client.say("RCPT TO:<late@b.example>")).startsWith("452 4.5.3");
    assertThat(client.data(MAIL)).startsWith("250");
    assertThat(taken.getFirst().envelope().recipients()).hasSize(limits().recipients());
  }

  @Test
  void wishesForNoticesAreKeptInTheClientsWords() throws IOException {
    assertThat(client.say("EHLO x.example")).startsWith("250");
    assertThat(client.say("MAIL FROM:<a@b.example> RET=hdrs ENVID=QQ+2B314159")).startsWith("250");
    for (String bad : List.of("NOTIFY=ALWAYS", "NOTIFY=NEVER,SUCCESS", "NOTIFY")) {
      assertThat(client.say("RCPT TO:<ann@d.example> " + bad)).as(bad).startsWith("501 5.5.4");
    }
    assertThat(
            client.say("RCPT TO:<ann@d.example> NOTIFY=success,DELAY ORCPT=rfc822;a+2Bb@d.example"))
        .startsWith("250");
    assertThat(client.say("RCPT TO:<bob@d.example>")).startsWith("250");
    assertThat(client.data(MAIL)).startsWith("250");
    Envelope envelope = taken.getFirst().envelope();
    assertThat(envelope.dsn().parameters()).isEqualTo(" RET=HDRS ENVID=QQ+2B314159");
    assertThat(envelope.recipients())
        .map(envelope.dsn()::parameters)
        .containsExactly(" NOTIFY=SUCCESS,DELAY ORCPT=rfc822;a+2Bb@d.example", "");
  }

  /**
   * Postfix passes an ENVID on however long it is; refused, mail that it has taken would bounce.
   */
  @Test
  void aNameForNoticesThatCannotBePassedOnIsDroppedAndTheMailIsTaken() throws IOException {
    assertThat(client.say("EHLO x.example")).startsWith("250");
    assertThat(client.say("MAIL FROM:<a@b.example> SMTPUTF8 ENVID=" + "x".repeat(101)))
        .startsWith("250");
    assertThat(client.say("RCPT TO:<j\u00f6rg@d.example> ORCPT=utf-8;j\u00f6rg@d.example"))
        .startsWith("250");
    assertThat(client.say("RCPT TO:<ann@d.example> NOTIFY=NEVER ORCPT=ann")).startsWith("250");
    assertThat(client.data(MAIL)).startsWith("250");

    Envelope envelope = taken.getFirst().envelope();
    assertThat(envelope.dsn().parameters()).isEmpty();
    assertThat(envelope.recipients())
        .map(envelope.dsn()::parameters)
        .containsExactly("", " NOTIFY=NEVER");
  }

  @Test
  void aMessageThatGoesInACircleIsRefused() throws IOException {
    client.begin("a@b.example", "c@d.example");
    String hops = "Received: from x by y\r\n".repeat(51);
    assertThat(client.data((hops + "Subject: x\r\n\r\n").getBytes(US_ASCII)))
        .startsWith("554 5.4.6 51 Received fields");
    assertThat(taken).isEmpty();
  }
}
