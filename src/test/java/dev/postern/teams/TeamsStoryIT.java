package dev.postern.teams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.app.Child;
import dev.postern.fake.Mishap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program with Teams: mail is held, a card asks, a press decides, the card tells. */
final class TeamsStoryIT {
  private static final String TEAM = "19:general@thread.tacv2";
  private static final String CHANNEL = "19:mail-ops@thread.tacv2";
  private static final String KIM = "7faf8bac-cf7c-4d2b-a4a4-d8b0b1d1f1d1";
  private static final String GUEST = "8faf8bac-cf7c-4d2b-a4a4-d8b0b1d1f1d2";
  private static final String NOBODY = "9faf8bac-cf7c-4d2b-a4a4-d8b0b1d1f1d3";
  private static final String MESSAGE =
      "From: Shop <billing@shop.test>\r\nTo: you@corp.test\r\nSubject: Order\r\n\r\nHello\r\n";

  private static final Map<String, String> CHOSEN =
      Map.of("rel_to", "1", "rel_reason", "I know them");

  @TempDir Path folder;
  private final FakeEntra entra = new FakeEntra(InstantSource.system());
  private final FakeConnector teams = new FakeConnector(entra);
  private final FakeMetadata metadata = new FakeMetadata();
  private final BotKey key = BotKey.named("story");

  @BeforeEach
  void aTeamWithAChannel() {
    metadata.publish(key);
    teams.places.team(TEAM, "Security", "00000000-0000-4000-8000-0000000000aa");
    teams.places.channel(TEAM, CHANNEL, "Mail");
    teams.places.member(TEAM, "29:" + KIM, KIM, "user");
    teams.places.member(TEAM, "29:" + GUEST, GUEST, "guest");
    teams.places.member(TEAM, "29:" + NOBODY, NOBODY, "user");
  }

  @AfterEach
  void close() {
    metadata.close();
    teams.close();
    entra.close();
  }

  @Test
  void P8_aPressInTeamsReleasesTheMailAndTheCardShowsTheNextHopsReply() throws Exception {
    try (Child postern = Child.start("try", folder, settings())) {
      TeamsHand hand = new TeamsHand(teams, key, postern.url);
      assertThat(hand.installed(TEAM).statusCode()).isEqualTo(200);
      String id = held(postern);
      TeamsPlaces.Message card = await(id, m -> m.card().toString().contains("pn.release"));
      JsonNode release = TeamsHand.action(card.card(), "verb", "pn.release");

      assertThat(hand.press(NOBODY, card, release, CHOSEN).path("value").asText())
          .contains("You may not decide this case");
      assertThat(hand.press(GUEST, card, release, CHOSEN).path("value").asText())
          .contains("Guests do not decide");

      JsonNode answer = hand.press(KIM, card, release, CHOSEN);

      assertThat(answer.path("statusCode").asInt()).as("%s", answer).isEqualTo(200);
      assertThat(answer.path("type").asText()).isEqualTo("application/vnd.microsoft.card.adaptive");
      assertThat(answer.path("value").toString()).contains(id).doesNotContain("pn.release");
      TeamsPlaces.Message done = await(id, m -> m.card().toString().contains("queued as"));
      assertThat(done.id()).as("the same message, edited").isEqualTo(card.id());
      assertThat(done.card().toString()).contains("Released").doesNotContain("pn.release");
      assertThat(hand.press(KIM, card, release, CHOSEN).path("value").asText())
          .contains("Already decided");
      assertThat(teams.faults).isEmpty();
    }
  }

  @Test
  void everythingThatWasFoundOpensAsADialogAndCasesAreLookedUpInPrivate() throws Exception {
    try (Child postern = Child.start("try", folder, settings())) {
      TeamsHand hand = new TeamsHand(teams, key, postern.url);
      hand.installed(TEAM);
      String id = held(postern);
      TeamsPlaces.Message card = await(id, m -> m.card().toString().contains("pn.release"));
      JsonNode open = TeamsHand.action(card.card(), "title", "Open full evidence").path("data");

      JsonNode dialog = hand.dialog(KIM, card, "task/fetch", open);

      assertThat(dialog.at("/task/type").asText()).as("%s", dialog).isEqualTo("continue");
      assertThat(dialog.at("/task/value/title").asText()).isEqualTo("Evidence " + id);
      assertThat(hand.dialog(NOBODY, card, "task/fetch", open).at("/task/value").asText())
          .contains("does not know you");

      String chat = teams.places.personal("29:" + KIM);
      hand.say(KIM, CHANNEL, "channel", "<at>Postern</at> lookup " + id);
      awaited(m -> m.conversation().equals(chat) && m.card().toString().contains(id));
      awaited(m -> m.card().toString().contains("Answered in our chat"));
      assertThat(hand.search(KIM, id).at("/composeExtension/attachments/0/content").toString())
          .contains(id);
      hand.say(KIM, chat, "personal", "mine");
      awaited(m -> m.card().toString().contains("Waiting for you"));
      assertThat(teams.faults).isEmpty();
    }
  }

  @Test
  void aPostWhoseAnswerWasLostIsFoundByWhoeverLooksAtIt() throws Exception {
    try (Child postern = Child.start("try", folder, settings())) {
      TeamsHand hand = new TeamsHand(teams, key, postern.url);
      hand.installed(TEAM);
      teams.http.order("open", Mishap.LOST_ANSWER);
      String id = held(postern);
      TeamsPlaces.Message card = await(id, m -> m.card().toString().contains("pn.release"));
      JsonNode release = TeamsHand.action(card.card(), "verb", "pn.release");
      hand.press(KIM, card, release, CHOSEN);

      await(id, m -> m.id().equals(card.id()) && m.card().toString().contains("queued as"));
      assertThat(teams.places.messages().stream().filter(m -> m.card().toString().contains(id)))
          .as("one card")
          .hasSize(1);
    }
  }

