package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Conversations;
import dev.postern.approval.Conversations.Conversation;
import java.time.Duration;
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
  void P16_aChatInWhichNobodyWritesAnyMoreIsForgotten_andNothingElse() {
    Conversation chat = new Conversation("teams", "person 7", "a:7", "https://smba.example/", "");
    Conversation used = new Conversation("teams", "person 8", "a:8", "https://smba.example/", "");
    places().learn(CHANNEL);
    places().hear(chat, world.now);
    places().hear(used, world.now);
    for (int day = 0; day < 31; day++) {
      world.now = world.now.plus(Duration.ofDays(1));
      places().hear(used, world.now);
    }

    sweep();

    assertThat(places().all("teams")).containsExactlyInAnyOrder(CHANNEL, used);
  }

  @Test
  void aChatThatMovedIsFoundWhereItIsThoughItWasHeardOfJustNow() {
    places()
        .hear(
            new Conversation("teams", "person 7", "a:7", "https://smba.example/emea/", ""),
            world.now);
    Conversation moved =
        new Conversation("teams", "person 7", "a:7", "https://smba.example/amer/", "");
    places().hear(moved, world.now);

    assertThat(places().find("teams", "person 7")).contains(moved);
  }

  private void sweep() {
    Retention.Terms terms =
        new Retention.Terms(Duration.ofDays(30), Duration.ofDays(400), Duration.ofDays(30));
    try (Retention retention = world.store().retention(terms, () -> world.now)) {
      retention.sweep();
    }
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
