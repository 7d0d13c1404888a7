package dev.postern.teams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.AStage;
import dev.postern.approval.Ballot;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseBuilder;
import dev.postern.approval.CaseFile;
import dev.postern.approval.Stage;
import dev.postern.card.CardView;
import dev.postern.card.CardWriter;
import dev.postern.card.SampleCases;
import dev.postern.policy.StagePlan.ReasonRule;
import dev.postern.teams.card.Viewers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is shown the newest card whenever they look at it. */
class OnlookersTest {
  private static final String TOKEN = "pn1.token";

  private final TeamsRoom room = new TeamsRoom();
  private final CaseFile asking = SampleCases.spoofed().build();

  @BeforeEach
  void aCase() {
    room.cases.put(asking);
  }

  @AfterEach
  void close() {
    room.close();
  }

  private CardView card(CaseFile it, Optional<String> token) {
    CardPlace place = new CardPlace("teams", TeamsRoom.CHANNEL);
    CardRow row = new CardRow("c1", it.id(), place, Optional.empty(), Optional.empty(), 1, 1);
    return new CardWriter(room.people).write(it, row, token, room.now);
  }

  private Viewers of(String place) {
    return room.onlookers().of(card(asking, Optional.of(TOKEN)), place);
  }

  @Test
  void whoIsAskedAndWasMetSeesTheNewest() {
    room.members.meet();

    assertThat(of(TeamsRoom.CHANNEL)).isEqualTo(new Viewers(List.of("29:Kim", "29:Noor"), TOKEN));
  }

  @Test
  void whoWasNotMetYetIsLeftOut() throws Exception {
    room.members.seat(TeamsRoom.NOOR);

    assertThat(of(TeamsRoom.CHANNEL).userIds()).containsExactly("29:Noor");
  }

  @Test
  void whereNobodyWasMetAllSeeTheSame() {
    assertThat(of(TeamsRoom.CHANNEL)).isEqualTo(Viewers.all());
  }

  @Test
  void aCardThatNobodyCanDecideIsTheSameForAll() {
    room.members.meet();

    CardView card = card(asking, Optional.empty());

    assertThat(room.onlookers().of(card, TeamsRoom.CHANNEL)).isEqualTo(Viewers.all());
  }

  @Test
  void aCaseThatIsGoneHasNoOnlookers() {
    room.members.meet();
    room.cases.clear();

    assertThat(of(TeamsRoom.CHANNEL)).isEqualTo(Viewers.all());
  }

  private void mayVote(String person) {
    room.ballots =
        (id, who) ->
            id.equals(asking.id()) && who.id().equals(person)
                ? Optional.of(
                    new Ballot(
                        "pn1.web", List.of("release"), asking.openStage().orElseThrow(), List.of()))
                : Optional.empty();
  }

  private CardView seen(String account) {
    CardView card = card(asking, Optional.of(TOKEN));
    return room.onlookers().seen(card, TeamsRoom.CHANNEL, account);
  }

  @Test
  void whoMayVoteNowSeesTheButtonsAndNobodyElse() {
    mayVote("kim");

    assertThat(seen(TeamsRoom.KIM)).isEqualTo(card(asking, Optional.of(TOKEN)));
    for (String other :
        List.of(TeamsRoom.NOOR, TeamsRoom.GUEST, TeamsRoom.STRANGER, TeamsRoom.OUTSIDE, "")) {
      assertThat(seen(other).decides()).as(other).isFalse();
      assertThat(seen(other).groups().getLast().id()).isEqualTo("asked");
    }
    assertThat(room.teams.http.asks).as("nobody was asked who that is").isEmpty();
  }

  /** Who may break the glass does so elsewhere: the buttons of this card are another stage's. */
  @Test
  void whoMayVoteOnAnotherStageSeesNoButtonsOfThisOne() {
    Stage other =
        new AStage(99, "Break-glass", List.of("kim"), 1, ReasonRule.ALWAYS, room.now, room.now)
            .in(Stage.State.OPEN);
    room.ballots = (_, _) -> Optional.of(new Ballot("pn1.web", List.of(), other, List.of()));

    assertThat(seen(TeamsRoom.KIM).decides()).isFalse();
  }

  @Test
  void aCardThatNobodyCanDecideIsSeenTheSameByAll() {
    CardView card = card(asking, Optional.empty());

    assertThat(room.onlookers().seen(card, TeamsRoom.CHANNEL, TeamsRoom.STRANGER)).isEqualTo(card);
    room.cases.clear();
    CardView gone = card(asking, Optional.of(TOKEN));
    assertThat(room.onlookers().seen(gone, TeamsRoom.CHANNEL, TeamsRoom.STRANGER)).isEqualTo(gone);
  }

  @Test
  void aCardInAChatOfOneIsTheSameAsItWasSent() {
    CardView card = card(asking, Optional.of(TOKEN));

    assertThat(room.onlookers().seen(card, TeamsRoom.KIM, TeamsRoom.KIM)).isEqualTo(card);
  }

  @Test
  void whoHasVotedComesBehindThoseWhoHaveNot() {
    room.cases.put(
        SampleCases.spoofed().voted("kim", "Kim Park", CaseBuilder.release(), "").build());
    room.members.meet();

    assertThat(of(TeamsRoom.CHANNEL).userIds()).containsExactly("29:Noor", "29:Kim");
  }

  @Test
  void inAChatOfTheirOwnOnlyThatPersonLooks() {
    room.members.meet();

    assertThat(of(TeamsRoom.STRANGER)).isEqualTo(new Viewers(List.of("29:Stranger"), TOKEN));
    assertThat(of(TeamsRoom.OUTSIDE).userIds()).isEmpty();
  }
}
