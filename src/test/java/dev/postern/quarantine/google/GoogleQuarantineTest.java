package dev.postern.quarantine.google;

import static dev.postern.approval.CaseBuilder.address;
import static dev.postern.approval.CaseBuilder.discard;
import static dev.postern.approval.CaseBuilder.release;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseFile;
import dev.postern.approval.Hold;
import dev.postern.approval.HoldRef;
import dev.postern.approval.Mandate;
import dev.postern.approval.Outcome.Kind;
import dev.postern.approval.Outcome.Result;
import dev.postern.approval.Quarantine.Standing;
import dev.postern.card.Finding;
import dev.postern.fake.Mishap;
import dev.postern.quarantine.DecidedCase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of the admin quarantine becomes cases, and what becomes of decisions. */
class GoogleQuarantineTest {
  private static final Mandate MANDATE = Mandate.ofThisConnection();

  private AWorkspace workspace;
  private FakeGoogle.Message message;

  @BeforeEach
  void open() {
    workspace = new AWorkspace(Duration.ofSeconds(4));
    message = workspace.hold("you@corp.example");
  }

  @AfterEach
  void close() {
    workspace.close();
  }

  private Result released(CaseFile it) {
    List<Result> results =
        workspace.quarantine().release(it, it.envelope().recipients(), MANDATE).results();
    assertThat(results).hasSize(1);
    return results.getFirst();
  }

  private Result discarded(CaseFile it) {
    return workspace.quarantine().discard(it, MANDATE).results().getFirst();
  }

  @Test
  void aMessageComesWithItsOctetsAndTheClientAndSenderThatGmailSaw() {
    Hold hold = workspace.fetched(message);

    assertThat(hold.raw().orElseThrow().octets())
        .isEqualTo(AWorkspace.MESSAGE.getBytes(StandardCharsets.UTF_8));
    assertThat(hold.envelope().clientIp().getHostAddress()).isEqualTo("203.0.113.5");
    assertThat(hold.envelope().mailFromText()).isEqualTo("billing@shop.test");
    assertThat(hold.envelope().helo()).isEqualTo("mx.shop.test");
    assertThat(hold.envelope().recipients()).containsExactly(address("you@corp.example"));
    assertThat(hold.gateway()).isEqualTo("google (Macros)");
    assertThat(hold.receivedAt()).isEqualTo(message.received);
  }

  @Test
  void whatGmailDidNotStampIsNotComputedAsIfItHad() {
    message.raw =
        AWorkspace.MESSAGE
            .replaceFirst("(?s)^.*?(?=Return-Path: <ceo)", "")
            .replace("mx.google.com", "mx.bank.test")
            .getBytes(StandardCharsets.UTF_8);

    Hold hold = workspace.fetched(message);

    assertThat(hold.raw()).isEmpty();
    assertThat(hold.envelope().mailFrom()).isEmpty();
    assertThat(hold.summary().subject()).isEqualTo("Your  order");
  }

  @Test
  void aLargeMessageIsTaken() {
    message.raw = (AWorkspace.MESSAGE + "x".repeat(22 << 20)).getBytes(StandardCharsets.UTF_8);

    try (AWorkspace patient = new AWorkspace(Duration.ofSeconds(20), 24 << 20)) {
      patient.google.messages.putAll(workspace.google.messages);
      assertThat(patient.fetched(message).raw().orElseThrow().size()).isGreaterThan(22 << 20);
    }
  }

  @Test
  void eachMailboxHasItsOwnHoldAndSentMailIsNotFollowed() {
    FakeGoogle.Message other = workspace.hold("o'neil+x@corp.example");
    workspace.hold("out@corp.example").direction = "OUTBOUND";

    assertThat(workspace.holdings().held())
        .containsExactlyInAnyOrder(AWorkspace.ref(message), AWorkspace.ref(other));
    assertThat(released(workspace.decided(other, release())).kind()).isEqualTo(Kind.ACCEPTED_ASYNC);
    assertThat(workspace.google.delivered).containsExactly("o'neil+x@corp.example");
  }

