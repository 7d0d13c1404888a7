package dev.postern.quarantine.mailcow;

import static dev.postern.approval.CaseBuilder.discard;
import static dev.postern.approval.CaseBuilder.release;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.approval.CaseFile;
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
import dev.postern.quarantine.HttpTrust;
import dev.postern.quarantine.RemoteQuarantine;
import dev.postern.quarantine.mailcow.FakeMailcow.Fate;
import java.net.URI;
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

class MailcowQuarantineTest {
  private static final String EDIT = "POST edit/qitem";
  private static final String LEE = "lee@corp.example";
  private static final String MESSAGE =
      "From: Ben <ben@partner.example>\nSubject: order\n\nGr&uuml;&szlig;e\n";

  private final FakeMailcow mailcow = new FakeMailcow();
  private final FakeHttp http = new FakeHttp(mailcow);
  private final MailcowStore store = new MailcowStore(settings(http));
  private final Map<HoldRef, GatewayReport> reports = new HashMap<>();
  private final MailcowHoldings holdings =
      new MailcowHoldings(
          store, (ref, report, _) -> reports.put(ref, report), InstantSource.system());
  private final RemoteQuarantine quarantine = new RemoteQuarantine(store, Duration.ofSeconds(1));

  static MailcowSettings settings(FakeHttp http) {
    return settings(http, Duration.ofSeconds(2));
  }

  private static MailcowSettings settings(FakeHttp http, Duration patience) {
    return new MailcowSettings(
        "mailcow",
        URI.create(http.origin()),
        FakeMailcow.KEY,
        new HttpTrust.Usual(),
        patience,
        1 << 20);
  }

  @AfterEach
  void stop() {
    http.close();
  }

  private Hold held() {
    return fetched(mailcow.hold("ben@partner.example", LEE, MESSAGE));
  }

