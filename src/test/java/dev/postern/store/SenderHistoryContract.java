package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Choice;
import dev.postern.approval.HoldRef;
import dev.postern.approval.Judgement;
import dev.postern.approval.Message;
import dev.postern.evidence.Answer;
import dev.postern.mail.RawMessage;
import dev.postern.policy.Action;
import dev.postern.policy.SenderHistory;
import dev.postern.policy.Situation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What rules know of earlier mail of a sender, on any store. */
abstract class SenderHistoryContract extends OnProvenMail {
  private int looks;

  /** Silence, so that it is asked again. */
  @Override
  Answer.Status otherwise() {
    return Answer.Status.TEMPFAIL;
  }

  /** Has what was noted counted. */
  abstract void settle();

  @Test
  void theFirstMessageOfASenderHasNoHistory() {
    world.held("m1");

    assertThat(seen().domain()).isEqualTo(SenderHistory.NONE);
    assertThat(seen().address()).isEqualTo(SenderHistory.NONE);
  }

  @Test
  void mailThatPassesOrIsRefusedInlineCountsThoughItLeavesNoRow() {
    Instant first = world.now;
    world.action = new Action.Release();
    world.desk.judge(world.message("m1"));
    world.now = world.now.plus(Duration.ofHours(1));
    world.desk.judge(world.message("m2"));
    world.action = new Action.Discard();
    world.desk.judge(world.message("m3"));
    settle();

    look();

    assertThat(seen().domain()).isEqualTo(counts(3, 2, 0, 0, 1, first, world.now));
    assertThat(seen().address()).isEqualTo(seen().domain());
    assertThat(world.records.count(Set.of(CaseState.DECIDED))).isZero();
  }

  @Test
  void whatPeopleDecideCountsOnce() {
    CaseId one = world.held("m1");
    CaseId two = world.held("m2");
    world.held("m3");
    String token = world.token(one, CardPlace.WEB);
    world.desk.click(world.click("kim", token, new Choice.ReleaseAll()));
    world.desk.click(world.click("noor", token, new Choice.ReleaseAll()));
    world.act(two, "noor", new Choice.Discard());

    look();

    assertThat(seen().domain()).isEqualTo(counts(3, 0, 3, 1, 1, world.now, world.now));
  }

  @Test
  void aHoldThatIsDeliveredTwiceCountsOnce() {
    world.held("m1");
    assertThat(((Judgement.Held) world.desk.judge(world.message("m1"))).duplicate()).isTrue();
    CaseId followed = world.desk.receive(world.hold("h1")).caseId();
    world.desk.receive(world.hold("h1"));
    world.desk.examine(followed);
    world.desk.examine(followed);

    look();

    assertThat(seen().domain()).isEqualTo(counts(2, 0, 2, 0, 0, world.now, world.now));
  }

  @Test
  void whatARuleDecidesOfAFollowedHoldCounts() {
    world.action = new Action.Release();
    world.desk.examine(world.desk.receive(world.hold("h1")).caseId());
    world.action = new Action.Discard();
    world.desk.examine(world.desk.receive(world.hold("h2")).caseId());

    look();

    assertThat(seen().domain()).isEqualTo(counts(2, 1, 0, 0, 1, world.now, world.now));
  }

  @Test
  void mailThatOnlyClaimsASenderEarnsItNothingAndFindsNothingThatSpeaksForIt() {
    world.action = new Action.Release();
    for (int i = 0; i < 12; i++) {
      world.desk.judge(world.message("true" + i));
    }
    proves = false;
    for (int i = 0; i < 7; i++) {
      world.desk.judge(world.message("false" + i));
    }
    settle();

    look();
    SenderHistory ofTheClaim = seen().domain();
    proves = true;
    look();

    assertThat(ofTheClaim).isEqualTo(SenderHistory.NONE);
    assertThat(seen().domain().passed()).isEqualTo(12);
    assertThat(seen().domain().seen()).isEqualTo(12);
  }

  @Test
  void claimsOfASenderAreRememberedAgainstTheClaim() {
    proves = false;
    world.act(world.held("m1"), "kim", new Choice.Discard());
    world.held("m2");

    look();
    SenderHistory ofTheClaim = seen().domain();
    proves = true;
    look();

    assertThat(ofTheClaim.asked()).isEqualTo(2);
    assertThat(ofTheClaim.discarded()).isEqualTo(1);
    assertThat(seen().domain())
        .as("what others did in its name is not held against the sender")
        .isEqualTo(SenderHistory.NONE);
  }

  @Test
  void anotherLookThatChangesTheRulingMovesTheCount() {
    proves = false;
    CaseId id = world.held("m1");
    proves = true;
    world.action = new Action.Release();
    world.desk.recheck(id, 1);
    assertThat(world.find(id).state()).isEqualTo(CaseState.DECIDED);
    assertThat(seen().domain())
        .as("the message itself is no earlier mail")
        .isEqualTo(SenderHistory.NONE);

    look();
    SenderHistory proved = seen().domain();
    proves = false;
    look();

    assertThat(proved).isEqualTo(counts(1, 1, 0, 0, 0, world.now, world.now));
    assertThat(seen().domain().asked()).isZero();
  }

  @Test
  void anotherLookThatFindsNothingCountsNothing() {
    proves = false;
    CaseId id = world.held("m1");
    world.desk.recheck(id, 1);
    world.desk.recheck(id, 0);

    assertThat(seen().domain().asked()).as("the message itself is no earlier mail").isZero();
    look();
    assertThat(seen().domain().asked()).isEqualTo(1);
  }

  @Test
  void whatTheRuleSawIsKeptWithTheCase() {
    world.action = new Action.Release();
    world.desk.judge(world.message("m1"));
    settle();
    world.action = new Action.Ask("admins");

    CaseId id = world.held("m2");
    Situation.Context saw = world.ruledOn.orElseThrow().context();

    assertThat(world.find(id).context().orElseThrow()).isEqualTo(saw);
    assertThat(saw.domain().passed()).isEqualTo(1);
  }

  @Test
  void aSenderIsItsDomainAndItsAddressApart() {
    world.action = new Action.Release();
    world.desk.judge(
        new Message(
            new HoldRef("smtp", "m1"),
            World.envelope(),
            RawMessage.of(
                "From: Other <other@evil.example>\r\n\r\nHello\r\n"
                    .getBytes(StandardCharsets.US_ASCII)),
            world.now));
    settle();

    look();

    assertThat(seen().domain().passed()).isEqualTo(1);
    assertThat(seen().address()).isEqualTo(SenderHistory.NONE);
  }

  /** A further message, that rules look at. */
  private void look() {
    Action before = world.action;
    world.action = new Action.Ask("admins");
    world.held("look" + looks++);
    world.action = before;
  }

  final Situation.Context seen() {
    return world.ruledOn.orElseThrow().context();
  }

  static SenderHistory counts(
      int seen, int passed, int asked, int released, int discarded, Instant first, Instant last) {
    return new SenderHistory(
        seen, passed, asked, released, discarded, Optional.of(first), Optional.of(last));
  }
}
