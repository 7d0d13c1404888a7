package dev.postern.quarantine.m365;

import static dev.postern.approval.CaseBuilder.aCase;
import static dev.postern.approval.CaseBuilder.address;
import static dev.postern.approval.CaseBuilder.discard;
import static dev.postern.approval.CaseBuilder.release;
import static dev.postern.approval.CaseBuilder.releaseTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseState;
import dev.postern.approval.Hold;
import dev.postern.approval.Mandate;
import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.approval.Outcome.Result;
import dev.postern.approval.Quarantine.Standing;
import dev.postern.fake.Mishap;
import dev.postern.quarantine.DecidedCase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a decision, whatever happens on the way to Microsoft 365 and back. */
class M365QuarantineTest {
  private static final Mandate MANDATE = Mandate.ofThisConnection();

  private AnOrganisation organisation;
  private FakeMessage message;

  @BeforeEach
  void open() {
    organisation = new AnOrganisation(Duration.ofSeconds(4), 1 << 20);
    message = organisation.hold("a@corp.example", "b@corp.example");
  }

  @AfterEach
  void close() {
    organisation.close();
  }

  private Outcome released(CaseFile it) {
    return organisation.quarantine().release(it, it.envelope().recipients(), MANDATE);
  }

  @Test
  void P8_aReleaseIsToldAsTakenOnlyAfterItWasReadBackAndNeverAsDelivered() {
    Outcome outcome = released(organisation.decided(message, release()));

    assertThat(outcome.results())
        .extracting(Result::kind, Result::words)
        .containsOnly(tuple(Kind.ACCEPTED_ASYNC, "released by Microsoft 365 (RELEASED)"));
    assertThat(organisation.ran())
        .endsWith(FakeExchange.GET, FakeExchange.RELEASE, FakeExchange.GET);
    assertThat(organisation.exchange.delivered).containsExactly("a@corp.example", "b@corp.example");
  }

  @Test
  void P7_aLostAnswerIsLookedUpAndNobodyGetsItTwice() {
    CaseFile it = organisation.decided(message, release());
    organisation.exchange.loseAnswer(FakeExchange.RELEASE);

    assertThat(released(it).results()).allMatch(r -> r.kind() == Kind.ACCEPTED_ASYNC);
    assertThat(released(it).results()).allMatch(r -> r.kind() == Kind.ALREADY_DONE);
    assertThat(organisation.exchange.delivered).containsExactly("a@corp.example", "b@corp.example");
    assertThat(organisation.ran()).containsOnlyOnce(FakeExchange.RELEASE);
  }

  @Test
  void P7_whenTheLookUpAfterALostAnswerFailsTooTheNextAttemptLooksFirst() {
    CaseFile it = organisation.decided(message, release());
    organisation.exchange.loseAnswer(FakeExchange.RELEASE);
    organisation.exchange.refuse(FakeExchange.GET, 400, "one"); // before the release
    assertThat(released(it).results()).allMatch(r -> r.kind() == Kind.TEMP_FAIL);
    assertThat(organisation.exchange.delivered).isEmpty();

    organisation.exchange.slowReleases();
    assertThat(released(it).results()).allMatch(r -> r.kind() == Kind.TEMP_FAIL);
    organisation.exchange.catchUp();

    assertThat(organisation.quarantine().standing(it)).isEqualTo(Standing.RELEASED);
    assertThat(released(it).results()).allMatch(r -> r.kind() == Kind.ALREADY_DONE);
    assertThat(organisation.exchange.delivered).containsExactly("a@corp.example", "b@corp.example");
  }

