package dev.postern.teams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.app.Child;
import dev.postern.fake.Pause;
import dev.postern.teams.card.TeamsCardRules;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each person sees of one and the same card, by the whole program. */
final class TeamsViewsIT {
  private static final String TEAM = "19:general@thread.tacv2";
  private static final String CHANNEL = "19:mail-ops@thread.tacv2";
  private static final String KIM = "7faf8bac-cf7c-4d2b-a4a4-d8b0b1d1f1d1";
  private static final String ALEX = "9faf8bac-cf7c-4d2b-a4a4-d8b0b1d1f1d3";
  private static final String NOBODY = "afaf8bac-cf7c-4d2b-a4a4-d8b0b1d1f1d4";
  private static final Map<String, String> CHOSEN =
      Map.of("rel_to", "1", "rel_reason", "I know them");

  @TempDir Path folder;
  private final FakeEntra entra = new FakeEntra(InstantSource.system());
  private final FakeConnector teams = new FakeConnector(entra);
  private final FakeMetadata metadata = new FakeMetadata();
  private final BotKey key = BotKey.named("views");
  private final Map<String, String> settings = new HashMap<>();

  @BeforeEach
  void aTeamWithAChannel() {
    metadata.publish(key);
    teams.places.team(TEAM, "Security", "00000000-0000-4000-8000-0000000000aa");
    teams.places.channel(TEAM, CHANNEL, "Mail");
    List.of(KIM, ALEX, NOBODY)
        .forEach(user -> teams.places.member(TEAM, "29:" + user, user, "user"));
    settings.putAll(TeamsHand.settings(entra, teams, metadata, CHANNEL));
    settings.put("POSTERN_PEOPLE_OPERATOR_NAME", "Kim Park");
    settings.put("POSTERN_PEOPLE_OPERATOR_TEAMS", KIM);
    settings.put("POSTERN_PEOPLE_ALEX_TEAMS", ALEX);
    settings.put("POSTERN_PEOPLE_ALEX_GROUPS", "finance");
    settings.put("POSTERN_DNS_SERVERS", "127.0.0.1:9");
  }

  @AfterEach
  void close() {
    metadata.close();
    teams.close();
    entra.close();
  }

  private static String held(Child postern) throws Exception {
    String message =
        "From: Shop <billing@shop.test>\r\nTo: you@corp.test\r\nSubject: Order\r\n\r\nHello\r\n";
    String reply = postern.mail("billing@shop.test", "you@corp.test", message);
    return reply.substring(reply.length() - 12);
  }

  private TeamsPlaces.Message await(Predicate<JsonNode> wanted) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < end) {
      for (TeamsPlaces.Message message : teams.places.messages()) {
        if (wanted.test(message.card())) {
          return message;
        }
      }
      Pause.betweenLooks();
    }
    throw new AssertionError("no such card in " + teams.places.messages() + teams.faults);
  }

  private static boolean decides(JsonNode card) {
    return card.toString().contains("pn.release");
  }

  /** Teams asks for somebody's own view of a card, as soon as they look at it. */
  private static JsonNode view(TeamsHand hand, String user, TeamsPlaces.Message card)
      throws Exception {
    JsonNode refresh = card.card().at("/refresh/action");
    assertThat(refresh.path("verb").asText()).isEqualTo("pn.refresh");
    JsonNode answer = hand.press(user, card, refresh, Map.of());
    assertThat(answer.path("type").asText())
        .as("%s", answer)
        .isEqualTo("application/vnd.microsoft.card.adaptive");
    assertThat(TeamsCardRules.problems(answer.path("value"))).isEmpty();
    return answer.path("value");
  }

  @Test
  void whoIsAskedSeesButtonsAndOthersSeeHowItStandsAndAViewIsNoRight() throws Exception {
    try (Child postern = Child.start("try", folder, settings)) {
      TeamsHand hand = new TeamsHand(teams, key, postern.url);
      hand.installed(TEAM);
      String id = held(postern);
      TeamsPlaces.Message card = await(it -> it.toString().contains(id) && decides(it));

      JsonNode kims = view(hand, KIM, card);
      assertThat(decides(kims)).isTrue();
      assertThat(kims.at("/refresh/userIds").toString()).contains(KIM);
      for (String other : List.of(ALEX, NOBODY)) {
        JsonNode others = view(hand, other, card);
        assertThat(decides(others)).as("%s", others).isFalse();
        assertThat(others.toString())
            .contains(id, "Asked", "Kim Park", "You are not asked", "pn.refresh")
            .doesNotContain("Action.ShowCard", "Action.Submit");
      }

      // Old clients, and places of many, show the card as it was sent: with its buttons.
      JsonNode release = TeamsHand.action(card.card(), "verb", "pn.release");
      assertThat(hand.press(ALEX, card, release, CHOSEN).path("value").asText())
          .contains("You may not decide this case");
      hand.press(KIM, card, release, CHOSEN);
      TeamsPlaces.Message done = await(it -> it.toString().contains("queued as"));
      assertThat(done.card().toString()).doesNotContain("You are not asked");
      assertThat(teams.faults).isEmpty();
    }
  }

  @Test
  void ofMoreThanSixtyWhoAreAskedTheOthersGetTheirButtonsWhenTheyAskForThem() throws Exception {
    for (int i = 10; i < 72; i++) {
      String user = "7faf8bac-cf7c-4d2b-a4a4-d8b0b1d1f0" + i;
      teams.places.member(TEAM, "29:" + user, user, "user");
      settings.put("POSTERN_PEOPLE_P" + i + "_TEAMS", user);
      settings.put("POSTERN_PEOPLE_P" + i + "_GROUPS", "admins");
    }
    try (Child postern = Child.start("try", folder, settings)) {
      TeamsHand hand = new TeamsHand(teams, key, postern.url);
      hand.installed(TEAM);
      TeamsPlaces.Message first = card(held(postern));
      view(hand, KIM, first);
      // Whoever is in the team is met by now.
      TeamsPlaces.Message card = card(held(postern));

      JsonNode ids = card.card().at("/refresh/userIds");
      assertThat(ids).hasSize(60).doesNotHaveDuplicates();
      int unlisted = 0;
      for (int i = 10; i < 72; i++) {
        String user = "7faf8bac-cf7c-4d2b-a4a4-d8b0b1d1f0" + i;
        if (!ids.toString().contains(user)) {
          unlisted++;
          assertThat(decides(view(hand, user, card))).isTrue();
        }
      }
      assertThat(unlisted).isBetween(2, 3);
      assertThat(decides(view(hand, ALEX, card))).isFalse();
      assertThat(view(hand, ALEX, card).toString()).contains("53 more");
    }
  }

  private TeamsPlaces.Message card(String id) {
    return await(it -> it.toString().contains(id) && decides(it));
  }
}
