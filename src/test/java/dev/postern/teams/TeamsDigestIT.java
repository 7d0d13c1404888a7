package dev.postern.teams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.People;
import dev.postern.card.DailyDigest;
import dev.postern.card.DigestPlan;
import dev.postern.card.Pauses;
import dev.postern.card.Surfaces;
import dev.postern.fake.Mishap;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The day, told in a channel of Teams. */
class TeamsDigestIT {
  private static final Pattern CHANNELS = Pattern.compile(TeamsSettings.CONVERSATION);

  @TempDir Path folder;
  private final Pauses pauses = new Surfaces(List.of(), new Random(1)).pauses();
  private SurfaceRoom room;

  @BeforeEach
  void open() {
    room = new SurfaceRoom(folder, new People().and("kim"));
    var _ = room.world.held("m1");
    room.world.now = Instant.parse("2026-11-25T07:00:30Z"); // 08:00:30 in Berlin
  }

  @AfterEach
  void close() {
    room.close();
  }

  private DailyDigest replica() {
    String plan = SurfaceRoom.CHANNEL + " 08:00 Europe/Berlin";
    return new DailyDigest(
        DigestPlan.parse(plan, CHANNELS).orElseThrow(),
        room.world.store().days(),
        room.surface,
        pauses,
        () -> room.world.now);
  }

  private List<TeamsPlaces.Message> told() {
    return room.teams.places.messages();
  }

  @Test
  void theDayIsToldOnce_whoeverLooksAndHoweverOften() {
    DailyDigest one = replica();
    DailyDigest other = replica();
    for (int minute = 0; minute < 5; minute++) {
      one.look();
      other.look();
      room.world.now = room.world.now.plusSeconds(60);
    }

    assertThat(told()).singleElement().satisfies(m -> assertThat(m.card()).isNotEmpty());
    assertThat(room.teams.faults).isEmpty();
  }

  @Test
  void whatTeamsDidSurelyNotTakeIsToldLater() {
    room.teams.http.order("open", Mishap.RATE_LIMITED);
    DailyDigest digest = replica();
    digest.look();
    assertThat(told()).isEmpty();

    for (int minute = 0; minute < 5; minute++) {
      room.world.now = room.world.now.plusSeconds(60);
      digest.look();
    }
    assertThat(told()).hasSize(1);
  }

  @Test
  void P12_whereTheAnswerWasLostItIsNotToldTwice() {
    room.teams.http.order("open", Mishap.LOST_ANSWER);
    DailyDigest digest = replica();
    digest.look();
    for (int minute = 0; minute < 10; minute++) {
      room.world.now = room.world.now.plusSeconds(60);
      digest.look();
      replica().look();
    }

    assertThat(told()).hasSize(1);
  }
}
