package dev.postern.intake.mtahooks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.intake.mtahooks.FakeStalwart.Took;
import dev.postern.intake.mtahooks.MtaHooksSettings.OnTrouble;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests as they must not be, and as they may be, too. */
class MtaHooksRequestTest extends HookedMail {
  @Test
  void P16_aMessageBeyondTheBoundIsNotJudged() {
    start(OnTrouble.TEMPFAIL, MtaHooksRequestTest::held);

    assertThat(
            stalwart.take(
                "ben@partner.example",
                LEE,
                message("Subject: x\r\n\r\n" + "x".repeat(LARGEST), ISO_8859_1)))
        .isEqualTo(new Took(LATER, false));
    assertThat(
            stalwart.take(
                "ben@partner.example",
                LEE,
                message("Subject: x\r\n\r\n" + "x".repeat(20 * LARGEST), ISO_8859_1)))
        .isEqualTo(new Took(LATER, false));
    assertThat(seen).isEmpty();
  }

  @Test
  void forgedFieldsGoAlsoFromMailThatTroubleLetsPass() {
    authservId = Optional.of("in.corp.example");
    start(OnTrouble.ACCEPT, MtaHooksRequestTest::held);
    String forged = "X-Postern-Case: PN-0\r\nAuthentication-Results: in.corp.example; spf=pass\r\n";
    String rest = "Subject: x\r\n\r\n" + "x".repeat(LARGEST);

    stalwart.take("ben@partner.example", LEE, message(forged + rest, ISO_8859_1));

    assertThat(seen).isEmpty();
    assertThat(stalwart.wentOn).isEqualTo(rest);
  }

  @Test
  void P16_aFloodOfFieldsThatOnlyWeMayWriteIsRefused() {
    start(OnTrouble.ACCEPT, MtaHooksRequestTest::pass);
    String most = "X-Postern-Case: x\r\n".repeat(200);
    String rest = "Subject: x\r\n\r\nx\r\n";

    stalwart.take("ben@partner.example", LEE, message(most + rest, ISO_8859_1));
    assertThat(stalwart.wentOn).isEqualTo(rest);
    Took flooded =
        stalwart.take(
            "ben@partner.example", LEE, message("X-Postern-Case: x\r\n" + most + rest, ISO_8859_1));

    assertThat(flooded.goesOn()).isFalse();
    assertThat(flooded.reply())
        .isEqualTo("550 5.7.1 too many fields that only this server may write");
    assertThat(seen).hasSize(1);
  }

  @Test
  void anAddressThatIsNoneIsTrouble() {
    start(OnTrouble.TEMPFAIL, MtaHooksRequestTest::held);

    assertThat(stalwart.take("ben@partner.example", List.of("lee@corp.example", "x y"), MESSAGE))
        .isEqualTo(new Took(LATER, false));
    assertThat(stalwart.take("ben@partner.example", List.of(), MESSAGE).goesOn()).isFalse();
    assertThat(seen).isEmpty();
  }

  @Test
  void theNullSenderIsNobody() {
    start(OnTrouble.TEMPFAIL, MtaHooksRequestTest::pass);

    stalwart.take("", LEE, MESSAGE);

    assertThat(seen.getFirst().envelope().mailFrom()).isEmpty();
  }

  @Test
  void whoeverDoesNotKnowTheSecretIsToldNothing() {
    start(OnTrouble.ACCEPT, MtaHooksRequestTest::pass);
    try (FakeStalwart stranger = new FakeStalwart(hook(), "postern", "another-secret-of-16")) {
      var response = stranger.send("{}");
      assertThat(response.statusCode()).isEqualTo(401);
      assertThat(response.body()).doesNotContain(SECRET);
      assertThat(stranger.take("", LEE, MESSAGE).reply()).startsWith("451");
    }
    assertThat(seen).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{\"context\":",
        "{\"context\":{\"stage\":\"data\"}}",
        "{\"context\":{\"stage\":\"data\",\"client\":{\"ip\":\"host.example\"}}}",
        "{\"context\":{\"stage\":\"data\",\"client\":{\"ip\":\"192.0.2.7\"}}}",
        "{\"context\":{\"stage\":\"data\",\"client\":{\"ip\":\"192.0.2.7\"}},"
            + "\"message\":{\"headers\":[[\"a\"]],\"contents\":\"\"}}",
        "{} {}",
        "{\"a\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}",
      })
  void whatIsNoRequestOfMtaHooksIsRefusedWithAStatus(String body) {
    start(OnTrouble.ACCEPT, MtaHooksRequestTest::pass);

    assertThat(stalwart.send(body).statusCode()).isIn(400, 422);
    assertThat(seen).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"connect", "EHLO", "mail", "rcpt", "auth"})
  void otherStagesGoOn(String stage) {
    start(OnTrouble.TEMPFAIL, MtaHooksRequestTest::held);

    assertThat(stalwart.send("{\"context\":{\"stage\":\"" + stage + "\"}}").body())
        .isEqualTo("{\"action\":\"accept\"}");
  }

  /** As Stalwart's documentation writes it: stage in capitals, ehlo, values without their blank. */
  @Test
  void aRequestInTheFormOfTheDocumentationIsTakenToo() {
    start(OnTrouble.TEMPFAIL, MtaHooksRequestTest::pass);

    stalwart.send(
        """
        {"context":{"stage":"DATA","client":{"ip":"192.168.1.1","port":34567,
        "ehlo":"mail.example.com"},"server":{"name":"Stalwart","port":25},
        "queue":{"id":"1234567890"},"protocol":{"version":"1.0"}},
        "envelope":{"from":{"address":"john@example.com","parameters":{"size":12345}},
        "to":[{"address":"bill@foobar.org","parameters":null}]},
        "message":{"headers":[["Subject","Hello, World!"]],"serverHeaders":[["Received","x"]],
        "contents":"Hello, World!\\r\\n","size":41}}\
        """);

    assertThat(new String(seen.getFirst().raw().octets(), UTF_8))
        .isEqualTo("Subject: Hello, World!\r\n\r\nHello, World!\r\n");
    assertThat(seen.getFirst().changedBy()).isEmpty();
    assertThat(seen.getFirst().envelope().helo()).isEqualTo("mail.example.com");
  }
}
