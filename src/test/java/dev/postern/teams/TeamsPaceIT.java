package dev.postern.teams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseId;
import dev.postern.approval.People;
import dev.postern.card.CardView;
import dev.postern.card.CardWriter;
import dev.postern.card.Errand;
import dev.postern.card.Notice;
import dev.postern.card.SurfaceTrouble;
import dev.postern.card.pace.Pace;
import dev.postern.card.pace.Pacing;
import dev.postern.policy.APlan;
import dev.postern.teams.card.AdaptiveCards;
import dev.postern.teams.card.Viewers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A burst of cases in one channel of a Teams that takes no more than it says it takes. */
class TeamsPaceIT {
  private static final int CASES = 200;
  private static final CardPlace HERE = new CardPlace("teams", SurfaceRoom.CHANNEL);

  @TempDir Path folder;
  private final People people = new People().and("kim").and("noor");
  private final List<CaseId> cases = new ArrayList<>();
  private SurfaceRoom room;
  private StrictRates rates;

  @BeforeEach
  void open() {
    room = new SurfaceRoom(folder, people);
    rates = new StrictRates(() -> room.world.now);
    room.teams.rates = Optional.of(rates);
    room.world.chain =
        APlan.of("Mail admins", "group:admins")
            .quorum(2)
            .channels("teams:" + SurfaceRoom.CHANNEL)
            .chain("admins");
  }

  @AfterEach
  void close() {
    room.close();
  }

  @Test
  void P12_aBurstOfTwoHundredCasesInOneChannelMeetsNo429AndEveryCardIsTrueInTheEnd()
      throws Exception {
    Instant begun = room.world.now;
    for (int i = 0; i < CASES; i++) {
      cases.add(room.world.held("m" + i));
    }
    room.seconds(100);
    assertThat(room.teams.places.messages().size())
        .as("a card a second, and no fewer")
        .isBetween(80, 110);

    // Everybody votes while half of the cards are still on their way, and some twice.
    cases.forEach(id -> room.world.release(id, "kim"));
    room.seconds(20);
    cases.subList(0, 60).forEach(id -> room.world.release(id, "noor"));
    while (room.table.cardsBehind() > 0
        && room.world.now.isBefore(begun.plus(Duration.ofMinutes(30)))) {
      room.seconds(1);
    }

    assertThat(rates.refused).as("requests that Teams refused").hasValue(0);
    assertThat(room.table.cardsBehind()).isZero();
    assertThat(room.teams.places.messages()).hasSize(CASES);
    assertThat(room.teams.faults).isEmpty();
    assertEveryCardIsTrue();
    Duration took = Duration.between(begun, room.world.now);
    System.out.printf(
        "burst: %d cards, %d updates in %s%n",
        CASES, room.teams.http.errands().stream().filter("update"::equals).count(), took);
    assertThat(took).isLessThan(Duration.ofMinutes(12));
  }

  @Test
  void P12_aDayOfBurstsKeepsToTheRateOfTheHourToo() {
    Pace pace = new Pace(new TeamsRates(), Pacing.ON, () -> room.world.now);
    List<Instant> taken = new ArrayList<>();
    for (int second = 0; second < 3 * 3600; second++) {
      while (pace.book(TeamsRates.writes("19:x@thread.v2"), "card-" + taken.size(), true)
          .isEmpty()) {
        taken.add(room.world.now);
      }
      room.world.now = room.world.now.plusSeconds(1);
    }

    for (Instant from : taken) {
      long within =
          taken.stream()
              .filter(at -> !at.isBefore(from) && at.isBefore(from.plusSeconds(3600)))
              .count();
      assertThat(within).isLessThanOrEqualTo(1800);
    }
    assertThat(taken.size()).as("and hardly less").isGreaterThan(3 * 900);
  }

  @Test
  void withoutPacingTheSameTeamsRefusesMany() {
    for (int i = 0; i < 30; i++) {
      try {
        room.surface.remind(
            SurfaceRoom.CHANNEL + ";messageid=1 1", new Notice("Please decide", "It still waits."));
      } catch (SurfaceTrouble refused) {
        assertThat(refused).hasMessageContaining("429");
      }
    }

    assertThat(rates.refused).as("the fake is strict").hasValueGreaterThan(20);
  }

  @Test
  void whatSomebodyWaitsForGoesAtOnceAndIsCounted() throws SurfaceTrouble {
    Pace pace = new Pace(new TeamsRates(), Pacing.ON, () -> room.world.now);
    for (int i = 0; i < 10; i++) {
      pace.spend(TeamsRates.writes(SurfaceRoom.CHANNEL));
    }

    assertThat(pace.book(TeamsRates.writes(SurfaceRoom.CHANNEL), "card", true))
        .hasValueSatisfying(wait -> assertThat(wait).isGreaterThan(Duration.ofSeconds(2)));
    assertThat(pace.book(TeamsRates.writes("19:other@thread.tacv2"), "card", true)).isEmpty();
    assertThat(room.surface.book(new Errand(Errand.Kind.FIND, "card", HERE, true))).isEmpty();
  }

  private void assertEveryCardIsTrue() throws Exception {
    CardWriter writer = new CardWriter(people);
    for (CaseId id : cases) {
      CardRow row =
          room.world.records.cards(id).stream()
              .filter(c -> c.place().equals(HERE))
              .findFirst()
              .orElseThrow();
      String message = row.externalId().orElseThrow().replaceFirst(".* ", "");
      JsonNode shown =
          room.teams.places.messages().stream()
              .filter(m -> m.id().equals(message))
              .findFirst()
              .orElseThrow()
              .card();
      CardView truth =
          writer.write(
              room.world.find(id),
              room.world.records.backstory(id),
              row,
              row.token().map(room.world.tokens::seal),
              room.world.now);
      assertThat(shown)
          .as("card of " + id)
          .isEqualTo(
              new ObjectMapper().readTree(AdaptiveCards.of(truth, Viewers.all()).toString()));
    }
  }
}