  @Test
  void whoStepsAsideInADialogIsAskedNoMore_andAPressThatComesAgainGetsTheSameAnswer()
      throws Exception {
    Map<String, String> two = new HashMap<>(settings());
    two.put("POSTERN_PEOPLE_NOOR_TEAMS", NOBODY);
    two.put("POSTERN_PEOPLE_NOOR_GROUPS", "admins");
    try (Child postern = Child.start("try", folder, two)) {
      TeamsHand hand = new TeamsHand(teams, key, postern.url);
      hand.installed(TEAM);
      String id = held(postern);
      TeamsPlaces.Message card = await(id, m -> m.card().toString().contains("pn.release"));
      ObjectNode wish = TeamsHand.action(card.card(), "title", "Next").path("data").deepCopy();

      JsonNode dialog = hand.dialog(KIM, card, "task/fetch", wish.put("more_do", "pn.handover"));
      ObjectNode sent = dialog.at("/task/value/card/content/actions/0/data").<ObjectNode>deepCopy();
      JsonNode told = hand.dialog(KIM, card, "task/submit", sent.put("whom", "aside"));

      assertThat(told.at("/task/value").asText()).as("%s", told).doesNotContain("copied");
      JsonNode release = TeamsHand.action(card.card(), "verb", "pn.release");
      assertThat(hand.press(KIM, card, release, CHOSEN).path("value").asText())
          .contains("changed nothing");
      ObjectNode press = hand.pressing(NOBODY, card, release, CHOSEN);
      assertThat(hand.send(press).body()).contains("adaptive").contains(id);
      assertThat(hand.send(press).body()).contains("adaptive").contains(id);
      await(id, m -> m.card().toString().contains("queued as"));
      assertThat(teams.faults).isEmpty();
    }
  }

  @Test
  void P2_P7_fiftyPeoplePressAtOnceAndTheMailGoesOutOnce() throws Exception {
    Map<String, String> crowd = new HashMap<>(settings());
    List<String> users = new ArrayList<>();
    for (int i = 10; i < 60; i++) {
      String user = "7faf8bac-cf7c-4d2b-a4a4-d8b0b1d1f0" + i;
      users.add(user);
      teams.places.member(TEAM, "29:" + user, user, "user");
      crowd.put("POSTERN_PEOPLE_P" + i + "_TEAMS", user);
      crowd.put("POSTERN_PEOPLE_P" + i + "_GROUPS", "admins");
    }
    try (Child postern = Child.start("try", folder, crowd);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      TeamsHand hand = new TeamsHand(teams, key, postern.url);
      hand.installed(TEAM);
      String id = held(postern);
      TeamsPlaces.Message card = await(id, m -> m.card().toString().contains("pn.release"));
      JsonNode release = TeamsHand.action(card.card(), "verb", "pn.release");

      List<Future<JsonNode>> answers = new ArrayList<>();
      for (String user : users) {
        answers.add(threads.submit(() -> hand.press(user, card, release, CHOSEN)));
      }

      int decided = 0;
      for (Future<JsonNode> answer : answers) {
        JsonNode said = answer.get();
        assertThat(said.path("statusCode").asInt()).as("%s", said).isEqualTo(200);
        decided += said.path("type").asText().endsWith("card.adaptive") ? 1 : 0;
        assertThat(said.path("value").toString()).containsAnyOf(id, "Already decided");
      }
      assertThat(decided).isEqualTo(1);
      await(id, m -> m.card().toString().contains("queued as"));
      try (Stream<Path> files = Files.walk(folder.resolve("data/mailbox"))) {
        assertThat(files.filter(file -> file.toString().endsWith(".eml")))
            .filteredOn(TeamsStoryIT::ours)
            .hasSize(1);
      }
      assertThat(teams.faults).isEmpty();
    }
  }

  private static boolean ours(Path file) {
    try {
      return Files.readString(file).contains("billing@shop.test");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String held(Child postern) throws Exception {
    String reply = postern.mail("billing@shop.test", "you@corp.test", MESSAGE);
    return reply.substring(reply.length() - 12);
  }

  private TeamsPlaces.Message await(String caseId, Predicate<TeamsPlaces.Message> wanted) {
    return awaited(m -> m.card().toString().contains(caseId) && wanted.test(m));
  }

  private TeamsPlaces.Message awaited(Predicate<TeamsPlaces.Message> wanted) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < end) {
      for (TeamsPlaces.Message message : teams.places.messages()) {
        if (wanted.test(message)) {
          return message;
        }
      }
      Thread.onSpinWait();
    }
    List<String> titles =
        teams.places.messages().stream()
            .map(m -> m.conversation() + " " + m.card().at("/body/0/text").asText())
            .toList();
    throw new AssertionError("no such card in " + titles + "; " + teams.faults);
  }

  private Map<String, String> settings() {
    Map<String, String> all = new HashMap<>(TeamsHand.settings(entra, teams, metadata, CHANNEL));
    all.put("POSTERN_PEOPLE_OPERATOR_TEAMS", KIM);
    all.put("POSTERN_DNS_SERVERS", "127.0.0.1:9");
    return all;
  }
}
