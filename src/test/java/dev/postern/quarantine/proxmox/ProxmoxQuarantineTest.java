package dev.postern.quarantine.proxmox;

import static dev.postern.approval.CaseBuilder.aCase;
import static dev.postern.approval.CaseBuilder.discard;
import static dev.postern.approval.CaseBuilder.release;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseState;
import dev.postern.approval.Choice;
import dev.postern.approval.Hold;
import dev.postern.approval.HoldRef;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.approval.Mandate;
import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.approval.Outcome.Result;
import dev.postern.approval.Quarantine.Standing;
import dev.postern.card.Finding;
import dev.postern.card.Finding.Grade;
import dev.postern.evidence.GatewayReport;
import dev.postern.fake.FakeHttp;
import dev.postern.fake.Mishap;
import dev.postern.quarantine.DecidedCase;
import dev.postern.quarantine.RemoteQuarantine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProxmoxQuarantineTest {
  private static final String ACT = "POST quarantine/content";
  private static final String LEE = "lee@corp.example";

  private final FakeProxmox gateway = new FakeProxmox();
  private final FakeHttp http = new FakeHttp(gateway);
  private final ProxmoxStore store = new ProxmoxStore(Stores.settings(http));
  private final Map<HoldRef, GatewayReport> reports = new HashMap<>();
  private final ProxmoxHoldings holdings =
      new ProxmoxHoldings(
          store, (ref, report, _) -> reports.put(ref, report), InstantSource.system());
  private final RemoteQuarantine quarantine = new RemoteQuarantine(store, Duration.ofSeconds(1));

  @AfterEach
  void stop() {
    http.close();
  }

  private static Instant came() {
    return Instant.now().minus(DecidedCase.MINUTES);
  }

  private Hold held() {
    return fetched(
        gateway.hold("spam", "ben@partner.example", LEE, came(), FakeProxmox.message("order")));
  }

  private Hold fetched(String id) {
    return holdings.fetch(new HoldRef("proxmox", id)).orElseThrow();
  }

  private static CaseFile decided(Hold hold, Choice choice) {
    return DecidedCase.of(hold.ref(), hold.envelope(), choice);
  }

  private Result released(Hold hold) {
    return quarantine
        .release(decided(hold, release()), hold.envelope().recipients(), mandate())
        .results()
        .getFirst();
  }

  private Result discarded(Hold hold) {
    return quarantine.discard(decided(hold, discard()), mandate()).results().getFirst();
  }

  private static Mandate mandate() {
    return new Mandate(1, () -> true);
  }

  @Test
  void allKindsAreListedAndAMessageToTwoIsTwoHolds() {
    String message = FakeProxmox.message("x");
    List<String> ids =
        List.of(
            gateway.hold("spam", "", LEE, came(), message),
            gateway.hold("spam", "", "eva@corp.example", came(), message),
            gateway.hold("virus", "", LEE, came(), message),
            gateway.hold("attachment", "", LEE, came(), message));
    gateway.hold("spam", "", LEE, Instant.now().minus(Duration.ofDays(40)), message);

    assertThat(holdings.held().stream().map(HoldRef::id)).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(fetched(ids.get(1)).envelope().recipients()).hasSize(1);
    assertThat(fetched(ids.get(1)).envelope().mailFrom()).isEmpty();
  }

  @Test
  void theMessageIsTakenForExactOnlyWhereItsSizeIsThatWithWhichItCame() {
    String message = FakeProxmox.message("exact");
    Hold exact = fetched(gateway.hold("spam", "ben@partner.example", LEE, came(), message));
    String spoilt = message.replace("Subject", "X-SPAM-LEVEL: 9\nSubject");
    Hold changed =
        fetched(
            gateway.holdChanged(
                "spam", "ben@partner.example", LEE, came(), spoilt, message.length()));

    assertThat(new String(exact.raw().orElseThrow().octets(), StandardCharsets.US_ASCII))
        .isEqualTo(message.replace("\n", "\r\n"));
    assertThat(exact.envelope().clientIp().getHostAddress()).isEqualTo("192.0.2.7");
    assertThat(exact.envelope().helo()).isEqualTo("mx.partner.example");
    assertThat(changed.raw()).isEmpty();
    assertThat(changed.summary().subject()).isEqualTo("exact");
  }

  @Test
  void aMessageTooLargeToReadIsReportedByItsHeader() {
    Hold large =
        fetched(gateway.holdChanged("virus", "", LEE, came(), FakeProxmox.message("big"), 5 << 20));

    assertThat(large.raw()).isEmpty();
    assertThat(large.summary().subject()).isEqualTo("big");
    assertThat(http.errands()).doesNotContain("GET quarantine/download");
  }

  @Test
  void aTicketThatIsGoodNoLongerIsRenewedOnceAndNothingIsSentTwice() {
    Hold hold = held();
    gateway.forgetTickets();

    assertThat(released(hold).kind()).isEqualTo(Kind.ACCEPTED_ASYNC);
    assertThat(gateway.delivered()).containsExactly(LEE);
    http.refuse(ACT, 401, "ticket expired");
    Hold other = held();
    assertThat(released(other).kind()).isEqualTo(Kind.ACCEPTED_ASYNC);
    assertThat(gateway.delivered()).containsExactly(LEE, LEE);
  }

  @Test
  void aWrongPasswordIsSaidAndNotTriedAgainAtOnce() {
    ProxmoxStore wrong = new ProxmoxStore(Stores.settings(http, "wrong-password"));
    ProxmoxHoldings theirs = new ProxmoxHoldings(wrong, (_, _, _) -> {}, InstantSource.system());

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(theirs::held)
          .isInstanceOf(MailSystemTrouble.class)
          .hasMessageContaining("does not take user postern@pmg");
    }
    assertThat(http.errands()).containsExactly("POST access/ticket");
    assertThat(wrong.trouble()).isPresent();
    assertThat(Stores.settings(http, "wrong-password").toString()).doesNotContain("wrong-password");
  }

  @ParameterizedTest
  @EnumSource(names = {"LOST_ANSWER", "DONE_BUT_TIMED_OUT"})
  void P7_P8_whereTheAnswerWasLostTheListProvesTheReleaseAndItIsNotRepeated(Mishap mishap) {
    Hold hold = held();
    http.order(ACT, mishap);

    assertThat(released(hold).kind()).isEqualTo(Kind.ACCEPTED_ASYNC);
    assertThat(gateway.delivered()).containsExactly(LEE);
  }

  @Test
  void P7_whatWasSentButNotNotedIsUncertainNeverRepeatedAndAsked() {
    Hold hold = held();
    gateway.forgetsToNote.set(true);
    http.order(ACT, Mishap.LOST_ANSWER);

    assertThat(released(hold).kind()).isEqualTo(Kind.UNCERTAIN);
    assertThat(gateway.delivered()).containsExactly(LEE);
    assertThat(quarantine.standing(decided(hold, release()))).isEqualTo(Standing.UNKNOWN);
  }

  @Test
  void P8_anAnswerOfSuccessIsNoProofWhileItIsListed() {
    Hold hold = held();
    http.order(ACT, Mishap.GIBBERISH);

    assertThat(released(hold).kind()).isEqualTo(Kind.UNCERTAIN);
  }

  @ParameterizedTest
  @EnumSource(names = {"SERVER_ERROR", "BAD_GATEWAY", "SILENCE", "RESET", "STUCK", "FLOOD"})
  void P7_anErrorBehindWhichItMayHaveBeenSentIsUncertain(Mishap mishap) {
    Hold hold = held();
    http.order(ACT, mishap);

    assertThat(released(hold).kind()).isEqualTo(Kind.UNCERTAIN);
  }

  @ParameterizedTest
  @EnumSource(names = {"RATE_LIMITED", "REDIRECT"})
  void whatWasRefusedBeforeItBeganIsTriedAgain(Mishap mishap) {
    Hold hold = held();
    http.order(ACT, mishap);

    assertThat(released(hold).kind()).isEqualTo(Kind.TEMP_FAIL);
    assertThat(gateway.delivered()).isEmpty();
    assertThat(released(hold).kind()).isEqualTo(Kind.ACCEPTED_ASYNC);
  }

  @ParameterizedTest
  @CsvSource({"403, Quarantine Manager", "404, 404", "400, 400"})
  void aRefusalIsSaidAndTheMessageStays(int status, String words) {
    Hold hold = held();
    http.refuse(ACT, status, "no");

    assertThat(released(hold))
        .satisfies(
            r -> {
              assertThat(r.kind()).isEqualTo(Kind.TEMP_FAIL);
              assertThat(r.words()).contains(words);
            });
    assertThat(gateway.delivered()).isEmpty();
  }

  @Test
  void aDiscardWhoseAnswerWasLostIsProvedByTheListAndOneThatFailedIsRepeated() {
    Hold lost = held();
    http.order(ACT, Mishap.LOST_ANSWER);
    assertThat(discarded(lost).kind()).isEqualTo(Kind.DISCARDED);

    Hold failed = held();
    http.order(ACT, Mishap.SERVER_ERROR);
    assertThat(discarded(failed).kind()).isEqualTo(Kind.TEMP_FAIL);
    assertThat(discarded(failed).kind()).isEqualTo(Kind.DISCARDED);
    assertThat(gateway.delivered()).isEmpty();
  }

  @Test
  void P7_aDiscardWhoseAnswerAndLookUpWereLostEndsAsOurs() {
    Hold hold = held();
    http.order(ACT, Mishap.LOST_ANSWER);
    gateway.afterDelete = () -> http.always("GET quarantine/spam", Mishap.UNAVAILABLE);
    Outcome open = quarantine.discard(decided(hold, discard()), mandate());
    assertThat(open.results()).allMatch(r -> r.kind() == Kind.TEMP_FAIL);
    // The next attempt finds it away, too.
    Outcome stillOpen = quarantine.discard(after(hold, open), mandate());
    assertThat(stillOpen.results()).allMatch(r -> r.kind() == Kind.TEMP_FAIL);
    http.mend("GET quarantine/spam");

    CaseFile next = after(hold, stillOpen);
    assertThat(quarantine.discard(next, mandate()).results())
        .allMatch(r -> r.kind() == Kind.DISCARDED);
    // What nobody told it to delete was deleted or sent on by somebody else.
    assertThat(discarded(hold).kind()).isEqualTo(Kind.NOT_FOUND);
  }

  private static CaseFile after(Hold hold, Outcome outcome) {
    return DecidedCase.of(
        hold.ref(), hold.envelope(), discard(), DecidedCase.MINUTES, Optional.of(outcome));
  }

  @ParameterizedTest
  @EnumSource(names = {"UNAVAILABLE", "GIBBERISH", "STUCK", "REDIRECT", "RATE_LIMITED"})
  void aListThatCannotBeReadConcludesNothing(Mishap mishap) {
    held();
    http.order("GET quarantine/spam", mishap);

    assertThatThrownBy(holdings::held).isInstanceOf(MailSystemTrouble.class);
    assertThat(store.trouble()).isPresent();
    assertThat(holdings.held()).hasSize(1);
    assertThat(store.trouble()).isEmpty();
  }

  @Test
  void P9_ofAListThatIsTooLongTheBeginningIsReadAndNothingBehindItIsTakenForGone() {
    for (int i = 0; i < 40; i++) {
      gateway.hold("spam", "", LEE, came(), FakeProxmox.message("x"));
    }
    ProxmoxStore store = new ProxmoxStore(Stores.settings(http, Duration.ofSeconds(30)));
    ProxmoxHoldings holdings = new ProxmoxHoldings(store, (_, _, _) -> {}, InstantSource.system());
    RemoteQuarantine quarantine = new RemoteQuarantine(store, Duration.ofSeconds(1));
    List<HoldRef> all = holdings.held();
    Hold last = holdings.fetch(all.getLast()).orElseThrow();
    gateway.subject = "x".repeat(1 << 20);

    List<HoldRef> seen = holdings.held();

    assertThat(seen).hasSizeBetween(30, 32).isSubsetOf(all);
    assertThat(store.trouble()).hasValueSatisfying(w -> assertThat(w).contains("more mail than"));
    CaseFile behind = DecidedCase.undecided(last.ref(), last.envelope());
    assertThatThrownBy(() -> quarantine.standing(behind)).isInstanceOf(MailSystemTrouble.class);
    gateway.subject = "";
    assertThat(quarantine.standing(behind)).isEqualTo(Standing.HELD);
    assertThat(holdings.held()).hasSize(40);
    assertThat(store.trouble()).isEmpty();
  }

  @Test
  void anEntryWithAnIdThatCannotBeReadIsCountedAndHidesNoOther() {
    held();
    gateway.strange = "{\"id\":\"C0R1T1;x\",\"time\":1}";

    assertThat(holdings.held()).hasSize(1);
    // One in each of three lists.
    assertThat(store.trouble())
        .hasValueSatisfying(w -> assertThat(w).contains("3 messages with an id"));
  }

  @Test
  void itsOwnListIsSuggestedInItsOwnWordsAndNothingIsAskedForThat() {
    assertThat(quarantine.suggestion(aCase().decided(discard()).state(CaseState.DONE).build()))
        .contains(
            "pmgsh create /quarantine/blocklist --pmail dispatch@corp.example --address"
                + " marta@supplier.example");
    assertThat(http.errands()).isEmpty();
  }

  @Test
  void itsOwnReasonsAreKeptForTheCard() {
    Hold spam = held();
    Hold virus =
        fetched(gateway.hold("virus", "x@y.example", LEE, came(), FakeProxmox.message("v")));

    assertThat(reports.get(spam.ref()))
        .isEqualTo(
            new GatewayReport(
                "proxmox",
                "quarantine",
                9,
                List.of(
                    new GatewayReport.Finding("URIBL_BLACK", 1.7, List.of()),
                    new GatewayReport.Finding("AWL", -0.2, List.of()))));
    assertThat(reports)
        .hasEntrySatisfying(
            virus.ref(), it -> assertThat(it.action()).isEqualTo("virus Eicar-Signature"));
  }

  @Test
  void aRoleThatCannotReleaseIsSaidBeforeAnybodyDecides() {
    gateway.role = "audit";
    holdings.held();

    assertThat(store.trouble()).hasValueSatisfying(w -> assertThat(w).contains("role audit"));
    assertThat(new ProxmoxCheck(store, InstantSource.system()).look())
        .extracting(Finding::grade)
        .containsExactly(Grade.WRONG, Grade.WELL, Grade.WELL, Grade.WELL);
  }

  @Test
  void anEntryForNobodyIsSaidAndDoesNotHideTheOthers() {
    String id = gateway.hold("spam", "", "not an address", came(), FakeProxmox.message("x"));

    assertThatThrownBy(() -> fetched(id)).hasMessageContaining("no recipient");
    assertThat(holdings.held()).hasSize(1);
  }
}
