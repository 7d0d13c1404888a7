package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Answer;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Choice;
import dev.postern.approval.Click;
import dev.postern.approval.Identity;
import dev.postern.approval.Outcome;
import dev.postern.approval.Refusal;
import dev.postern.evidence.Digest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the desk promises of tokens and votes, on any store. */
abstract class VoteContract extends OnAWorld {
  @Test
  void P5_P11_tokenOfOtherEvidenceNeverActs() {
    CaseId id = world.held("m1");
    String web = world.token(id, CardPlace.WEB);
    world.records.change(
        id,
        (tx, it) -> {
          tx.keepEvidence(
              it.evidence().orElseThrow(), Digest.of("examined again"), it.context().orElseThrow());
          return null;
        });

    assertRefused(
        world.desk.click(world.click("kim", web, new Choice.ReleaseAll())), Refusal.CHANGED);
    assertThat(world.find(id).votes()).isEmpty();
  }

  @Test
  void P5_tokenOfAStageThatHasClosedNeverActs() {
    CaseId id = world.held("m1");
    String web = world.token(id, CardPlace.WEB);
    world.quarantine.says = Outcome.Kind.PERM_FAIL;
    world.release(id, "kim");
    world.effects.carryOut(1);
    assertThat(world.find(id).openStage()).as("a second stage is open").isPresent();

    assertRefused(
        world.desk.click(world.click("noor", web, new Choice.ReleaseAll())), Refusal.TOKEN_USED);
    assertThat(world.find(id).votes()).isEmpty();
  }

  /** Once a card said "2 of 2 votes, one more must agree". */
  @Test
  void P12_aCaseIsReadAsOfOneMoment() throws Exception {
    world.chain = World.chain(2);
    for (int i = 0; i < 20; i++) {
      CaseId id = world.held("m" + i);
      String web = world.token(id, CardPlace.WEB);
      atOnce(
          4,
          n ->
              switch (n) {
                case 0 -> world.desk.click(world.click("kim", web, new Choice.ReleaseAll()));
                case 1 -> world.desk.click(world.click("noor", web, new Choice.ReleaseAll()));
                default -> {
                  for (CaseFile it = world.find(id);
                      it.state() == CaseState.ASKING;
                      it = world.find(id)) {
                    assertThat(it.votes()).as("votes of an open stage").hasSizeLessThan(2);
                  }
                  yield "read";
                }
              });
    }
  }

  @Test
  void P4_tenThousandRacersOnAQuorumOfOne_oneWins() throws Exception {
    CaseId id = world.held("m1");
    String web = world.token(id, CardPlace.WEB);
    List<Answer> answers =
        atOnce(
            10_000,
            n ->
                world.desk.click(
                    world.click(
                        List.of("kim", "noor").get(n % 2),
                        web,
                        n % 3 == 0 ? new Choice.Discard() : new Choice.ReleaseAll())));

    assertThat(answers).filteredOn(a -> a instanceof Answer.Decided).hasSize(1);
    assertThat(answers).filteredOn(a -> a instanceof Answer.Refused).hasSize(9_999);
    assertThat(world.find(id).votes()).hasSize(1);
    assertThat(world.records.token(world.tokens.open(web).orElseThrow()).orElseThrow().usesLeft())
        .isZero();
  }

  @Test
  void P4_racersOnTheCardsOfTwoSurfacesStillDecideOnce() throws Exception {
    CaseId id = world.held("m1");
    String web = world.token(id, CardPlace.WEB);
    String slack = world.token(id, World.SLACK);
    List<Answer> answers =
        atOnce(
            200,
            n ->
                n % 2 == 0
                    ? world.desk.click(world.click("kim", web, new Choice.ReleaseAll()))
                    : world.desk.click(onSlack("s" + n, "Unoor", slack, World.SLACK.channel())));

    assertThat(answers).filteredOn(a -> a instanceof Answer.Decided).hasSize(1);
  }

  private static Click onSlack(String event, String user, String token, String channel) {
    return new Click(
        event,
        "slack",
        new Identity("slack", "T1", user),
        token,
        channel,
        new Choice.ReleaseAll(),
        "because");
  }

  @Test
  void P5_voteWithoutTheRightLeavesTheTokenUntouched() {
    CaseId id = world.held("m1");
    String web = world.token(id, CardPlace.WEB);

    Answer answer = world.desk.click(world.click("mallory", web, new Choice.ReleaseAll()));

    assertRefused(answer, Refusal.NOT_ALLOWED);
    assertThat(world.records.tokenAt(id, CardPlace.WEB).orElseThrow().usesLeft()).isEqualTo(1);
    assertThat(world.release(id, "kim")).isInstanceOf(Answer.Decided.class);
  }

  @Test
  void P5_tokenOfAnotherCardOrPlaceNeverActs() {
    CaseId id = world.held("m1");
    String slack = world.token(id, World.SLACK);

    assertRefused(
        world.desk.click(world.click("kim", slack, new Choice.ReleaseAll())), Refusal.WRONG_PLACE);
    assertRefused(world.desk.click(onSlack("s1", "Ukim", slack, "C-copied")), Refusal.WRONG_PLACE);
    assertThat(world.find(id).state()).isEqualTo(CaseState.ASKING);
  }

