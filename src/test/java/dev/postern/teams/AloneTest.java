package dev.postern.teams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.postern.approval.CardPlace;
import dev.postern.approval.People;
import dev.postern.approval.Testimony.Absence;
import dev.postern.card.CardSample;
import dev.postern.card.SurfaceTrouble;
import dev.postern.card.SurfaceTrouble.Kind;
import dev.postern.card.Unreachable;
import dev.postern.teams.wire.Conversation;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cards for one person alone: what is the person's own refusal, and what is not. */
class AloneTest {
  private static final String KIM = "7faf8bac-cf7c-4d2b-a4a4-d8b0b1d1f1d1";
  private static final CardPlace KIMS = CardPlace.ownChat("teams", KIM);

  @TempDir Path folder;
  private SurfaceRoom room;

  @BeforeEach
  void open() {
    room = new SurfaceRoom(folder, new People().and("kim"));
    room.teams.places.member(SurfaceRoom.TEAM, "29:Kim", KIM, "user");
  }

  @AfterEach
  void close() {
    room.close();
  }

  private String post() throws SurfaceTrouble {
    return room.surface.post("card-1", KIMS, CardSample.named("pending-high"));
  }

  private SurfaceTrouble trouble() {
    return catchThrowableOfType(SurfaceTrouble.class, this::post);
  }

  @Test
  void aTeamThatTellsNobodyWhoIsInItSaysNothingOfThatPerson() {
    room.teams.places.mood(SurfaceRoom.TEAM, TeamsPlaces.Mood.REMOVED);

    assertThat(trouble()).isNotInstanceOf(Unreachable.class);
    assertThat(trouble().kind()).isEqualTo(Kind.CLOSED);
  }

  @Test
  void whoBlocksTheAppIsNotReached() {
    room.teams.places.mood(room.teams.places.personal("29:Kim"), TeamsPlaces.Mood.BLOCKED);

    assertNotReached();
  }

  @Test
  void aChatThatIsThereNoLongerIsBegunAnew() throws SurfaceTrouble {
    room.places.begun(KIM, new Conversation(room.teams.url(), "a:of-another-time"));

    assertThat(trouble().kind()).isEqualTo(Kind.AWAY);
    assertThat(post()).startsWith("a:Kim ");
    assertThat(room.teams.places.messages()).hasSize(1);
  }

  @Test
  void whoBlocksTheAppInAChatThatWasThereIsNotReachedEither() throws SurfaceTrouble {
    assertThat(post()).startsWith("a:Kim ");
    room.teams.places.mood(room.teams.places.personal("29:Kim"), TeamsPlaces.Mood.BLOCKED);

    assertThat(trouble().kind()).isEqualTo(Kind.AWAY);
    assertNotReached();
    assertThat(room.teams.faults).isEmpty();
  }

  private void assertNotReached() {
    assertThatThrownBy(this::post)
        .isInstanceOfSatisfying(
            Unreachable.class, nobody -> assertThat(nobody.why()).isEqualTo(Absence.NO_MESSAGES));
  }
}
