package dev.postern.quarantine;

import static dev.postern.approval.CaseBuilder.address;
import static dev.postern.approval.CaseBuilder.discard;
import static dev.postern.approval.CaseBuilder.release;
import static dev.postern.approval.CaseBuilder.releaseTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postern.approval.Ability;
import dev.postern.approval.CaseFile;
import dev.postern.approval.Choice;
import dev.postern.approval.Hold;
import dev.postern.approval.HoldRef;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.approval.Mandate;
import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.approval.Quarantine.Standing;
import dev.postern.mail.EmailAddress;
import dev.postern.mailsystem.Programs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every mail system keeps to: held mail goes once, to whom it was decided, and is proved. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class QuarantineContract {
  private static final String SENDER = "ben@partner.example";
  private static final Duration DELIVERY = Duration.ofSeconds(20);

  @SuppressWarnings("NullAway.Init")
  private HoldingSystem system;

  private int number;

  /** Starts a mail system; what it needs lies in this folder. */
  protected abstract HoldingSystem start(Path folder) throws Exception;

  /** What is known of a message that is listed, and whose release may have been begun. */
  protected Standing decidedAndListed() {
    return Standing.HELD;
  }

  @BeforeAll
  void begin(@TempDir Path folder) throws Exception {
    system = start(folder);
  }

  @AfterAll
  void end() {
    system.close();
  }

  /** An address of nobody else's. */
  private String someone() {
    return "r" + ++number + "@corp.example";
  }

  private Hold held(String... recipients) throws Exception {
    HoldRef ref = system.hold(SENDER, List.of(recipients));
    return system.holdings().fetch(ref).orElseThrow();
  }

  private static CaseFile decided(Hold hold, Choice choice) {
    return DecidedCase.of(hold.ref(), hold.envelope(), choice);
  }

  private static Mandate mandate() {
    return new Mandate(1, () -> true);
  }

  private static List<EmailAddress> everybody(Hold hold) {
    return hold.envelope().recipients();
  }

  private void awaitReached(String recipient) {
    Programs.await("mail for " + recipient, DELIVERY, () -> system.reached(recipient) == 1);
  }

  @Test
  void whatIsHeldIsListedUnderItsSourceAndFetchedWithItsEnvelope() throws Exception {
    String one = someone();
    Hold hold = held(one);

    assertThat(hold.ref().source()).isEqualTo(system.holdings().source());
    assertThat(system.holdings().held()).contains(hold.ref());
    assertThat(hold.envelope().mailFromText()).isEqualTo(SENDER);
    assertThat(everybody(hold)).contains(address(one));
    assertThat(system.quarantine().standing(decided(hold, release())))
        .isEqualTo(decidedAndListed());
    assertThat(system.quarantine().trouble()).isEmpty();
  }

  @Test
  void P2_aReleaseGoesOnceIsProvedForEachAndIsNotHeldAnyMore() throws Exception {
    String one = someone();
    Hold hold = held(one);
    CaseFile it = decided(hold, release());

    Outcome outcome = system.quarantine().release(it, everybody(hold), mandate());

    assertThat(outcome.results())
        .hasSameSizeAs(everybody(hold))
        .allSatisfy(r -> assertThat(r.kind().proof()).as(r.toString()).isTrue());
    awaitReached(one);
    assertThat(system.holdings().held()).doesNotContain(hold.ref());
    assertThat(system.quarantine().standing(it)).isNotEqualTo(Standing.HELD);
    assertThat(system.reached(one)).isEqualTo(1);
  }

  @Test
  void P2_aDiscardReachesNobody() throws Exception {
    assumeTrue(system.quarantine().abilities().contains(Ability.DISCARD), "it cannot discard");
    String one = someone();
    Hold hold = held(one);
    CaseFile it = decided(hold, discard());

    Outcome outcome = system.quarantine().discard(it, mandate());

    assertThat(outcome.results()).isNotEmpty().allMatch(r -> r.kind() == Kind.DISCARDED);
    assertThat(system.holdings().held()).doesNotContain(hold.ref());
    assertThat(system.quarantine().standing(it)).isNotIn(Standing.HELD, Standing.RELEASED);
    assertThat(system.reached(one)).isZero();
  }

  @Test
  void aReleaseToSomeReachesThemAlone() throws Exception {
    assumeTrue(
        system.quarantine().abilities().contains(Ability.PARTIAL_RELEASE), "it cannot part them");
    String one = someone();
    String other = someone();
    Hold hold = held(one, other);

    Outcome outcome =
        system
            .quarantine()
            .release(decided(hold, releaseTo(one)), List.of(address(one)), mandate());

    assertThat(outcome.results())
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.recipient()).isEqualTo(address(one));
              assertThat(r.kind().proof()).as(r.toString()).isTrue();
            });
    awaitReached(one);
    assertThat(system.holdings().held()).doesNotContain(hold.ref());
    assertThat(system.reached(other)).isZero();
  }

  @Test
  void P12_whoeverWasOvertakenDoesNothing() throws Exception {
    String one = someone();
    Hold hold = held(one);
    Mandate overtaken = new Mandate(1, () -> false);

    Outcome released =
        system.quarantine().release(decided(hold, release()), everybody(hold), overtaken);
    Outcome discarded = system.quarantine().discard(decided(hold, discard()), overtaken);

    assertThat(released.results()).isNotEmpty().noneMatch(r -> r.kind().proof());
    assertThat(discarded.results()).isNotEmpty().noneMatch(r -> r.kind().proof());
    assertThat(system.holdings().held()).contains(hold.ref());
    assertThat(system.reached(one)).isZero();
  }

  @Test
  void whatSomebodyDeletedMeanwhileIsNeitherHeldNorReleased() throws Exception {
    String one = someone();
    Hold hold = held(one);
    system.deletedByHand(hold.ref());

    Outcome outcome =
        system.quarantine().release(decided(hold, release()), everybody(hold), mandate());

    assertThat(outcome.results()).isNotEmpty().allMatch(r -> r.kind() == Kind.NOT_FOUND);
    assertThat(system.holdings().fetch(hold.ref())).isEmpty();
    assertThat(system.holdings().held()).doesNotContain(hold.ref());
    assertThat(system.reached(one)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ALL", "-", "../../etc/passwd", "$(id)", "a b", "%0d%0a", "x\r\ny", "*"})
  void whatIsNoIdOfItsIsRefusedInWords(String id) throws Exception {
    Hold hold = held(someone());
    HoldRef strange = new HoldRef(hold.ref().source(), id);
    CaseFile it = DecidedCase.of(strange, hold.envelope(), release());

    assertThat(system.holdings().fetch(strange)).isEmpty();
    assertThat(system.quarantine().standing(it)).isNotIn(Standing.HELD, Standing.RELEASED);
    assertThat(system.quarantine().release(it, everybody(hold), mandate()).results())
        .isNotEmpty()
        .allSatisfy(r -> assertThat(r.kind().proof()).as(r.toString()).isFalse())
        .allSatisfy(r -> assertThat(r.words()).isNotBlank());
    assertThat(system.quarantine().discard(it, mandate()).results())
        .isNotEmpty()
        .noneMatch(r -> r.kind().proof());
    assertThat(system.holdings().held()).contains(hold.ref());
  }

  @Test
  void P15_whileItIsAwayNothingIsConcludedAndItIsSaid() throws Exception {
    String one = someone();
    Hold hold = held(one);
    CaseFile it = decided(hold, release());
    system.away();
    try {
      assertThatThrownBy(() -> system.holdings().held()).isInstanceOf(MailSystemTrouble.class);
      assertThatThrownBy(() -> system.quarantine().standing(it))
          .isInstanceOf(MailSystemTrouble.class);
      assertThat(system.quarantine().release(it, everybody(hold), mandate()).results())
          .isNotEmpty()
          .allMatch(r -> r.kind() == Kind.TEMP_FAIL);
      assertThat(system.quarantine().trouble()).isPresent();
    } finally {
      system.back();
    }

    Outcome outcome = system.quarantine().release(it, everybody(hold), mandate());

    assertThat(outcome.results()).isNotEmpty().allMatch(r -> r.kind().proof());
    awaitReached(one);
  }
}
