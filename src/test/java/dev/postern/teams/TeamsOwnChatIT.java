package dev.postern.teams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.app.Child;
import dev.postern.fake.Pause;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A single approver who is asked in the chat with Postern, in the whole program. */
final class TeamsOwnChatIT {
  private static final String TEAM = "19:general@thread.tacv2";
  private static final String CHANNEL = "19:mail-ops@thread.tacv2";
  private static final String KIM = "7faf8bac-cf7c-4d2b-a4a4-d8b0b1d1f1d1";
  private static final String NOOR = "0b6a3c1e-6e0a-4b57-9d0c-9a2f7f1f6a10";
  private static final Map<String, String> CHOSEN =
      Map.of("rel_to", "1", "rel_reason", "I know them");
  private static final String MESSAGE =
      "From: Shop <billing@shop.test>\r\nTo: you@corp.test\r\nSubject: Order\r\n\r\nHello\r\n";
  private static final String ALONE =
      """
      chains:
        mail:
          name: Duty manager
          approvers: [operator]
          window: 4h
          channels: [own-chats]
      rules: []
      """;

  @TempDir Path folder;
  private final FakeEntra entra = new FakeEntra(InstantSource.system());
  private final FakeConnector teams = new FakeConnector(entra);
  private final FakeMetadata metadata = new FakeMetadata();
  private final BotKey key = BotKey.named("own-chats");

  @BeforeEach
  void open() {
    metadata.publish(key);
    teams.places.team(TEAM, "Security", "00000000-0000-4000-8000-0000000000aa");
    teams.places.channel(TEAM, CHANNEL, "Mail");
    teams.places.member(TEAM, "29:" + KIM, KIM, "user");
    teams.places.member(TEAM, "29:" + NOOR, NOOR, "user");
  }

  @AfterEach
  void close() {
    metadata.close();
    teams.close();
    entra.close();
  }

  private Map<String, String> settings() throws Exception {
    Map<String, String> settings =
        new HashMap<>(TeamsHand.settings(entra, teams, metadata, CHANNEL));
    settings.put("POSTERN_PEOPLE_OPERATOR_TEAMS", KIM);
    settings.put("POSTERN_POLICY_FILE", written(ALONE));
    return settings;
  }

  private String written(String policy) throws Exception {
    return Files.writeString(folder.resolve("p.yaml"), policy).toString();
  }

  private static String held(Child postern) throws Exception {
    String reply = postern.mail("billing@shop.test", "you@corp.test", MESSAGE);
    return reply.substring(reply.length() - 12);
  }

  @Test
  void theCardStandsBeforeThatPersonAlone_isDecidedThere_andEndsTrue() throws Exception {
    String chat = teams.places.personal("29:" + KIM);
    try (Child postern = Child.start("try", folder, settings())) {
      TeamsHand hand = new TeamsHand(teams, key, postern.url);
      hand.installed(TEAM);
      String id = held(postern);
      TeamsPlaces.Message card = await(id, m -> m.card().toString().contains("pn.release"));
      assertThat(card.conversation()).isEqualTo(chat);
      JsonNode release = TeamsHand.action(card.card(), "verb", "pn.release");

      assertThat(hand.press(NOOR, card, release, CHOSEN).path("value").asText())
          .as("a colleague, who is no approver")
          .contains("may not decide");
      JsonNode answer = hand.press(KIM, card, release, CHOSEN);

      assertThat(answer.path("type").asText())
          .as("%s", answer)
          .isEqualTo("application/vnd.microsoft.card.adaptive");
      TeamsPlaces.Message done = await(id, m -> m.card().toString().contains("queued as"));
      assertThat(done.id()).as("the same message, edited").isEqualTo(card.id());
      assertThat(of(id)).allMatch(m -> m.conversation().equals(chat));
      assertThat(teams.faults).isEmpty();
    }
  }

  @Test
  void P5_aCardInSomebodysChatCountsForThatPersonAlone_whoeverElseMayDecide() throws Exception {
    String chat = teams.places.personal("29:" + KIM);
    Map<String, String> settings = settings();
    settings.put("POSTERN_PEOPLE_NOOR_TEAMS", NOOR);
    String both = ALONE.replace("[operator]", "[operator, noor]");
    settings.put("POSTERN_POLICY_FILE", written(both));
    try (Child postern = Child.start("try", folder, settings)) {
      TeamsHand hand = new TeamsHand(teams, key, postern.url);
      hand.installed(TEAM);
      TeamsPlaces.Message kims =
          await(
              held(postern),
              m -> m.conversation().equals(chat) && m.card().toString().contains("pn.release"));
      JsonNode release = TeamsHand.action(kims.card(), "verb", "pn.release");

      assertThat(hand.press(NOOR, kims, release, CHOSEN).path("value").asText())
          .as("another approver with the card of the first")
          .contains("copied from another channel");
      assertThat(hand.press(KIM, kims, release, CHOSEN).path("type").asText())
          .isEqualTo("application/vnd.microsoft.card.adaptive");
      assertThat(teams.faults).isEmpty();
    }
  }

  @Test
  void whereTheChatIsNotToBeHadTheChannelIsAsked_andItsCardSaysWhoCouldNotBe() throws Exception {
    teams.places.mood(teams.places.personal("29:" + KIM), TeamsPlaces.Mood.BLOCKED);
    try (Child postern = Child.start("try", folder, settings())) {
      TeamsHand hand = new TeamsHand(teams, key, postern.url);
      hand.installed(TEAM);
      String id = held(postern);

      TeamsPlaces.Message card = await(id, m -> m.card().toString().contains("pn.release"));

      assertThat(card.conversation()).startsWith(CHANNEL);
      assertThat(card.card().toString())
          .contains("Could not ask", "in a chat of their own in Teams", "takes no messages");
      JsonNode release = TeamsHand.action(card.card(), "verb", "pn.release");
      hand.press(KIM, card, release, CHOSEN);
      await(id, m -> m.card().toString().contains("queued as"));
      assertThat(teams.faults).isEmpty();
    }
  }

  private List<TeamsPlaces.Message> of(String id) {
    return teams.places.messages().stream().filter(m -> m.card().toString().contains(id)).toList();
  }

  private TeamsPlaces.Message await(String id, Predicate<TeamsPlaces.Message> wanted) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < end) {
      Optional<TeamsPlaces.Message> found = of(id).stream().filter(wanted).findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      Pause.betweenLooks();
    }
    throw new AssertionError("no such message: " + teams.places.messages() + teams.faults);
  }
}