  @Test
  void allPagesAreRead() {
    for (int i = 0; i < 700; i++) {
      workspace.hold("r" + i + "@corp.example");
    }

    assertThat(workspace.holdings().held()).hasSize(701).doesNotHaveDuplicates();
  }

  @Test
  void P9_ofAListThatIsTooLongTheBeginningIsReadAndNothingBehindItIsTakenForGone() {
    message.direction = "OUTBOUND"; // so that the list does not show it
    workspace.hold("a@corp.example");
    workspace.google.endless = true;

    List<HoldRef> seen = workspace.holdings().held();

    assertThat(seen).hasSize(1);
    assertThat(workspace.google.http.errands()).filteredOn(FakeGoogle.SEARCH::equals).hasSize(50);
    assertThat(workspace.quarantine().trouble())
        .hasValueSatisfying(w -> assertThat(w).contains("more mail than"));
    HoldRef behind = new HoldRef("google", message.name());
    Hold hold = workspace.holdings().fetch(behind).orElseThrow();
    assertThat(workspace.quarantine().standing(DecidedCase.undecided(behind, hold.envelope())))
        .isEqualTo(Standing.HELD);
  }

  @Test
  void aMessageWithANameThatCannotBeReadIsCountedAndHidesNoOther() {
    workspace.hold("no address");

    assertThat(workspace.holdings().held()).hasSize(1);
    assertThat(workspace.quarantine().trouble())
        .hasValueSatisfying(w -> assertThat(w).contains("1 messages with an id"));
  }

  @Test
  void aMessageThatIsTooLargeIsACaseWithoutOctetsThatSaysWhy() {
    message.raw = new byte[AWorkspace.LARGEST + 1];

    Hold hold = workspace.holdings().fetch(new HoldRef("google", message.name())).orElseThrow();

    assertThat(hold.raw()).isEmpty();
    assertThat(hold.gateway()).startsWith("google; over mail.smtp.max-size, not examined (");
  }

  @Test
  void P8_aReleaseIsProvedByTheStateAndNeverToldAsDelivered() {
    Result result = released(workspace.decided(message, release()));

    assertThat(result.kind()).isEqualTo(Kind.ACCEPTED_ASYNC);
    assertThat(result.words()).isEqualTo("released by Google Workspace");
    assertThat(workspace.google.http.errands())
        .endsWith(FakeGoogle.GET, FakeGoogle.RELEASE, FakeGoogle.GET);
  }

  @ParameterizedTest
  @EnumSource(
      value = Mishap.class,
      names = {"LOST_ANSWER", "DONE_BUT_TIMED_OUT", "DOUBLED"})
  void P7_aLostAnswerIsLookedUpAndItGoesOnce(Mishap mishap) {
    CaseFile it = workspace.decided(message, release());
    workspace.google.http.order(FakeGoogle.RELEASE, mishap);

    assertThat(released(it).kind()).isEqualTo(Kind.ACCEPTED_ASYNC);
    assertThat(released(it).kind()).isEqualTo(Kind.ALREADY_DONE);
    assertThat(workspace.quarantine().standing(it)).isEqualTo(Standing.RELEASED);
    assertThat(workspace.google.delivered).containsExactly("you@corp.example");
  }

  @ParameterizedTest
  @EnumSource(
      value = Mishap.class,
      names = {"SERVER_ERROR", "BAD_GATEWAY", "RESET", "SILENCE", "STUCK", "REDIRECT", "GIBBERISH"})
  void P9_whateverGoesWrongItStaysAndIsTriedAgain(Mishap mishap) {
    CaseFile it = workspace.decided(message, release());
    workspace.google.http.order(FakeGoogle.RELEASE, mishap);

    assertThat(released(it).kind()).isEqualTo(Kind.TEMP_FAIL);
    assertThat(workspace.google.delivered).isEmpty();
    assertThat(workspace.quarantine().standing(it)).isEqualTo(Standing.HELD);
    assertThat(released(it).kind()).isEqualTo(Kind.ACCEPTED_ASYNC);
  }

