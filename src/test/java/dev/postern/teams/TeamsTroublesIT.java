package dev.postern.teams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.card.Chat.Seen;
import dev.postern.card.ChatWorld;
import dev.postern.fake.Mishap;
import dev.postern.policy.StagePlan.ReasonRule;
import dev.postern.teams.TeamsPlaces.Mood;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What people do to the app in Teams, and clients that are behind: nothing is lost, and what is
 * wrong is said.
 */
final class TeamsTroublesIT {
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(6);
  private static final List<Integer> ALL = List.of();
  private static final Map<String, String> CHOSEN = Map.of("rel_to", "1,2", "rel_reason", "");

  @TempDir Path folder;
  private TeamsChat chat;
  private ChatWorld room;

  @BeforeEach
  void open() throws Exception {
    String[] people = {"kim", "noor", "lee", "anna", "max", "guest"};
    room = new ChatWorld(folder, clock -> new TeamsChat(clock, people));
    chat = (TeamsChat) room.chat();
  }

  @AfterEach
  void close() {
    List<String> faults = List.copyOf(chat.faults());
    room.close();
    assertThat(faults).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Mood.class,
      names = {"REMOVED", "DISABLED"})
  void P9_whereTheAppIsTakenAwayCardsWaitReadinessSaysSoAndTheWebDecides(Mood mood)
      throws Exception {
    CaseId before = room.held("m1");
    Seen card = room.card(before);
    chat.hand.removed(TeamsChat.TEAM);
    chat.teams.places.mood(TeamsChat.TEAM, mood);

    CaseId meanwhile = room.held("m2");
    room.world().release(before, "kim");
    room.passes(Duration.ofMinutes(2));

    assertThat(room.world().find(before).state()).isEqualTo(CaseState.DONE);
    assertThat(room.world().find(meanwhile).state()).isEqualTo(CaseState.ASKING);
    assertThat(chat.messages()).as("the card that stood there").containsExactly(card);
    assertThat(room.waiting()).hasValueSatisfying(it -> assertThat(it).contains(chat.channel()));
    assertThat(room.trouble()).hasValueSatisfying(it -> assertThat(it).contains("app Postern"));

    chat.teams.places.mood(TeamsChat.TEAM, Mood.FINE);
    chat.hand.installed(TeamsChat.TEAM);
    room.passes(LONGEST_PAUSE);

    assertThat(room.waiting()).isEmpty();
    assertThat(room.trouble()).isEmpty();
    assertThat(room.card(before).id()).isEqualTo(card.id());
    assertThat(room.cardIsTrue(before, chat.channel())).isTrue();
    chat.release("noor", room.card(meanwhile), ALL, "");
    room.work();
    assertThat(room.world().find(meanwhile).state()).isEqualTo(CaseState.DONE);
    assertThat(room.cardIsTrue(meanwhile, chat.channel())).isTrue();
  }

  @Test
  void P3_anAppThatIsTakenAwayAndPutBackWhilePosternIsDownIsNotMissed() throws Exception {
    CaseId id = room.held("m1");
    Seen card = room.card(id);
    chat.hand.removed(TeamsChat.TEAM);

    room.restart();
    chat.hand.installed(TeamsChat.TEAM);
    chat.release("kim", card, ALL, "");
    room.work();

    assertThat(room.world().find(id).state()).isEqualTo(CaseState.DONE);
    assertThat(room.cardIsTrue(id, chat.channel())).isTrue();
  }

  @Test
  void aCardThatSomebodyDeletedComesBackWhilePeopleAreAskedAndStaysAwayAfterwards() {
    room.world().chain = room.asking(ReasonRule.NEVER, 2);
    CaseId id = room.held("m1");
    Seen first = room.card(id);
    delete(first);

    room.world().release(id, "kim");
    room.passes(Duration.ofMinutes(1));
    Seen second = room.card(id);
    assertThat(second.id()).isNotEqualTo(first.id());

    delete(second);
    chat.release("noor", second, ALL, "");
    room.passes(Duration.ofMinutes(1));
    assertThat(room.world().find(id).state()).isEqualTo(CaseState.DONE);
    assertThat(chat.messages()).isEmpty();
    assertThat(room.waiting()).isEmpty();
  }

  private void delete(Seen card) {
    assertThat(chat.teams.places.remove(card.place(), card.id())).isTrue();
  }

  @Test
  void aPressOfAnOldClientCountsAndIsAnsweredInTheirChat() throws Exception {
    CaseId id = room.held("m1");
    Seen card = room.card(id);

    submit("kim", card, "pn.release", CHOSEN);
    ChatWorld.await("it counts", () -> !room.world().find(id).votes().isEmpty());
    room.work();
    assertThat(room.cardIsTrue(id, chat.channel())).isTrue();
    assertThat(room.card(id).says("queued as TEST1")).isTrue();

    submit("noor", card, "pn.discard", Map.of());
    room.assertTold("noor", "Already decided");
    assertThat(room.world().quarantine.calls).hasSize(1);
  }

  @Test
  void P6_aPressOfAGuestWithAnOldClientIsTurnedAwayWhereTheyCanReadIt() throws Exception {
    CaseId id = room.held("m1");

    submit("guest", room.card(id), "pn.release", CHOSEN);

    ChatWorld.await(
        "an answer", () -> chat.messages().stream().anyMatch(it -> it.says("personal chat")));
    assertThat(room.world().find(id).votes()).isEmpty();
    assertThat(room.card(id).asks()).isTrue();
  }

  @Test
  void P3_aPressOfWhomTeamsDoesNotNameWaitsAndWhatItCameToIsToldInTheirChat() {
    CaseId id = room.held("m1");
    Seen card = room.card(id);
    room.passes(Duration.ofMinutes(2));
    chat.teams.http.always("member", Mishap.RATE_LIMITED);

    chat.release("kim", card, ALL, "");
    chat.release("max", card, ALL, "");
    room.assertTold("kim", "Recorded");
    room.assertTold("max", "Recorded");
    room.passes(Duration.ofMinutes(1));
    assertThat(room.world().find(id).votes()).as("nobody knows yet who it was").isEmpty();

    chat.teams.http.mend("member");
    room.passes(Duration.ofMinutes(1));

    assertThat(room.world().find(id).state()).isEqualTo(CaseState.DONE);
    assertThat(room.world().find(id).votes()).hasSize(1);
    room.assertTold("max", "You may not decide this case");
    assertThat(room.cardIsTrue(id, chat.channel())).isTrue();
  }

  private void submit(String person, Seen card, String verb, Map<String, String> typed)
      throws Exception {
    JsonNode button = TeamsHand.action(card.content(), "verb", verb);
    var answer = chat.hand.submit(chat.account(person), TeamsChat.message(card), button, typed);
    assertThat(answer.statusCode()).isEqualTo(200);
  }
}
