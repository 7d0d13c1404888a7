package dev.postern.teams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.teams.door.Activity;
import dev.postern.teams.wire.Channel;
import dev.postern.teams.wire.Conversation;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Where Teams is reached: learned from what it sends. */
class PlacesTest {
  private static final URI USUAL = URI.create("https://smba.example/teams/");
  private static final String EMEA = "https://smba.example/emea/";
  private static final String AMER = "https://smba.example/amer/";
  private static final String KIM = "7faf8bac-cf7c-4d2b-a4a4-d8b0b1d1f1d1";
  private static final String TEAM = "19:general@thread.tacv2";
  private static final String CHANNEL = "19:mail@thread.tacv2";

  private final RememberedPlaces kept = new RememberedPlaces();
  private final Places places = new Places(kept, USUAL, InstantSource.system());

  private static Activity heard(String conversation, String kind, String service, String team) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putObject("from").put("id", "29:kim").put("aadObjectId", KIM.toUpperCase(Locale.ROOT));
    json.putObject("conversation").put("id", conversation).put("conversationType", kind);
    ObjectNode data = json.putObject("channelData");
    if (!team.isEmpty()) {
      data.putObject("team").put("id", team);
    }
    return new Activity("1", "message", conversation, "tenant", URI.create(service), false, json);
  }

  @Test
  void aChannelIsReachedWhereItsTeamLastSpokeFrom() {
    places.learn(heard(CHANNEL + ";messageid=1", "channel", EMEA, TEAM));
    assertThat(places.at(CHANNEL + ";messageid=9"))
        .isEqualTo(new Conversation(EMEA, CHANNEL + ";messageid=9"));

    places.learn(heard(CHANNEL + ";messageid=2", "channel", AMER, TEAM));
    assertThat(places.at(CHANNEL).service()).isEqualTo(AMER);
  }

  @Test
  void whatTeamsHasToldNothingAboutIsTriedAtTheUsualAddress() {
    assertThat(places.knows(CHANNEL)).isFalse();
    assertThat(places.at(CHANNEL)).isEqualTo(new Conversation(USUAL.toString(), CHANNEL));
  }

  @Test
  void whoTakesTheAppOutOfATeamIsReachedInNoneOfItsChannels() {
    places.learn(TEAM, EMEA, List.of(new Channel(CHANNEL, "Mail"), new Channel(TEAM, "")));
    places.learn(heard(TEAM, "channel", EMEA, TEAM));

    places.left(heard(TEAM, "channel", EMEA, TEAM));

    assertThat(kept.rows).isEmpty();
  }

  @Test
  void aPersonalChatIsKnownByTheAccountInEitherCase() {
    places.learn(heard("a:1x2y", "personal", EMEA, ""));

    assertThat(places.chat(KIM)).contains(new Conversation(EMEA, "a:1x2y"));
    assertThat(places.at("a:1x2y").service()).isEqualTo(EMEA);
  }

  @Test
  void aChatOfSeveralIsNobodysPersonalChatWhateverItIsCalled() {
    places.learn(heard("19:a_b@unq.gbl.spaces", "personal", EMEA, ""));

    assertThat(places.chat(KIM)).isEmpty();
  }
}
