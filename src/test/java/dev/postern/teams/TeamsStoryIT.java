package dev.postern.teams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.app.Child;
import dev.postern.card.Chat;
import dev.postern.card.Chat.Seen;
import dev.postern.card.ChatStoryContract;
import dev.postern.card.ChatWorld;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The whole program with Teams, and what only Teams has. */
final class TeamsStoryIT extends ChatStoryContract {
  private static final Map<String, String> CHOSEN =
      Map.of("rel_to", "1", "rel_reason", "I know them");

  @Override
  protected Chat chat(InstantSource clock) {
    return new TeamsChat(
        clock,
        Stream.concat(Stream.of("kim", "noor", "guest", "stranger"), Stream.of(crowd()))
            .toArray(String[]::new));
  }

  private TeamsChat teams() {
    return (TeamsChat) chat;
  }

  @Test
  void aGrantForTheSenderIsAskedForByADialogAndApprovedOnACardOfItsOwn() throws Exception {
    try (Child postern = started("kim")) {
      TeamsHand hand = teams().hand;
      String kim = chat.account("kim");
      Seen card = await(held(postern), Seen::asks);
      TeamsPlaces.Message message = TeamsChat.message(card);
      ObjectNode wish = TeamsHand.action(card.content(), "title", "Next").path("data").deepCopy();

      JsonNode form =
          hand.dialog(kim, message, "task/fetch", wish.put("more_do", "pn.allow"))
              .at("/task/value/card/content");
      ObjectNode sent = form.at("/actions/0/data").deepCopy();
      sent.put("whom", "domain").put("allow_reason", "They called us.");
      JsonNode asked = hand.dialog(kim, message, "task/submit", sent);

      assertThat(asked.at("/task/value").asText()).as("%s", form).contains("Asked for");
      assertThat(hand.dialog(kim, message, "task/submit", sent.put("whom", "else")).toString())
          .contains("Nothing chosen");
      Seen request = awaited(m -> m.says("Allow mail from shop[.]test?"));
      assertThat(request.content().toString())
          .contains("They called us.", "Approve…", "Refuse…")
          .doesNotContain("grant.invalid", "Release");
      JsonNode approve = TeamsHand.action(request.content(), "verb", "pn.release_all");
      hand.send(hand.pressing(kim, TeamsChat.message(request), approve, Map.of()));
      awaited(m -> m.says("Allowed until"));

      String own = teams().teams.places.personal("29:" + kim);
      hand.say(kim, own, "personal", "mine");
      Seen mine = awaited(m -> m.says("Open grants"));
      JsonNode end = TeamsHand.action(mine.content(), "verb", "pn.end0");
      for (String said : List.of("is ended. It decides about no message", "was over before")) {
        assertThat(hand.press(kim, TeamsChat.message(mine), end, Map.of()).toString())
            .contains(said, "No grants");
      }
      hand.say(kim, own, "personal", "grants revoke pg-0000-0000");
      awaited(m -> m.says("There is no grant PG-0000-0000"));
    }
  }

  @Test
  void everythingThatWasFoundOpensAsADialogAndCasesAreLookedUpInPrivate() throws Exception {
    try (Child postern = started("kim")) {
      TeamsHand hand = teams().hand;
      String kim = chat.account("kim");
      String id = held(postern);
      Seen card = await(id, Seen::asks);
      TeamsPlaces.Message message = TeamsChat.message(card);
      JsonNode open = TeamsHand.action(card.content(), "title", "Open full evidence").path("data");

      JsonNode dialog = hand.dialog(kim, message, "task/fetch", open);

      assertThat(dialog.at("/task/type").asText()).as("%s", dialog).isEqualTo("continue");
      assertThat(dialog.at("/task/value/title").asText()).isEqualTo("Evidence " + id);
      assertThat(
              hand.dialog(chat.account("stranger"), message, "task/fetch", open)
                  .at("/task/value")
                  .asText())
          .contains("does not know you");

      String own = teams().teams.places.personal("29:" + kim);
      hand.say(kim, chat.channel(), "channel", "<at>Postern</at> lookup " + id);
      awaited(m -> m.place().equals(own) && m.says(id));
      awaited(m -> m.says("Answered in our chat"));
      assertThat(hand.search(kim, id).at("/composeExtension/attachments/0/content").toString())
          .contains(id);
      hand.say(kim, own, "personal", "mine");
      awaited(m -> m.says("Waiting for you"));
    }
  }

  @Test
  void whoStepsAsideInADialogIsAskedNoMore_andAPressThatComesAgainGetsTheSameAnswer()
      throws Exception {
    try (Child postern = started("kim", "noor")) {
      String id = held(postern);
      Seen card = await(id, Seen::asks);

      chat.stepAside("kim", card);
      ChatWorld.await(
          "it is noted", () -> chat.told("kim").filter(it -> it.contains("Noted")).isPresent());

      TeamsPlaces.Message message = TeamsChat.message(card);
      JsonNode release = TeamsHand.action(card.content(), "verb", "pn.release");
      TeamsHand hand = teams().hand;
      assertThat(hand.press(chat.account("kim"), message, release, CHOSEN).path("value").asText())
          .contains("changed nothing");
      ObjectNode press = hand.pressing(chat.account("noor"), message, release, CHOSEN);
      assertThat(hand.send(press).body()).contains("adaptive").contains(id);
      assertThat(hand.send(press).body()).contains("adaptive").contains(id);
      await(id, m -> m.says("queued as"));
    }
  }
}
