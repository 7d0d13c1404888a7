package dev.postern.teams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.app.Child;
import dev.postern.fake.Mishap;
import dev.postern.fake.Pause;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A press that could not be judged at once, in the whole program. */
final class TeamsLateAnswerIT {
  private static final String TEAM = "19:general@thread.tacv2";
  private static final String CHANNEL = "19:mail-ops@thread.tacv2";
  private static final String KIM = "7faf8bac-cf7c-4d2b-a4a4-d8b0b1d1f1d1";
  private static final String NOOR = "0b6a3c1e-6e0a-4b57-9d0c-9a2f7f1f6a10";
  private static final Map<String, String> CHOSEN =
      Map.of("rel_to", "1", "rel_reason", "I know them");
  private static final String MESSAGE =
      "From: Shop <billing@shop.test>\r\nTo: you@corp.test\r\nSubject: Order\r\n\r\nHello\r\n";

  @TempDir Path folder;

  @Test
  void P3_whoWasToldRecordedIsAnsweredInTheirChatByTheNextProcess() throws Exception {
    BotKey key = BotKey.named("late");
    try (FakeEntra entra = new FakeEntra(InstantSource.system());
        FakeConnector teams = new FakeConnector(entra);
        FakeMetadata metadata = new FakeMetadata().publish(key)) {
      teams.places.team(TEAM, "Security", "00000000-0000-4000-8000-0000000000aa");
      teams.places.channel(TEAM, CHANNEL, "Mail");
      teams.places.member(TEAM, "29:" + KIM, KIM, "user");
      teams.places.member(TEAM, "29:" + NOOR, NOOR, "user");
      Map<String, String> settings =
          new HashMap<>(TeamsHand.settings(entra, teams, metadata, CHANNEL));
      settings.put("POSTERN_PEOPLE_OPERATOR_TEAMS", KIM);
      settings.put("POSTERN_PEOPLE_NOOR_NAME", "Noor");
      settings.put("POSTERN_PEOPLE_NOOR_TEAMS", NOOR);
      teams.http.always("members", Mishap.SERVER_ERROR);
      teams.http.always("member", Mishap.SERVER_ERROR);
      String chat = teams.places.personal("29:" + NOOR);
      try (Child postern = Child.start("try", folder, settings)) {
        TeamsHand hand = new TeamsHand(teams, key, postern.url);
        hand.installed(TEAM);
        postern.mail("billing@shop.test", "you@corp.test", MESSAGE);
        TeamsPlaces.Message card = await(teams, m -> m.card().toString().contains("pn.release"));
        JsonNode release = TeamsHand.action(card.card(), "verb", "pn.release");

        assertThat(hand.press(NOOR, card, release, CHOSEN).path("value").asText())
            .contains("Recorded");
        assertThat(in(teams, chat)).isEmpty();
      }
      teams.http.mend("members");
      teams.http.mend("member");
      try (Child again = Child.start("try", folder, settings)) {
        assertThat(again.url).isNotEmpty();
        TeamsPlaces.Message told = await(teams, m -> m.conversation().equals(chat));
        assertThat(told.card().toString()).contains("You may not decide this case");
      }
      assertThat(in(teams, chat)).hasSize(1);
      assertThat(teams.faults).isEmpty();
    }
  }

  private static List<TeamsPlaces.Message> in(FakeConnector teams, String chat) {
    return teams.places.messages().stream().filter(m -> m.conversation().equals(chat)).toList();
  }

  private static TeamsPlaces.Message await(
      FakeConnector teams, Predicate<TeamsPlaces.Message> wanted) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < end) {
      List<TeamsPlaces.Message> found = teams.places.messages().stream().filter(wanted).toList();
      if (!found.isEmpty()) {
        return found.getFirst();
      }
      Pause.betweenLooks();
    }
    throw new AssertionError("no such message: " + teams.places.messages() + teams.faults);
  }
}
