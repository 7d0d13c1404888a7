package dev.postern.card;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Act;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Choice;
import dev.postern.approval.Judgement;
import dev.postern.card.Chat.Seen;
import dev.postern.policy.GrantLaw;
import dev.postern.policy.Grouping;
import dev.postern.policy.StagePlan.ReasonRule;
import dev.postern.store.World;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The story of an approval, the same on every chat platform: the product's own part for the
 * platform over real HTTP, with the desk on a real store.
 */
public abstract class SurfaceContract extends SurfaceTroubles {
  @Test
  void aCardAsksWithTheEvidenceAndShowsTheRestOnDemand() {
    CaseId id = room.held("m1");

    Seen card = room.card(id);

    assertThat(card.asks()).isTrue();
    assertThat(card.content().toString())
        .contains("Subject m1", "eve@evil[.]example", "anna@corp[.]example", "DKIM", "Mail admins");
    assertThat(chat.evidence("kim", card)).contains("SPF", "DMARC");
    assertThat(room.cardIsTrue(id, chat.channel())).isTrue();
  }

  @Test
  void P8_aVoteOfWhoIsAskedActsAtOnceAndTheCardShowsTheProof() {
    CaseId id = room.held("m1");
    Seen card = room.card(id);

    chat.release("kim", card, ALL, WHY);
    room.work();

    assertThat(room.world().quarantine.calls).containsExactly(RELEASE_BOTH);
    assertThat(room.world().find(id).state()).isEqualTo(CaseState.DONE);
    Seen done = room.card(id);
    assertThat(done.id()).as("the same message, edited").isEqualTo(card.id());
    assertThat(done.asks()).isFalse();
    assertThat(done.content().toString())
        .contains("Released", "queued as TEST1")
        .containsAnyOf("The kim", chat.account("kim"));
    assertThat(room.cardIsTrue(id, chat.channel())).isTrue();
  }

  @Test
  void aVoteOnASetCoversLaterOnesWhereItSaysSo() {
    World world = room.world();
    room.dnsComesBack();
    world.grouping = Grouping.USUAL;
    world.law = GrantLaw.USUAL.withOwnRequests();
    CaseId first = room.held("m1");
    room.held("m2");
    room.passes(Duration.ofSeconds(30));
    Seen card = room.card(first);
    assertThat(card.says("Discard all 2")).isTrue();

    chat.discardAndLater("kim", card, WHY);
    room.work();

    assertThat(world.quarantine.calls).hasSize(2);
    assertThat(world.desk.judge(world.message("m3"))).isInstanceOf(Judgement.Reject.class);
    assertThat(room.card(first).says("With the decision began grant PG-")).isTrue();
    assertThat(room.cardIsTrue(first, chat.channel())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"max", "lee", "anna", "guest", "stranger"})
  void P6_whoMayNotDecideIsToldWhyAndTheCardGoesOnAsking(String person) {
    CaseId id = room.held("m1");

    chat.release(person, room.card(id), ALL, WHY);
    room.work();

    room.assertTold(person, refusal(person));
    assertThat(room.world().find(id).state()).isEqualTo(CaseState.ASKING);
    assertThat(room.world().find(id).votes()).isEmpty();
    assertThat(room.world().quarantine.calls).isEmpty();
    assertThat(room.card(id).asks()).isTrue();
  }

  private String refusal(String person) {
    return switch (person) {
      case "anna" -> "You may not decide about your own mail";
      case "guest" -> "Guests do not decide";
      case "stranger" -> chat.refusalOfStrangers();
      default -> "You may not decide this case";
    };
  }

  @Test
  void P2_thePressThatIsDeliveredTwiceIsOneDecision() {
    CaseId id = room.held("m1");

    chat.release("kim", room.card(id), ALL, WHY);
    chat.again();
    room.work();
    chat.again();
    room.work();

    assertThat(room.world().quarantine.calls).containsExactly(RELEASE_BOTH);
    assertThat(room.world().find(id).votes()).hasSize(1);
    assertThat(room.card(id).says("queued as TEST1")).isTrue();
  }

  @Test
  void whoeverComesTooLateIsToldSo() {
    CaseId id = room.held("m1");
    Seen card = room.card(id);
    chat.release("kim", card, ALL, WHY);
    room.work();

    chat.discard("noor", card, WHY);
    room.work();

    room.assertTold("noor", "Already decided");
    assertThat(room.world().quarantine.calls).containsExactly(RELEASE_BOTH);
  }

  @Test
  void P11_aCardOfSupersededEvidenceCountsNoMoreAndTheNewOneDoes() {
    CaseId id = room.held("m1");
    Seen old = room.card(id);
    room.dnsComesBack();
    room.world().desk.recheck(id, 0);
    room.work();

    chat.release("kim", old, ALL, WHY);
    room.work();

    room.assertTold("kim", "Look at the new card and vote again");
    assertThat(room.world().find(id).votes()).isEmpty();
    Seen now = room.card(id);
    assertThat(now.content()).isNotEqualTo(old.content());

    chat.release("kim", now, ALL, WHY);
    room.work();
    assertThat(room.world().find(id).state()).isEqualTo(CaseState.DONE);
  }

