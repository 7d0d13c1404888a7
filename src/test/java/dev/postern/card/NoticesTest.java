package dev.postern.card;

import static dev.postern.approval.CaseBuilder.aCase;
import static dev.postern.approval.CaseBuilder.discard;
import static dev.postern.approval.CaseBuilder.release;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Answer;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseState;
import dev.postern.approval.Outcome;
import dev.postern.approval.Refusal;
import dev.postern.approval.Stage;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoticesTest {

  @ParameterizedTest
  @EnumSource(Refusal.class)
  void everyRefusalHasItsSentenceEvenWhereTheCaseIsNotKnown(Refusal why) {
    Notice notice = refused(why, "", Optional.empty());

    assertThat(notice.title()).isNotBlank().hasSizeLessThan(50);
    assertThat(notice.text()).endsWith(".").doesNotContain("  ").hasSizeLessThan(200);
  }

  @Test
  void whoMayIsNamedByTheStage() {
    assertThat(refused(Refusal.NOT_ALLOWED, "", Optional.of(aCase().build())).text())
        .isEqualTo("Only Mail on-call may. Your click changed nothing.");
  }

  @Test
  void anOwnMessageIsForSomeoneElse() {
    assertThat(refused(Refusal.OWN_MESSAGE, "", Optional.empty()))
        .isEqualTo(
            new Notice(
                "You may not decide about your own mail",
                "You are the sender or a recipient of this message, and policy asks for someone"
                    + " else. Your click changed nothing."));
  }

  @Test
  void aSecondVoteIsToldHowManyAreMissing() {
    CaseFile file = aCase().quorum(3).voted("kim", "Kim Park", release(), "").build();

    assertThat(refused(Refusal.VOTED_ALREADY, "", Optional.of(file)).text())
        .isEqualTo("Your vote counts once. 2 more people must agree.");
  }

  @Test
  void P8_whatIsOnlyDecidedIsNotCalledReleased() {
    var file = aCase().voted("noor", "Noor Haddad", release(), "").decided(release());

    assertThat(refused(Refusal.TOKEN_USED, "", Optional.of(file.build())).text())
        .isEqualTo("Noor Haddad decided to release it at 07:09 UTC. Your click changed nothing.");
    CaseFile done = file.done(Outcome.Kind.DELIVERED_TO_NEXT_HOP, "250 ok").build();
    assertThat(refused(Refusal.TOKEN_USED, "", Optional.of(done)).text())
        .isEqualTo("Noor Haddad released it at 07:09 UTC. Your click changed nothing.");
  }

  @Test
  void aDecisionIsNamedFromTheAnswerWhereTheCaseIsNotKnown() {
    assertThat(refused(Refusal.TOKEN_USED, "Kim Park and Noor Haddad", Optional.empty()).text())
        .isEqualTo("Kim Park and Noor Haddad decided it. Your click changed nothing.");
    CaseFile byRule = aCase().decidedByRule(discard(), "known-malware").build();
    assertThat(refused(Refusal.TOKEN_USED, "", Optional.of(byRule)).text())
        .startsWith("Rule known-malware decided to discard it at 06:46 UTC.");
  }

  @Test
  void aLateClickIsToldWhenTheTimeEnded() {
    CaseFile file = aCase().state(CaseState.EXPIRED).stage(Stage.State.EXPIRED).build();

    assertThat(refused(Refusal.EXPIRED, "", Optional.of(file)))
        .isEqualTo(
            new Notice(
                "Too late",
                "The time to decide ended at 08:46 UTC. The message is still held. Your click"
                    + " changed nothing."));
  }

  @Test
  void P8_aDecisionPromisesOnlyThatTheMailSystemIsTold() {
    Notice notice =
        Notices.of(new Answer.Decided(aCase().build().id(), release()), Optional.empty());

    assertThat(notice.title()).isEqualTo("Decided: release");
    assertThat(notice.text()).doesNotContain("eleased");
  }

  @Test
  void aVoteThatCountsIsToldWhatIsMissing() {
    Notice notice = Notices.of(new Answer.Counted(aCase().build().id(), 1), Optional.empty());

    assertThat(notice.text())
        .isEqualTo("One more person must agree. The card of case PN-7F3K-2QXD shows it.");
  }

  private static Notice refused(Refusal why, String detail, Optional<CaseFile> file) {
    return Notices.of(new Answer.Refused(why, detail), file);
  }
}
