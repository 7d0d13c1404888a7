package dev.postern.quarantine.m365;

import static dev.postern.approval.CaseBuilder.address;
import static dev.postern.approval.CaseBuilder.release;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.approval.CaseFile;
import dev.postern.approval.Hold;
import dev.postern.approval.HoldRef;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.approval.Mandate;
import dev.postern.approval.Outcome.Kind;
import dev.postern.approval.Quarantine.Standing;
import dev.postern.card.Finding;
import dev.postern.quarantine.DecidedCase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of the quarantine becomes cases, and with what evidence. */
class M365HoldingsTest {
  private AnOrganisation organisation;

  @BeforeEach
  void open() {
    organisation = new AnOrganisation(Duration.ofSeconds(5), 24 << 20);
  }

  @AfterEach
  void close() {
    organisation.close();
  }

  @Test
  void aMessageComesWithItsOctetsAndTheClientThatMicrosoftSaw() {
    FakeMessage message = organisation.hold("you@corp.example");

    Hold hold = organisation.fetched(message);

    assertThat(hold.raw().orElseThrow().octets())
        .isEqualTo(AnOrganisation.EML.getBytes(StandardCharsets.UTF_8));
    assertThat(hold.envelope().clientIp().getHostAddress()).isEqualTo("203.0.113.5");
    assertThat(hold.envelope().helo()).isEqualTo("mx.shop.test");
    assertThat(hold.envelope().mailFromText()).isEqualTo("billing@shop.test");
    assertThat(hold.envelope().recipients()).containsExactly(address("you@corp.example"));
    assertThat(hold.summary().subject()).isEqualTo("Your  order");
    assertThat(hold.receivedAt()).isEqualTo(message.received);
    assertThat(hold.gateway()).isEqualTo("m365 (High Confidence Phish, Default)");
  }

  /** A wrong address answers 404 for every message there is: that must end no case. */
  @Test
  void P2_anAddressThatAnswersNotFoundIsNoEmptyQuarantine() {
    CaseFile it = organisation.decided(organisation.hold("you@corp.example"), release());
    M365Parts elsewhere = organisation.atWrongAddress();

    assertThatThrownBy(() -> new M365Holdings(elsewhere).held())
        .isInstanceOf(MailSystemTrouble.class);
    assertThatThrownBy(() -> new M365Quarantine(elsewhere).standing(it))
        .isInstanceOf(MailSystemTrouble.class);
    assertThat(
            new M365Quarantine(elsewhere)
                .release(it, it.envelope().recipients(), new Mandate(1, () -> true))
                .results())
        .noneMatch(r -> r.kind() == Kind.NOT_FOUND);
  }

  @Test
  void whatMicrosoftDidNotStampIsNotComputedAsIfItHad() {
    FakeMessage message = organisation.hold("you@corp.example");
    message.eml = AnOrganisation.EML.replaceFirst("(?s)^.*?(?=Received: from bank)", "X-A: b\r\n");
    message.eml = message.eml.replace("x.mail.protection.outlook.com", "mail.bank.test");

    Hold hold = organisation.fetched(message);

    assertThat(hold.raw()).isEmpty();
    assertThat(hold.summary().subject()).isEqualTo("Your  order");
  }

  @Test
  void whereTheOctetsAreNotGivenTheListAndThePreviewTell() {
    FakeMessage message = organisation.hold("you@corp.example");
    organisation.exchange.withoutRole.add(FakeExchange.EXPORT);

    Hold hold = organisation.fetched(message);

    assertThat(hold.raw()).isEmpty();
    assertThat(hold.summary().from()).isEqualTo("billing@shop.test");
    assertThat(hold.summary().subject()).isEqualTo("Your order");
    assertThat(hold.summary().attachments())
        .extracting(a -> a.name())
        .containsExactly("invoice.pdf");
  }

  @Test
  void aLargeMessageIsTakenAndOneThatIsTooLargeIsShownWithoutItsOctets() {
    FakeMessage large = organisation.hold("you@corp.example");
    large.eml = AnOrganisation.EML + "x".repeat(22 << 20);
    large.size = large.eml.length();
    FakeMessage tooLarge = organisation.hold("you@corp.example");
    tooLarge.size = 25 << 20;

    assertThat(organisation.fetched(large).raw().orElseThrow().size()).isGreaterThan(22 << 20);
    assertThat(organisation.fetched(tooLarge).raw()).isEmpty();
    assertThat(organisation.fetched(tooLarge).summary().size()).isEqualTo(25 << 20);
  }

