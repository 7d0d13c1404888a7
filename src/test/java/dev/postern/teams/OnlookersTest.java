package dev.postern.teams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CardPlace;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseFile;
import dev.postern.card.CardView;
import dev.postern.card.CardWriter;
import dev.postern.card.SampleCases;
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

  @Test
  void inAChatOfTheirOwnOnlyThatPersonLooks() {
    room.members.meet();

    assertThat(of(TeamsRoom.STRANGER)).isEqualTo(new Viewers(List.of("29:Stranger"), TOKEN));
    assertThat(of(TeamsRoom.OUTSIDE).userIds()).isEmpty();
  }
}
