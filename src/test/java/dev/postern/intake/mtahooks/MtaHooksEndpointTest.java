package dev.postern.intake.mtahooks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.Message;
import dev.postern.intake.PassedByGrant;
import dev.postern.intake.mtahooks.FakeStalwart.Took;
import dev.postern.intake.mtahooks.MtaHooksSettings.OnTrouble;
import dev.postern.mailsystem.Programs;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered to a hooked message. */
class MtaHooksEndpointTest extends HookedMail {
  @Test
  void aMessageIsJudgedOctetForOctetWithItsEnvelope() {
    start(OnTrouble.TEMPFAIL, MtaHooksEndpointTest::pass);

    assertThat(take()).isEqualTo(new Took(QUEUED, true));
    Message shown = seen.getFirst();
    assertThat(shown.raw().octets()).isEqualTo(MESSAGE);
    assertThat(shown.changedBy()).isEmpty();
    assertThat(shown.envelope().mailFromText()).isEqualTo("ben@partner.example");
    assertThat(shown.envelope().recipients()).hasSize(1);
    assertThat(shown.envelope().clientIp().getHostAddress()).isEqualTo("192.0.2.7");
    assertThat(shown.envelope().helo()).isEqualTo("mx.partner.example");
    assertThat(shown.ref().source()).isEqualTo("mta-hooks");
    assertThat(shown.ref().id()).startsWith("18c2f3a4b5c-");
  }

  @Test
  void P1_whatIsHeldIsDroppedByStalwartOnlyAfterItIsDurable() {
    start(OnTrouble.TEMPFAIL, MtaHooksEndpointTest::held);

    assertThat(take()).isEqualTo(new Took(QUEUED, false));
    assertThat(withdrawn).isEmpty();
  }

  @Test
  void whatIsRefusedIsRefusedWithItsReasonInOneLine() {
    start(OnTrouble.TEMPFAIL, MtaHooksEndpointTest::reject);

    assertThat(take()).isEqualTo(new Took("550 5.7.1 no  thanks", false));
  }

  /** Each of these octets stands in no UTF-8, or the sizes differ. */
  @ParameterizedTest
  @ValueSource(strings = {"Gr\u00fc\u00dfe", "a\u00f0\u009f\u0098z"})
  void octetsThatJsonLosesAreSaidSoThatNoSignatureIsJudgedByThem(String body) {
    start(OnTrouble.TEMPFAIL, MtaHooksEndpointTest::held);

    stalwart.take(
        "ben@partner.example", LEE, message("Subject: x\r\n\r\n" + body + "\r\n", ISO_8859_1));

    assertThat(seen.getFirst().changedBy()).hasValueSatisfying(w -> assertThat(w).contains("lost"));
  }

  @Test
  void aSizeThatDoesNotFitIsSaidToo() {
    start(OnTrouble.TEMPFAIL, MtaHooksEndpointTest::held);
    ObjectNode request = stalwart.request("ben@partner.example", LEE, MESSAGE);
    ((ObjectNode) request.path("message")).put("size", MESSAGE.length + 1);

    stalwart.send(request.toString());

    assertThat(seen.getFirst().changedBy()).isPresent();
  }

  @Test
  void whatComesBackAtThePortForReleasedMailIsNotJudgedAgain() {
    start(OnTrouble.TEMPFAIL, MtaHooksEndpointTest::held);
    stalwart.port = 10026;

    assertThat(take().goesOn()).isTrue();
    assertThat(seen).isEmpty();
  }

  @Test
  void mailOfPeopleWhoSignedInAndOfOwnNetworksIsNotJudged() {
    start(OnTrouble.TEMPFAIL, MtaHooksEndpointTest::held);
    stalwart.login = "kim";
    assertThat(take().goesOn()).isTrue();
    stalwart.login = "";
    stalwart.client = "10.1.2.3";
    assertThat(take().goesOn()).isTrue();
    assertThat(seen).isEmpty();
  }

  @Test
  void P2_theSameRequestAgainIsTheSameHoldAndAnotherMessageIsNot() {
    start(OnTrouble.TEMPFAIL, MtaHooksEndpointTest::held);
    String request = stalwart.request("ben@partner.example", LEE, MESSAGE).toString();

    stalwart.send(request);
    stalwart.send(request);
    take();
    take();

    assertThat(seen.stream().map(Message::ref).distinct()).hasSize(2);
  }

  @Test
  void P9_troubleIsAnsweredAsSet() {
    start(
        OnTrouble.TEMPFAIL,
        _ -> {
          throw new IllegalStateException("secret detail of the store");
        });
    assertThat(take()).isEqualTo(new Took(LATER, false));
    stop();
    start(
        OnTrouble.ACCEPT,
        _ -> {
          throw new IllegalStateException("secret detail of the store");
        });
    assertThat(take()).isEqualTo(new Took(QUEUED, true));
  }

  @Test
  void resultsOfOursAreAddedAndForgedOnesRemovedFromMailThatGoesOn() {
    authservId = Optional.of("in.corp.example");
    start(OnTrouble.TEMPFAIL, MtaHooksEndpointTest::pass);
    String rest = "From: ben@partner.example\r\n\r\nHello\r\n";
    String forged =
        """
        Authentication-Results: IN.corp.example; spf=pass
        authentication-results: other.example; spf=fail
        X-Postern-Case: PN-0000-0000
        Authentication-Results: (c) in.corp.example 1;
         dkim=pass
        """
            .replace("\n", "\r\n");

    stalwart.take("ben@partner.example", LEE, message(forged + rest, UTF_8));

    assertThat(stalwart.wentOn)
        .matches(
            "(?s)Authentication-Results: in\\.corp\\.example;.*spf=.*\r\n"
                + "authentication-results: other\\.example; spf=fail\r\n"
                + Pattern.quote(rest));
    stalwart.login = "lee";
    stalwart.take("ben@partner.example", LEE, message(forged + rest, UTF_8));
    assertThat(stalwart.wentOn)
        .isEqualTo("authentication-results: other.example; spf=fail\r\n" + rest);
  }

  @Test
  void whatAGrantLetPassNamesItOnTopInPlaceOfForgedFields() {
    start(OnTrouble.TEMPFAIL, _ -> PassedByGrant.judgement());
    String rest = "From: ben@partner.example\r\n\r\nHello\r\n";
    String forged = "X-Postern-Grant: PG-0000-0000\r\nx-postern-grant: PG-0000-0000\r\n";

    stalwart.take("ben@partner.example", LEE, message(forged + rest, UTF_8));

    assertThat(stalwart.wentOn)
        .isEqualTo("X-Postern-Grant: " + PassedByGrant.FIELD + "\r\n" + rest);
  }

  @Test
  void withoutANameNoResultsAreAddedOrRemoved() {
    start(OnTrouble.TEMPFAIL, MtaHooksEndpointTest::pass);
    String all = "Authentication-Results: in.corp.example; spf=pass\r\nSubject: x\r\n\r\nx\r\n";

    stalwart.take("ben@partner.example", LEE, message(all, UTF_8));

    assertThat(stalwart.wentOn).isEqualTo(all);
  }

  @Test
  void whatWasAnsweredIsCountedByVerdict() {
    start(OnTrouble.TEMPFAIL, MtaHooksEndpointTest::held);
    take();
    stalwart.login = "lee";
    take();
    stalwart.login = "";
    stalwart.take("no address", LEE, MESSAGE);

    Programs.await("all counted", Duration.ofSeconds(10), () -> counted.size() == 3);
    assertThat(counted).containsExactly("held", "unjudged", "trouble");
  }
}