  @Test
  void aServiceThatWasAskedTooOftenIsLeftAloneForAsLongAsItSays() {
    CaseFile it = workspace.decided(message, release());
    workspace.google.http.order(FakeGoogle.GET, Mishap.RATE_LIMITED);
    int before = workspace.google.http.asks.size();

    assertThat(released(it).words()).contains("asked too often");
    assertThat(discarded(it).words()).contains("left alone until");
    assertThat(workspace.google.http.asks).hasSize(before + 1);

    workspace.now = workspace.now.plusSeconds(8);
    assertThat(released(it).kind()).isEqualTo(Kind.ACCEPTED_ASYNC);
  }

  @Test
  void aTokenThatIsNotTakenIsRenewedOnce() {
    CaseFile it = workspace.decided(message, release());
    workspace.google.revokeAll();

    assertThat(released(it).kind()).isEqualTo(Kind.ACCEPTED_ASYNC);
    assertThat(workspace.google.http.errands()).filteredOn(FakeGoogle.TOKEN::equals).hasSize(2);

    workspace.now = workspace.now.plus(Duration.ofMinutes(56));
    assertThat(released(it).kind()).isEqualTo(Kind.ALREADY_DONE);
    assertThat(workspace.google.http.errands()).filteredOn(FakeGoogle.TOKEN::equals).hasSize(3);
  }

  @Test
  void aMissingPrivilegeAndAMissingDelegationAreNamedWithTheMend() {
    CaseFile it = workspace.decided(message, release());
    workspace.google.privileged = false;

    assertThat(released(it).kind()).isEqualTo(Kind.TEMP_FAIL);
    assertThat(released(it).words()).contains("PERMISSION_DENIED", "Access Admin Quarantine");
    assertThat(workspace.check().look())
        .extracting(Finding::grade)
        .containsExactly(Finding.Grade.WRONG);

    workspace.google.delegated = false;
    workspace.now = workspace.now.plus(Duration.ofHours(1));
    assertThat(released(it).words())
        .contains("unauthorized_client", "Domain-wide delegation")
        .doesNotContain("quotes");
  }

  @Test
  void theDoctorSaysWhetherItCanBeListed() {
    assertThat(workspace.check().look())
        .extracting(Finding::what)
        .containsExactly("the quarantine can be listed: it holds mail");
  }

  @Test
  void aDiscardIsADenialProvedByTheStateAlsoWhenTheAnswerWasLost() {
    CaseFile it = workspace.decided(message, discard());
    workspace.google.http.order(FakeGoogle.DENY, Mishap.LOST_ANSWER);

    assertThat(discarded(it).kind()).isEqualTo(Kind.DISCARDED);
    assertThat(workspace.quarantine().standing(it)).isEqualTo(Standing.GONE);
    assertThat(discarded(it).kind()).isEqualTo(Kind.ALREADY_DONE);
    assertThat(workspace.google.delivered).isEmpty();
  }

  @Test
  void whatAnAdministratorDidMeanwhileIsNotCalledOurs() {
    CaseFile releasing = workspace.decided(message, release());
    CaseFile discarding = workspace.decided(message, discard());

    message.state = "DENIED";
    assertThat(released(releasing).kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(workspace.quarantine().standing(releasing)).isEqualTo(Standing.UNKNOWN);

    message.state = "RELEASED";
    assertThat(discarded(discarding).kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(workspace.quarantine().standing(discarding)).isEqualTo(Standing.UNKNOWN);
    assertThat(workspace.google.http.errands()).doesNotContain(FakeGoogle.RELEASE, FakeGoogle.DENY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "you@corp.example", "you@corp.example:18d3/../x", "a/b@corp.example:18d3",
        "you@corp.example:18d3?view=x", "you@CORP.example:18d3", "%2e%2e@x.example:1"
      })
  void aHostileNameIsAskedOfNobody(String id) {
    assertThat(workspace.holdings().fetch(new HoldRef("google", id))).isEmpty();
    assertThat(workspace.google.http.asks).isEmpty();
  }

  @Test
  void P14_theKeyIsInNothingThatIsPrinted() {
    assertThat(ServiceAccount.parse(FakeGoogle.keyFile()).toString())
        .isEqualTo("ServiceAccount[" + FakeGoogle.ACCOUNT + "]");
  }
}
