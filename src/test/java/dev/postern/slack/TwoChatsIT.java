package dev.postern.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.postern.app.Child;
import dev.postern.teams.BotKey;
import dev.postern.teams.FakeConnector;
import dev.postern.teams.FakeEntra;
import dev.postern.teams.FakeMetadata;
import dev.postern.teams.TeamsHand;
import dev.postern.teams.TeamsPlaces;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One case with cards in Slack and in Teams at once, in the whole program. */
final class TwoChatsIT {
  private static final String TEAM = "19:general@thread.tacv2";
  private static final String CHANNEL = "19:mail-ops@thread.tacv2";
  private static final String KIM = "7faf8bac-cf7c-4d2b-a4a4-d8b0b1d1f1d1";
  private static final Map<String, String> CHOSEN =
      Map.of("rel_to", "1", "rel_reason", "I know them");
  private static final String MESSAGE =
      "From: Shop <billing@shop.test>\r\nTo: you@corp.test\r\nSubject: Order\r\n\r\nHello\r\n";
  private static final String TWO_OF_US =
      """
      chains:
        mail:
          stages:
            - {name: Mail admins, approvers: [group:admins], quorum: 2, window: 4h}
      rules: []
      """;

  @TempDir Path folder;

  @Test
  void P2_P12_aVoteInTeamsShowsInSlack_oneHumanCountsOnce_andBothCardsEndTrue() throws Exception {
    BotKey key = BotKey.named("two-chats");
    try (FakeSlack slack = new FakeSlack();
        FakeEntra entra = new FakeEntra(InstantSource.system());
        FakeConnector teams = new FakeConnector(entra);
        FakeMetadata metadata = new FakeMetadata().publish(key)) {
      teams.places.team(TEAM, "Security", "00000000-0000-4000-8000-0000000000aa");
      teams.places.channel(TEAM, CHANNEL, "Mail");
      teams.places.member(TEAM, "29:" + KIM, KIM, "user");
      Map<String, String> settings = new HashMap<>(slackSettings(slack));
      settings.putAll(TeamsHand.settings(entra, teams, metadata, CHANNEL));
      settings.put("POSTERN_PEOPLE_OPERATOR_TEAMS", KIM);
      settings.put(
          "POSTERN_POLICY_FILE", Files.writeString(folder.resolve("p.yaml"), TWO_OF_US) + "");
      try (Child postern = Child.start("try", folder, settings)) {
        TeamsHand there = new TeamsHand(teams, key, postern.url);
        SlackHand here = new SlackHand(slack, URI.create(postern.url).getPort(), Instant.now());
        there.installed(TEAM);
        String reply = postern.mail("billing@shop.test", "you@corp.test", MESSAGE);
        String id = reply.substring(reply.length() - 12);
        TeamsPlaces.Message inTeams = await(() -> inTeams(teams, id, "pn.release"));
        SlackMessages.Message inSlack = await(() -> inSlack(slack, id, "pn.release"));

        JsonNode release = TeamsHand.action(inTeams.card(), "verb", "pn.release");
        JsonNode voted = there.press(KIM, inTeams, release, CHOSEN);

        assertThat(voted.path("value").toString()).contains("1 of 2");
        await(() -> inSlack(slack, id, "1 of 2"));
        release(here, slack, SlackRoom.KIM, inSlack);
        assertThat(String.valueOf(slack.whispered.poll(30, TimeUnit.SECONDS)))
            .as("one human")
            .contains("voted");
        assertThat(inSlack(slack, id, "1 of 2")).isPresent();

        release(here, slack, SlackRoom.NOOR, inSlack);

        await(() -> inSlack(slack, id, "queued as"));
        assertThat(await(() -> inTeams(teams, id, "queued as")).id()).isEqualTo(inTeams.id());
        assertThat(teams.faults).isEmpty();
      }
    }
  }

  private static void release(
      SlackHand hand, FakeSlack slack, String who, SlackMessages.Message card) throws Exception {
    hand.press(who, card, "pn.release");
    JsonNode form = slack.opened.poll(30, TimeUnit.SECONDS);
    assertThat(form).as("a form").isNotNull();
    JsonNode words =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "plain_text_input")
            .put("value", "I know them");
    hand.submit(who, form, Map.of("pn.m.reason/pn.reason", words));
  }

  private static Optional<TeamsPlaces.Message> inTeams(
      FakeConnector teams, String id, String words) {
    return teams.places.messages().stream()
        .filter(m -> m.card().toString().contains(id) && m.card().toString().contains(words))
        .findFirst();
  }

  private static Optional<SlackMessages.Message> inSlack(FakeSlack slack, String id, String words) {
    return slack.messages.all().stream()
        .filter(m -> m.blocks().toString().contains(id) && m.blocks().toString().contains(words))
        .findFirst();
  }

  private static <T> T await(Supplier<Optional<T>> wanted) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (System.nanoTime() < end) {
      Optional<T> found = wanted.get();
      if (found.isPresent()) {
        return found.get();
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("it did not come within half a minute");
  }

  private static Map<String, String> slackSettings(FakeSlack slack) {
    return Map.of(
        "POSTERN_SLACK_BOT_TOKEN", FakeSlack.BOT_TOKEN,
        "POSTERN_SLACK_SIGNING_SECRET", FakeSlack.SECRET,
        "POSTERN_SLACK_API_URL", slack.url(),
        "POSTERN_SLACK_CHANNELS_DEFAULT", FakeSlack.CHANNEL,
        "POSTERN_PEOPLE_OPERATOR_SLACK", SlackRoom.KIM,
        "POSTERN_PEOPLE_NOOR_SLACK", SlackRoom.NOOR,
        "POSTERN_PEOPLE_NOOR_GROUPS", "admins",
        "POSTERN_DNS_SERVERS", "127.0.0.1:9");
  }
}