  @Test
  void P5_forgedTokenNeverActs() {
    CaseId id = world.held("m1");
    String token = world.token(id, CardPlace.WEB);
    char last = token.charAt(token.length() - 1);
    String forged = token.substring(0, token.length() - 1) + (last == 'A' ? 'B' : 'A');

    assertRefused(
        world.desk.click(world.click("kim", forged, new Choice.ReleaseAll())), Refusal.FORGED);
    assertRefused(
        world.desk.click(world.click("kim", "nonsense", new Choice.ReleaseAll())), Refusal.FORGED);
  }

  @Test
  void P5_tokenPastItsTimeNeverActs() {
    CaseId id = world.held("m1");
    String web = world.token(id, CardPlace.WEB);
    world.now = world.now.plus(Duration.ofHours(4));

    assertRefused(
        world.desk.click(world.click("kim", web, new Choice.ReleaseAll())), Refusal.EXPIRED);
  }

  @Test
  void P5_usedTokenIsRefusedAndSaysWhoDecided() {
    CaseId id = world.held("m1");
    String web = world.token(id, CardPlace.WEB);
    world.release(id, "kim");

    Answer again = world.desk.click(world.click("noor", web, new Choice.Discard()));

    assertRefused(again, Refusal.TOKEN_USED);
    assertThat(((Answer.Refused) again).detail()).isEqualTo("The kim");
  }

  @Test
  void P6_onePersonCountsOnceAndRecipientsNever() {
    world.chain = World.chain(2);
    CaseId id = world.held("m1");

    assertThat(world.release(id, "kim")).isEqualTo(new Answer.Counted(id, 1));
    assertRefused(
        world.desk.click(
            onSlack("s1", "Ukim", world.token(id, World.SLACK), World.SLACK.channel())),
        Refusal.VOTED_ALREADY);
    assertRefused(world.release(id, "anna"), Refusal.OWN_MESSAGE);
    assertThat(world.release(id, "noor")).isInstanceOf(Answer.Decided.class);
  }

  @Test
  void sameEventAgainGetsTheSameAnswerAndOneVote() {
    world.chain = World.chain(2);
    CaseId id = world.held("m1");
    Click click = world.click("kim", world.token(id, CardPlace.WEB), new Choice.ReleaseAll());

    assertThat(world.desk.click(click)).isEqualTo(world.desk.click(click));
    assertThat(world.find(id).votes()).hasSize(1);
  }

  @Test
  void eventThatComesAgainWithOtherContentIsRefused() {
    Click first =
        world.click("kim", world.token(world.held("m1"), CardPlace.WEB), new Choice.ReleaseAll());
    CaseId other = world.held("m2");
    Click second =
        new Click(
            first.eventId(),
            "web",
            first.who(),
            world.token(other, CardPlace.WEB),
            "",
            first.act(),
            "");
    world.desk.click(first);

    assertRefused(world.desk.click(second), Refusal.FORGED);
    assertThat(world.find(other).state()).isEqualTo(CaseState.ASKING);
  }

  @Test
  void votesForDifferentChoicesDoNotAddUp_andOneDiscardEndsTheStage() {
    world.chain = World.chain(2);
    CaseId id = world.held("m1");
    String web = world.token(id, CardPlace.WEB);
    Choice toBo = new Choice.ReleaseTo(List.of(World.address("bo@corp.example")));

    assertThat(world.release(id, "kim")).isEqualTo(new Answer.Counted(id, 1));
    assertThat(world.desk.click(world.click("noor", web, toBo)))
        .isEqualTo(new Answer.Counted(id, 1));

    CaseId other = world.held("m2");
    String otherWeb = world.token(other, CardPlace.WEB);
    assertThat(world.desk.click(world.click("kim", otherWeb, new Choice.Discard())))
        .isEqualTo(new Answer.Decided(other, new Choice.Discard()));
  }

  @Test
  void discardWithoutTheReasonThatTheStageWantsIsRefusedAndSpendsNothing() {
    CaseId id = world.held("m1");
    String web = world.token(id, CardPlace.WEB);
    Click bare =
        new Click("x", "web", Identity.ofPostern("kim"), web, "", new Choice.Discard(), " ");

    assertRefused(world.desk.click(bare), Refusal.REASON_NEEDED);
    assertThat(world.release(id, "kim")).isInstanceOf(Answer.Decided.class);
  }

  @Test
  void releaseToSomebodyWhoIsNoRecipientIsRefused() {
    CaseId id = world.held("m1");
    Choice elsewhere = new Choice.ReleaseTo(List.of(World.address("eve@evil.example")));

    assertRefused(
        world.desk.click(world.click("kim", world.token(id, CardPlace.WEB), elsewhere)),
        Refusal.WRONG_RECIPIENTS);
  }
}