  @Test
  void P6_anOlderViewOfTheSameQuestionCountsAndNobodyCountsTwiceByIt() {
    room.world().chain = room.asking(ReasonRule.NEVER, 2);
    CaseId id = room.held("m1");
    Seen first = room.card(id);
    chat.release("kim", first, ALL, WHY);
    room.work();
    assertThat(room.card(id).says("1 of 2")).isTrue();

    chat.release("kim", first, ALL, WHY);
    room.work();
    room.assertTold("kim", "You have voted already");
    assertThat(room.world().find(id).state()).isEqualTo(CaseState.ASKING);

    chat.release("noor", first, ALL, WHY);
    room.work();
    assertThat(room.world().quarantine.calls).containsExactly(RELEASE_BOTH);
  }

  @Test
  void aReasonThatIsNeededIsAskedForAndShown() {
    room.world().chain = room.asking(ReasonRule.ALWAYS, 1);
    CaseId id = room.held("m1");

    chat.release("kim", room.card(id), ALL, "");
    room.work();
    assertThat(room.world().find(id).state()).isEqualTo(CaseState.ASKING);
    room.assertTold("kim", "reason");

    chat.release("kim", room.card(id), ALL, WHY);
    room.work();
    assertThat(room.world().find(id).votes().getFirst().reason()).contains(WHY);
    assertThat(room.card(id).says(WHY)).isTrue();
  }

  @Test
  void whoStepsAsideInAFormIsAskedNoMore() {
    CaseId id = room.held("m1");

    chat.stepAside("kim", room.card(id));
    room.work();
    chat.release("kim", room.card(id), ALL, WHY);
    room.work();

    room.assertTold("kim", "You may not decide this case");
    assertThat(room.world().find(id).state()).isEqualTo(CaseState.ASKING);
    chat.release("noor", room.card(id), ALL, WHY);
    room.work();
    assertThat(room.world().find(id).state()).isEqualTo(CaseState.DONE);
  }

  @Test
  void aReleaseToTheChosenReachesThemAlone() {
    CaseId id = room.held("m1");

    chat.release("kim", room.card(id), List.of(2), WHY);
    room.work();

    assertThat(room.world().quarantine.calls)
        .containsExactly("release [bo@corp.example] attempt 1");
    assertThat(room.world().find(id).decision().orElseThrow().choice())
        .isInstanceOf(Choice.ReleaseTo.class);
    assertThat(room.card(id).says("queued as TEST1")).isTrue();
    assertThat(room.cardIsTrue(id, chat.channel())).isTrue();
  }

  @Test
  void aDiscardIsCarriedOutAndShown() {
    CaseId id = room.held("m1");

    chat.discard("noor", room.card(id), WHY);
    room.work();

    assertThat(room.world().quarantine.calls).containsExactly("discard attempt 1");
    assertThat(room.card(id).content().toString()).contains("Discarded");
    assertThat(room.card(id).asks()).isFalse();
  }

  @Test
  void aRecipientIsAskedInPrivateAndTheAnswerStandsOnTheCard() {
    CaseId id = room.held("m1");
    room.world().act(id, "kim", new Act.Ask(World.address("anna@corp.example")));
    room.work();
    Seen question = room.letter("anna");
    assertThat(question.says("Do you expect")).isTrue();
    assertThat(question.asks()).isFalse();
    assertThat(room.card(id).says("no answer yet")).isTrue();

    chat.testify("anna", question, false);
    room.work();

    assertThat(room.card(id).says("not expected")).isTrue();
    assertThat(room.letter("anna").says("You answered: not expected")).isTrue();
    assertThat(room.world().find(id).votes()).as("it is no vote").isEmpty();
  }

  @Test
  void silencePassesItOnAndOnlyTheNextCardDecides() {
    CaseId id = room.held("m1");
    Seen first = room.card(id);

    room.passes(ChatWorld.WINDOW.plusSeconds(10));

    assertThat(room.card(id).id()).isEqualTo(first.id());
    assertThat(room.card(id).asks()).isFalse();
    Seen second = room.card(id, chat.leads());
    assertThat(second.asks()).isTrue();
    chat.release("kim", first, ALL, WHY);
    room.work();
    room.assertTold("kim", "Leads");
    assertThat(room.world().quarantine.calls).isEmpty();

    chat.release("lee", second, ALL, WHY);
    room.work();

    assertThat(room.world().quarantine.calls).containsExactly(RELEASE_BOTH);
    assertThat(room.cardIsTrue(id, chat.channel())).isTrue();
    assertThat(room.cardIsTrue(id, chat.leads())).isTrue();
  }

  @Test
  void P4_ofTwoPeopleWhoPressAtOnceOneDecides() throws Exception {
    CaseId id = room.held("m1");
    Seen card = room.card(id);

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var kim = threads.submit(() -> chat.discard("kim", card, WHY));
      var noor = threads.submit(() -> chat.discard("noor", card, WHY));
      kim.get();
      noor.get();
    }
    room.work();

    assertThat(room.world().quarantine.calls).containsExactly("discard attempt 1");
    String first = room.world().find(id).votes().getFirst().personId();
    room.assertTold(first.equals("kim") ? "noor" : "kim", "Already decided");
    assertThat(room.cardIsTrue(id, chat.channel())).isTrue();
  }
}
