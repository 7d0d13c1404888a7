package dev.postern.card;

import static dev.postern.approval.CaseBuilder.aCase;
import static dev.postern.approval.CaseBuilder.address;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Act;
import dev.postern.approval.CaseFile;
import dev.postern.approval.Choice;
import dev.postern.card.CardView.Stake;
import dev.postern.mail.EmailAddress;
import dev.postern.policy.StagePlan.ReasonRule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StakesTest {
  private static final List<EmailAddress> THREE =
      List.of(address("a@corp.example"), address("b@corp.example"), address("c@corp.example"));

  @Test
  void aVoteOfSeveralDeliversNothingByItself() {
    CaseFile it =
        aCase().quorum(2).voted("kim", "Kim Park", new Choice.ReleaseAll(), "known").build();

    assertThat(Stakes.ofRelease(it).consequence()).startsWith("This is vote 2 of 2. Once 2 people");
    assertThat(Stakes.ofRelease(aCase().quorum(1).build()).consequence())
        .startsWith("It is delivered at once");
  }

  @ParameterizedTest
  @EnumSource(ReasonRule.class)
  void aReasonIsNeededWherePolicyWantsOne(ReasonRule rule) {
    CaseFile it = aCase().reasons(rule).build();

    assertThat(Stakes.ofRelease(it).reasonNeeded())
        .isEqualTo(rule == ReasonRule.ALWAYS || rule == ReasonRule.RELEASE);
    assertThat(Stakes.ofDiscard(it).reasonNeeded())
        .isEqualTo(rule == ReasonRule.ALWAYS || rule == ReasonRule.DISCARD);
  }

  @Test
  void buttonsThatDecideSayWhatHangsOnThem() {
    CardView card = CardWriterTest.write(SampleCases.spoofed().build());

    assertThat(card.actions().stream().flatMap(a -> a.stake().stream()))
        .extracting(Stake::reasonNeeded)
        .containsExactly(true, false);
  }

  @Test
  void allOfThemAndNoChoiceAtAllAreEverybody() {
    assertThat(Stakes.release(List.of(3, 1, 2, 2), THREE)).contains(new Choice.ReleaseAll());
    assertThat(Stakes.release(List.of(), THREE)).contains(new Choice.ReleaseAll());
  }

  @Test
  void someAreExactlyThose() {
    assertThat(Stakes.release(List.of(3, 1), THREE))
        .contains(new Choice.ReleaseTo(List.of(THREE.get(0), THREE.get(2))));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 4, Integer.MAX_VALUE})
  void whoIsNoRecipientIsNobodyAndNotEverybody(int number) {
    assertThat(Stakes.release(List.of(number), THREE)).isEmpty();
    assertThat(Stakes.release(List.of(1, number), THREE)).isEmpty();
  }

  @Test
  void whatTheFormOfHandingOverSendsBackIsWhatItOffered() {
    assertThat(HandOver.act("aside")).contains(new Act.StepAside());
    assertThat(HandOver.act("withdraw")).contains(new Act.Withdraw());
    assertThat(HandOver.act("to kim")).contains(new Act.HandOver("kim"));
    assertThat(HandOver.act("release")).isEmpty();
    assertThat(HandOver.act("")).isEmpty();
  }
}