  @ParameterizedTest
  @CsvSource({
    "NOTRELEASED,true",
    "REQUESTED,true",
    "DENIED,true",
    "ERROR,true",
    "RELEASED,false",
    "APPROVED,false",
    "PREPARINGTORELEASE,false"
  })
  void whatIsStillKeptBackIsHeldAndWhatGoesIsNot(String status, boolean held) {
    FakeMessage message = organisation.hold("you@corp.example");
    message.status = status;

    assertThat(organisation.holdings().held().contains(AnOrganisation.ref(message)))
        .isEqualTo(held);
    assertThat(organisation.holdings().fetch(AnOrganisation.ref(message)).isPresent())
        .isEqualTo(held);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-24T06:46:00.123456789Z,2026-11-24T06:46:00.123456789Z",
    "2026-11-24T06:46:00.1234567+00:00,2026-11-24T06:46:00.123456700Z",
    "2026-11-24T06:46:00,2026-11-24T06:46:00Z",
    "2026-11-24T06:46:00.5,2026-11-24T06:46:00.500Z",
    "2026-11-24T08:46:00+02:00,2026-11-24T06:46:00Z",
    "2026-11-24T08:46:00+0200,2026-11-24T06:46:00Z",
    "2026-11-24T08:46:00.12+02,2026-11-24T06:46:00.120Z",
    "2026-11-24T06:46Z,2026-11-24T06:46:00Z",
    "2026-11-24 06:46:00Z,2026-11-24T06:46:00Z",
    "2026-11-24 08:46:00 +02:00,2026-11-24T06:46:00Z"
  })
  void everyWayToWriteATimeIsRead(String written, Instant meant) {
    FakeMessage message = organisation.hold("you@corp.example");
    message.time = written;

    assertThat(organisation.fetched(message).receivedAt()).isEqualTo(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "2026-13-45T99:99:99", "11/24/2026 6:46:00 AM"})
  void aTimeThatCannotBeReadLosesNoMessage(String written) {
    FakeMessage message = organisation.hold("you@corp.example");
    message.time = written;

    assertThat(organisation.holdings().held()).hasSize(1);
    assertThat(organisation.fetched(message).receivedAt()).isEqualTo(organisation.now);
  }

  @Test
  void whoAsksForAReleaseIsHeardOnTheCard() {
    FakeMessage message = organisation.hold("you@corp.example");
    message.status = "REQUESTED";

    assertThat(organisation.fetched(message).gateway())
        .endsWith("; a recipient asks for its release");
  }

  @Test
  void allPagesOfEitherKindAreRead() {
    for (int i = 0; i < 1203; i++) {
      organisation.hold("r" + i + "@corp.example");
    }
    organisation.exchange.rowsAtOnce = 300;

    assertThat(organisation.holdings().held()).hasSize(1203).doesNotHaveDuplicates();
    // Pages of 1,000 in parts of 300.
    assertThat(organisation.ran()).hasSize(5);
  }

  @Test
  void whatIsOlderThanTheQuarantineKeepsIsNotAskedFor() {
    FakeMessage old = organisation.hold("you@corp.example");
    old.received = organisation.now.minus(Duration.ofDays(40));

    assertThat(organisation.holdings().held()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "../../x\\y",
        "c14401cf-aa9a-465b-cfd5-08d0f0ca37c5",
        "c14401cf-aa9a-465b-cfd5-08d0f0ca37c5\\4c2ca98e-94ea-db3a-7eb8-3b63657d4db7\r\nx"
      })
  void aHostileIdentityIsNoHold(String identity) {
    FakeMessage message =
        new FakeMessage(identity, "x@y.test", List.of("you@corp.example"), "x", organisation.now);
    organisation.exchange.messages.put("evil", message);

    assertThat(organisation.holdings().held()).isEmpty();
    assertThat(organisation.quarantine().trouble())
        .hasValueSatisfying(w -> assertThat(w).contains("1 messages with an id"));
  }

  @Test
  void P9_ofAListThatIsTooLongTheBeginningIsReadAndNothingBehindItIsTakenForGone() {
    for (int i = 0; i < 150; i++) {
      organisation.hold("r" + i + "@corp.example");
    }
    organisation.exchange.rowsAtOnce = 1;

    List<HoldRef> seen = organisation.holdings().held();

    assertThat(seen).hasSize(100);
    assertThat(organisation.quarantine().trouble())
        .hasValueSatisfying(w -> assertThat(w).contains("more mail than"));
    FakeMessage behind =
        organisation.exchange.messages.values().stream()
            .filter(one -> !seen.contains(AnOrganisation.ref(one)))
            .findFirst()
            .orElseThrow();
    Hold hold = organisation.fetched(behind);
    assertThat(
            organisation.quarantine().standing(DecidedCase.undecided(hold.ref(), hold.envelope())))
        .isEqualTo(Standing.HELD);
  }

  @Test
  void aMessageThatTurnsOutTooLargeIsACaseWithoutOctetsThatSaysWhy() {
    FakeMessage message = organisation.hold("you@corp.example");
    message.eml = AnOrganisation.EML + "x".repeat(25 << 20); // and its size says less

    Hold hold = organisation.fetched(message);

    assertThat(hold.raw()).isEmpty();
    assertThat(hold.summary().subject()).isEqualTo("Your order");
    assertThat(hold.gateway()).startsWith("m365; over mail.smtp.max-size, not examined (");
  }

  @Test
  void aMessageWithoutRecipientIsSaidAndStays() {
    FakeMessage message = organisation.hold();

    assertThatThrownBy(() -> organisation.fetched(message))
        .isInstanceOf(MailSystemTrouble.class)
        .hasMessageContaining("no recipient");
  }

  @Test
  void itIsLeftAloneForAMinuteBetweenTwoLooks() {
    assertThat(organisation.holdings().pace()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void theDoctorSaysWhetherItCanBeListedAndHowLongTheCertificateLasts() {
    assertThat(organisation.check().look())
        .extracting(Finding::grade)
        .containsExactly(Finding.Grade.WELL, Finding.Grade.WELL);

    organisation.exchange.withoutRole.add(FakeExchange.GET);
    organisation.now = organisation.now.plus(Duration.ofDays(280));
    assertThat(organisation.check().look())
        .extracting(Finding::grade)
        .containsExactly(Finding.Grade.ADVICE, Finding.Grade.WRONG);

    organisation.now = organisation.now.plus(Duration.ofDays(30));
    assertThat(organisation.check().look())
        .extracting(Finding::what)
        .allMatch(what -> what.contains("mail.m365.certificate ended on"));
  }

  @Test
  void anUnknownHoldIsNotThere() {
    assertThat(organisation.holdings().fetch(new HoldRef("m365", "nonsense"))).isEmpty();
    assertThat(organisation.ran()).isEmpty();
  }
}