  private Hold fetched(int row) {
    holdings.held();
    return holdings.fetch(new HoldRef("mailcow", mailcow.idOf(row))).orElseThrow();
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
  void aRowIsReportedWithItsClientAndTimeAndItsMessageIsNotExamined() {
    Hold hold = held();

    assertThat(hold.raw()).isEmpty();
    assertThat(hold.summary().subject()).isEqualTo("order");
    assertThat(hold.envelope().clientIp().getHostAddress()).isEqualTo("192.0.2.7");
    assertThat(hold.receivedAt()).isBefore(Instant.now().minusSeconds(200));
    assertThat(fetched(mailcow.hold("", LEE, MESSAGE)).envelope().mailFrom()).isEmpty();
  }

  @Test
  void aNumberThatWasGivenAgainIsAnotherMessageAndNothingIsReleased() {
    int row = mailcow.hold("ben@partner.example", LEE, MESSAGE);
    Hold hold = fetched(row);
    mailcow.replace(row, "eva@corp.example");

    assertThat(released(hold).kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(discarded(hold).kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(holdings.fetch(hold.ref())).isEmpty();
    assertThat(mailcow.delivered()).isEmpty();
  }

  /** Status 200 in every case. */
  @ParameterizedTest
  @CsvSource({
    "FINE, ACCEPTED_ASYNC, 1",
    "NOT_LEARNT, ACCEPTED_ASYNC, 1",
    "DEFERRED, TEMP_FAIL, 0",
    "REFUSED, PERM_FAIL, 0",
    "NO_CONNECTION, TEMP_FAIL, 0",
    "PUZZLING, UNCERTAIN, 0",
    "DELIVERED_AND_KEPT, UNCERTAIN, 1",
  })
  void P8_whatAReleaseCameToIsReadFromItsVerdictsNotFromItsStatus(
      Fate fate, Kind kind, int delivered) {
    Hold hold = held();
    mailcow.fate = fate;

    assertThat(released(hold).kind()).isEqualTo(kind);
    assertThat(mailcow.delivered()).hasSize(delivered);
  }

  @ParameterizedTest
  @EnumSource(names = {"LOST_ANSWER", "DONE_BUT_TIMED_OUT"})
  void P7_P8_whereTheAnswerWasLostTheListProvesTheReleaseAndItIsNotRepeated(Mishap mishap) {
    Hold hold = held();
    http.order(EDIT, mishap);

    assertThat(released(hold).kind()).isEqualTo(Kind.ACCEPTED_ASYNC);
    assertThat(released(hold).kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(mailcow.delivered()).containsExactly(LEE);
  }

  @ParameterizedTest
  @EnumSource(names = {"SERVER_ERROR", "BAD_GATEWAY", "SILENCE", "RESET", "STUCK", "GIBBERISH"})
  void P7_whatMayHaveBeenSentIsUncertain(Mishap mishap) {
    Hold hold = held();
    http.order(EDIT, mishap);

    assertThat(released(hold).kind()).isEqualTo(Kind.UNCERTAIN);
    assertThat(quarantine.standing(decided(hold, release()))).isEqualTo(Standing.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({"401, API key", "403, may write", "404, 404", "429, 429"})
  void aRefusalIsSaidAndTriedAgain(int status, String words) {
    Hold hold = held();
    http.refuse(EDIT, status, "no");

    assertThat(released(hold))
        .satisfies(
            r -> {
              assertThat(r.kind()).isEqualTo(Kind.TEMP_FAIL);
              assertThat(r.words()).contains(words);
            });
    assertThat(released(hold).kind()).isEqualTo(Kind.ACCEPTED_ASYNC);
    assertThat(mailcow.delivered()).containsExactly(LEE);
  }

  @Test
  void aDiscardIsProvedByTheList() {
    Hold lost = held();
    http.order("POST delete/qitem", Mishap.LOST_ANSWER);
    assertThat(discarded(lost).kind()).isEqualTo(Kind.DISCARDED);

    Hold failed = held();
    http.order("POST delete/qitem", Mishap.BAD_GATEWAY);
    assertThat(discarded(failed).kind()).isEqualTo(Kind.TEMP_FAIL);
    assertThat(discarded(failed).kind()).isEqualTo(Kind.DISCARDED);
    assertThat(mailcow.delivered()).isEmpty();
  }

  @Test
  void P7_aDiscardWhoseAnswerAndLookUpWereLostEndsAsOurs() {
    Hold hold = held();
    http.order("POST delete/qitem", Mishap.LOST_ANSWER);
    mailcow.afterDelete = () -> http.always("GET get/quarantine/all", Mishap.UNAVAILABLE);
    Outcome open = quarantine.discard(decided(hold, discard()), mandate());
    assertThat(open.results()).allMatch(r -> r.kind() == Kind.TEMP_FAIL);
    // The next attempt finds it away, too.
    Outcome stillOpen = quarantine.discard(after(hold, open), mandate());
    assertThat(stillOpen.results()).allMatch(r -> r.kind() == Kind.TEMP_FAIL);
    http.mend("GET get/quarantine/all");

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
    http.order("GET get/quarantine/all", mishap);

    assertThatThrownBy(holdings::held).isInstanceOf(MailSystemTrouble.class);
    assertThat(new MailcowCheck(store).look())
        .extracting(Finding::grade)
        .containsExactly(Grade.WELL, Grade.ADVICE);
  }

  @Test
  void P9_ofAListThatIsTooLongTheBeginningIsReadAndWhatIsBehindItIsAskedForItself() {
    for (int i = 0; i < 40; i++) {
      mailcow.hold("ben@partner.example", LEE, MESSAGE);
    }
    MailcowStore store = new MailcowStore(settings(http, Duration.ofSeconds(30)));
    MailcowHoldings holdings = new MailcowHoldings(store, (_, _, _) -> {}, InstantSource.system());
    RemoteQuarantine quarantine = new RemoteQuarantine(store, Duration.ofSeconds(1));
    int last = mailcow.hold("ben@partner.example", LEE, MESSAGE);
    Hold behind = fetched(last);
    mailcow.subject = "x".repeat(1 << 20);

    assertThat(holdings.held()).hasSizeBetween(30, 32).doesNotContain(behind.ref());
    assertThat(store.trouble()).hasValueSatisfying(w -> assertThat(w).contains("more mail than"));
    CaseFile undecided = DecidedCase.undecided(behind.ref(), behind.envelope());
    assertThat(quarantine.standing(undecided)).isEqualTo(Standing.HELD);
    mailcow.delete(last);
    assertThat(quarantine.standing(undecided)).isEqualTo(Standing.GONE);
  }

  @Test
  void aRowWithoutANumberIsCountedAndHidesNoOther() {
    held();
    mailcow.strange = "{\"id\":\"../1\",\"qid\":\"x\"}";

    assertThat(holdings.held()).hasSize(1);
    assertThat(store.trouble())
        .hasValueSatisfying(w -> assertThat(w).contains("1 messages with an id"));
  }

  @Test
  void itsOwnReasonsAreKeptForTheCard() {
    Hold hold = held();

    assertThat(reports.get(hold.ref()))
        .isEqualTo(
            new GatewayReport(
                "mailcow",
                "reject",
                15.5,
                List.of(new GatewayReport.Finding("DMARC_POLICY_REJECT", 2, List.of("x.test")))));
    mailcow.symbols = "{broken";
    assertThat(reports).hasEntrySatisfying(held().ref(), it -> assertThat(it.findings()).isEmpty());
  }

  @Test
  void aRowThatIsTooLargeIsReportedByWhatTheListTells() {
    Hold hold = fetched(mailcow.hold("ben@partner.example", LEE, MESSAGE + "x".repeat(2 << 20)));

    assertThat(hold.raw()).isEmpty();
    assertThat(hold.summary().subject()).isEqualTo("s");
    assertThat(hold.envelope().mailFromText()).isEqualTo("ben@partner.example");
    assertThat(hold.gateway()).isEqualTo("mailcow; over mail.smtp.max-size, not examined");
    assertThat(released(hold).kind()).isEqualTo(Kind.ACCEPTED_ASYNC);
  }

  @Test
  void aWrongKeyIsSaidAndNeverShown() {
    http.always("GET get/quarantine/all", 401, "authentication failed");

    assertThat(new MailcowCheck(store).look())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.grade()).isEqualTo(Grade.WRONG);
              assertThat(it.what()).contains("API key", "authentication failed");
            });
    assertThat(settings(http).toString()).doesNotContain(FakeMailcow.KEY);
  }
}