  @Test
  void aReleaseThatIsNotShownYetIsNotProved() {
    CaseFile it = organisation.decided(message, release());
    organisation.exchange.slowReleases();

    Outcome outcome = released(it);

    assertThat(outcome.results())
        .allMatch(r -> r.kind() == Kind.TEMP_FAIL)
        .allMatch(r -> r.words().contains("does not show it as released yet"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Mishap.class,
      names = {"SERVER_ERROR", "BAD_GATEWAY", "RESET", "SILENCE", "STUCK", "REDIRECT", "GIBBERISH"})
  void P9_whateverGoesWrongItStaysAndIsTriedAgain(Mishap mishap) {
    CaseFile it = organisation.decided(message, release());
    organisation.exchange.http.always(FakeExchange.COMMAND, mishap);

    assertThat(released(it).results())
        .allMatch(r -> r.kind() == Kind.TEMP_FAIL)
        .allMatch(r -> !r.words().isBlank());
    assertThat(organisation.quarantine().discard(it, MANDATE).results())
        .allMatch(r -> r.kind() == Kind.TEMP_FAIL);
    organisation.exchange.http.mend(FakeExchange.COMMAND);

    assertThat(organisation.exchange.delivered).isEmpty();
    assertThat(released(it).results()).allMatch(r -> r.kind() == Kind.ACCEPTED_ASYNC);
  }

  @Test
  void aServiceThatWasAskedTooOftenIsLeftAloneForAsLongAsItSays() {
    CaseFile it = organisation.decided(message, release());
    organisation.exchange.http.order(FakeExchange.COMMAND, Mishap.RATE_LIMITED);
    int before = organisation.exchange.http.asks.size();

    assertThat(released(it).results().getFirst().words()).contains("asked too often");
    assertThat(released(it).results().getFirst().words()).contains("left alone until");
    assertThat(organisation.exchange.http.asks).hasSize(before + 1);

    organisation.now = organisation.now.plusSeconds(8);
    assertThat(released(it).results()).allMatch(r -> r.kind() == Kind.ACCEPTED_ASYNC);
  }

  @Test
  void aTokenThatIsNotTakenIsRenewedOnceAndAnEndedOneBefore() {
    CaseFile it = organisation.decided(message, release());
    organisation.entra.revokeAll();

    assertThat(released(it).results()).allMatch(r -> r.kind() == Kind.ACCEPTED_ASYNC);
    assertThat(organisation.entra.http.asks).hasSize(2);

    organisation.now = organisation.now.plus(Duration.ofMinutes(56));
    assertThat(released(it).results()).allMatch(r -> r.kind() == Kind.ALREADY_DONE);
    assertThat(organisation.entra.http.asks).hasSize(3);
  }

  @Test
  void aMissingRoleIsNamedWithTheMend() {
    CaseFile it = organisation.decided(message, release());
    organisation.exchange.withoutRole.add(FakeExchange.RELEASE);

    assertThat(released(it).results())
        .allMatch(r -> r.kind() == Kind.TEMP_FAIL)
        .allSatisfy(
            r ->
                assertThat(r.words())
                    .contains("may not run Release-QuarantineMessage", "Quarantine Administrator"));
  }

  @ParameterizedTest
  @ValueSource(ints = {700016, 700027, 700024, 65001, 90002, 53003})
  void whatEntraRefusesIsSaidWithTheMendAndWithoutItsOwnWords(int code) {
    CaseFile it = organisation.decided(message, release());
    organisation.now = organisation.now.plus(Duration.ofHours(1)); // the token has ended
    organisation.entra.refuse(code);

    String words = released(it).results().getFirst().words();

    assertThat(words).contains("AADSTS" + code, ": ").doesNotContain("FAKE~", "Trace ID");
  }

  @Test
  void whoHadItBeforeIsPassedOverAndTheOthersAreNamed() {
    CaseFile some = organisation.decided(message, releaseTo("a@corp.example"));
    assertThat(
            organisation
                .quarantine()
                .release(some, List.of(address("a@corp.example")), MANDATE)
                .results())
        .extracting(Result::kind)
        .containsExactly(Kind.ACCEPTED_ASYNC);
    assertThat(organisation.quarantine().standing(some)).isEqualTo(Standing.RELEASED);
    CaseFile all = DecidedCase.of(some.hold(), some.envelope(), release());
    assertThat(organisation.quarantine().standing(all)).isEqualTo(Standing.HELD);

    assertThat(released(all).results())
        .extracting(Result::kind)
        .containsExactly(Kind.ALREADY_DONE, Kind.ACCEPTED_ASYNC);
    assertThat(organisation.exchange.delivered).containsExactly("a@corp.example", "b@corp.example");
  }

  @Test
  void aDiscardIsProvedByItsAbsenceAlsoWhenTheAnswerWasLost() {
    CaseFile it = organisation.decided(message, discard());
    organisation.exchange.loseAnswer(FakeExchange.DELETE);

    assertThat(organisation.quarantine().discard(it, MANDATE).results())
        .allMatch(r -> r.kind() == Kind.DISCARDED);
    assertThat(organisation.quarantine().standing(it)).isEqualTo(Standing.GONE);
  }

  @Test
  void P7_aDiscardWhoseAnswerAndLookUpWereLostEndsAsOurs() {
    CaseFile it = organisation.decided(message, discard());
    organisation.exchange.goAwayAfter(FakeExchange.DELETE);
    Outcome open = organisation.quarantine().discard(it, MANDATE);
    assertThat(open.results()).allMatch(r -> r.kind() == Kind.TEMP_FAIL);
    // The next attempt finds it away, too.
    Outcome stillOpen = organisation.quarantine().discard(after(it, open), MANDATE);
    assertThat(stillOpen.results()).allMatch(r -> r.kind() == Kind.TEMP_FAIL);
    organisation.exchange.http.mend(FakeExchange.COMMAND);
    organisation.now = organisation.now.plusSeconds(60);

    CaseFile next = after(it, stillOpen);
    assertThat(organisation.quarantine().discard(next, MANDATE).results())
        .allMatch(r -> r.kind() == Kind.DISCARDED);
    // What nobody told it to delete was deleted by somebody else.
    assertThat(organisation.quarantine().discard(it, MANDATE).results())
        .allMatch(r -> r.kind() == Kind.NOT_FOUND);
  }

  private static CaseFile after(CaseFile it, Outcome outcome) {
    return DecidedCase.of(
        it.hold(), it.envelope(), discard(), DecidedCase.MINUTES, Optional.of(outcome));
  }

  @Test
  void aRecipientsOwnReleaseEndsNothingForTheOthers() {
    Hold before = organisation.fetched(message);
    CaseFile undecided = DecidedCase.undecided(before.ref(), before.envelope());
    CaseFile discarding = organisation.decided(message, discard());
    message.released.add("a@corp.example");

    assertThat(organisation.quarantine().standing(undecided)).isEqualTo(Standing.HELD);
    message.status = "RELEASED"; // whatever the whole of it is called then
    assertThat(organisation.quarantine().standing(undecided)).isEqualTo(Standing.HELD);
    assertThat(organisation.quarantine().discard(discarding, MANDATE).results())
        .extracting(Result::kind)
        .containsExactly(Kind.PERM_FAIL, Kind.DISCARDED);

    FakeMessage other = organisation.hold("a@corp.example", "b@corp.example");
    CaseFile again = organisation.decided(other, release());
    other.released.add("a@corp.example");
    assertThat(released(again).results())
        .extracting(Result::kind)
        .containsExactly(Kind.ALREADY_DONE, Kind.ACCEPTED_ASYNC);
    assertThat(organisation.exchange.delivered).containsExactly("b@corp.example");
    CaseFile left = DecidedCase.undecided(again.hold(), again.envelope());
    assertThat(organisation.quarantine().standing(left)).isEqualTo(Standing.RELEASED);
  }

  @Test
  void whoDeletedTheirOwnCopyIsPassedOverAndTheOthersGetTheirs() {
    CaseFile it = organisation.decided(message, release());
    message.deleted.add("a@corp.example");

    assertThat(organisation.holdings().held()).containsExactly(it.hold());
    assertThat(released(it).results())
        .extracting(Result::kind)
        .containsExactly(Kind.PERM_FAIL, Kind.ACCEPTED_ASYNC);
    assertThat(organisation.exchange.delivered).containsExactly("b@corp.example");
  }

  @Test
  void whatAnAdministratorReleasedMeanwhileIsNotCalledDiscarded() {
    CaseFile it = organisation.decided(message, discard());
    message.released.addAll(message.recipients);
    message.status = "RELEASED";

    assertThat(organisation.quarantine().discard(it, MANDATE).results())
        .allMatch(r -> r.kind() == Kind.NOT_FOUND);
    assertThat(organisation.quarantine().standing(it)).isEqualTo(Standing.UNKNOWN);
    assertThat(organisation.ran()).doesNotContain(FakeExchange.DELETE);
  }

  @Test
  void aReleaseIsNotTakenForCarriedOutBecauseTheMessageIsGone() {
    CaseFile it = organisation.decided(message, release());
    organisation.exchange.messages.clear();

    assertThat(organisation.quarantine().standing(it)).isEqualTo(Standing.UNKNOWN);
    assertThat(released(it).results()).allMatch(r -> r.kind() == Kind.NOT_FOUND);
  }

  @Test
  void itsOwnListIsSuggestedInItsOwnWordsAndNothingIsAskedForThat() {
    M365Quarantine quarantine = organisation.quarantine();

    assertThat(quarantine.suggestion(aCase().decided(discard()).state(CaseState.DONE).build()))
        .contains(
            "New-TenantAllowBlockListItems -ListType Sender -Block -Entries"
                + " \"marta@supplier.example\"");
    assertThat(quarantine.suggestion(aCase().decided(release()).state(CaseState.DONE).build()))
        .hasValueSatisfying(it -> assertThat(it).contains("Submissions"));
    assertThat(organisation.ran()).isEmpty();
  }

  @Test
  void P14_neitherKeyNorTokenIsInWhatIsPrinted() {
    String printed =
        AppCertificate.parse(organisation.certificate.pem(), organisation.certificate.keyPem())
            .toString();

    assertThat(printed).startsWith("AppCertificate[serial=").doesNotContain("BEGIN", "modulus");
  }
}
