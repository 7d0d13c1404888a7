package dev.postern.teams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.fake.Mishap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The app comes and goes; so do teams, channels and chats. */
class InstallsTest {
  private final TeamsRoom room = new TeamsRoom();

  @AfterEach
  void close() {
    room.close();
  }

  private ObjectNode inTeam() {
    return room.heard(TeamsRoom.KIM, TeamsRoom.TEAM, "channel");
  }

  private int changed(String type, ObjectNode json) {
    return room.installs().changed(room.activity(type, json)).status();
  }

  private ObjectNode with(ObjectNode json, String field, String member) {
    json.putArray(field).addObject().put("id", member);
    return json;
  }

  private void installed() {
    assertThat(changed("conversationUpdate", with(inTeam(), "membersAdded", FakeConnector.bot())))
        .isEqualTo(200);
  }

  @Test
  void whereTheAppIsAddedToATeamItsChannelsAndPeopleAreLearned() {
    installed();

    assertThat(room.kept.rows).containsKeys(TeamsRoom.TEAM, TeamsRoom.CHANNEL);
    assertThat(room.members.nameOf(TeamsRoom.KIM)).contains("29:Kim");
  }

  @Test
  void theSameFromAnInstallationUpdate() {
    assertThat(changed("installationUpdate", inTeam().put("action", "add-upgrade"))).isEqualTo(200);

    assertThat(room.kept.rows).containsKey(TeamsRoom.CHANNEL);
  }

  @Test
  void somebodyElseWhoComesIsNoInstallation() {
    assertThat(changed("conversationUpdate", with(inTeam(), "membersAdded", "29:New")))
        .isEqualTo(200);

    assertThat(room.kept.rows).containsKey(TeamsRoom.TEAM).doesNotContainKey(TeamsRoom.CHANNEL);
    assertThat(room.teams.http.errands()).doesNotContain("channels");
  }

  @Test
  void P9_whereTeamsDoesNotTellTheChannelsTheTeamIsKnownAllTheSame() {
    room.teams.http.order("channels", Mishap.UNAVAILABLE);

    installed();

    assertThat(room.kept.rows).containsKey(TeamsRoom.TEAM).doesNotContainKey(TeamsRoom.CHANNEL);
  }

  @Test
  void whereTheAppIsTakenOutOfATeamNothingOfItIsKept() {
    installed();

    assertThat(changed("conversationUpdate", with(inTeam(), "membersRemoved", FakeConnector.bot())))
        .isEqualTo(200);

    assertThat(room.kept.rows).isEmpty();
  }

  @Test
  void theSameFromAnInstallationUpdateThatRemoves() {
    installed();

    changed("installationUpdate", inTeam().put("action", "remove-upgrade"));

    assertThat(room.kept.rows).isEmpty();
  }

  @Test
  void somebodyElseWhoGoesTakesNothingAway() {
    installed();

    changed("conversationUpdate", with(inTeam(), "membersRemoved", "29:Kim"));

    assertThat(room.kept.rows).containsKeys(TeamsRoom.TEAM, TeamsRoom.CHANNEL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"teamDeleted", "teamHardDeleted"})
  void aTeamThatIsDeletedIsForgotten(String event) {
    installed();
    ObjectNode json = inTeam();
    ((ObjectNode) json.path("channelData")).put("eventType", event);

    changed("conversationUpdate", json);

    assertThat(room.kept.rows).isEmpty();
  }

  @Test
  void aChannelThatIsDeletedIsForgottenAloneAndOneThatIsNewIsLearned() {
    installed();
    ObjectNode gone = inTeam();
    ObjectNode data = (ObjectNode) gone.path("channelData");
    data.put("eventType", "channelDeleted").putObject("channel").put("id", TeamsRoom.CHANNEL);
    changed("conversationUpdate", gone);
    assertThat(room.kept.rows).containsKey(TeamsRoom.TEAM).doesNotContainKey(TeamsRoom.CHANNEL);

    data.put("eventType", "channelCreated");
    changed("conversationUpdate", gone);
    assertThat(room.kept.rows).containsKey(TeamsRoom.CHANNEL);
  }

  @Test
  void anAppOfOnesOwnComesAndGoesWithItsChat() {
    ObjectNode json = room.heard(TeamsRoom.KIM, "a:kim", "personal");
    changed("installationUpdate", json.put("action", "add"));
    assertThat(room.places.chat(TeamsRoom.KIM)).isPresent();

    changed("installationUpdate", json.put("action", "remove"));
    assertThat(room.kept.rows).isEmpty();
  }

  @Test
  void whatCannotBeWrittenDownTeamsIsToSayAgain() {
    room.kept.down = true;

    assertThat(changed("installationUpdate", inTeam().put("action", "add"))).isEqualTo(503);
    assertThat(changed("installationUpdate", inTeam().put("action", "remove"))).isEqualTo(503);
    assertThat(room.teams.http.errands()).doesNotContain("channels");
  }

  @ParameterizedTest
  @ValueSource(strings = {"membersAdded", "membersRemoved", "action", "channelData"})
  void anOddFieldIsNoInstallationAndNoFault(String field) {
    ObjectNode json = inTeam();
    json.put(field, 7);

    assertThat(changed("conversationUpdate", json)).isEqualTo(200);

    assertThat(room.teams.http.errands()).doesNotContain("channels");
  }
}
