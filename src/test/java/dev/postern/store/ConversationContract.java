package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Conversations;
import dev.postern.approval.Conversations.Conversation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where chat platforms are reached, on any store. */
abstract class ConversationContract extends OnAWorld {
  private static final Conversation TEAM =
      new Conversation("teams", "team 19:t", "19:t@thread.tacv2", "https://smba.example/emea/", "");
  private static final Conversation CHANNEL =
      new Conversation(
          "teams", "19:c", "19:c@thread.tacv2", "https://smba.example/emea/", "team 19:t");

  private Conversations places() {
    return world.store().conversations();
  }

  @Test
  void aPlaceIsFoundAsItWasLearnedLast() {
    places().learn(CHANNEL);
    places().learn(CHANNEL);
    Conversation moved =
        new Conversation(
            "teams", "19:c", "19:c@thread.tacv2", "https://smba.example/amer/", "team 19:t");
    places().learn(moved);

    assertThat(places().find("teams", "19:c")).contains(moved);
    assertThat(places().find("other", "19:c")).isEmpty();
    assertThat(places().all("teams")).containsExactly(moved);
  }

  @Test
  void whoForgetsATeamForgetsItsChannels() {
    places().learn(TEAM);
    places().learn(CHANNEL);
    Conversation person = new Conversation("teams", "person 7", "a:7", "https://smba.example/", "");
    places().learn(person);

    places().forget("teams", "team 19:t");

    assertThat(places().all("teams")).containsExactly(person);
  }

  @Test
  void manyLearnOnePlaceAtOnce() throws Exception {
    List<Boolean> done =
        atOnce(
            12,
            _ -> {
              places().learn(CHANNEL);
              return true;
            });

    assertThat(done).hasSize(12);
    assertThat(places().all("teams")).containsExactly(CHANNEL);
  }
}
