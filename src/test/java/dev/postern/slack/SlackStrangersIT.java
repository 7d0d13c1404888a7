package dev.postern.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.fake.Mishap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Presses of accounts that are nobody's, or of which Slack says nothing or nothing good. */
class SlackStrangersIT {
  private SlackRoom room;

  @BeforeEach
  void open() throws Exception {
    room = new SlackRoom();
  }

  @AfterEach
  void close() {
    room.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "is_restricted | true       | Guests do not decide",
        "is_stranger   | true       | Not from your workspace",
        "is_bot        | true       | People decide",
        "deleted       | true       | This account is switched off"
      })
  void P6_whoNeverCountsSeesNoFormAndIsToldWhy(String field, boolean value, String title)
      throws Exception {
    var card = room.post("pending-high", Map.of());
    room.slack.accounts.put(SlackRoom.KIM, Kit.object().put(field, value));

    room.hand.press(SlackRoom.KIM, card, "pn.release");
    assertThat(room.whispered()).startsWith(SlackRoom.KIM + ": " + title);
    room.hand.press(SlackRoom.KIM, card, "pn.evidence");
    assertThat(room.whispered()).startsWith(SlackRoom.KIM + ": " + title);
    assertThat(room.hand.command(SlackRoom.KIM, "open").body()).contains(title);

    assertThat(room.slack.opened).isEmpty();
    assertThat(room.inbox).isEmpty();
  }

  @Test
  void P3_aClickIsAcknowledgedWithoutWaitingForUsersInfo() throws Exception {
    var card = room.post("pending-low", Map.of());
    room.slack.http.order("users.info", Mishap.SILENCE);

    assertThat(room.hand.press(SlackRoom.KIM, card, "pn.release").statusCode()).isEqualTo(200);

    assertThat(room.inbox).hasSize(1);
    assertThat(room.slack.methods()).doesNotContain("users.info");
  }

  @Test
  void P6_whileSlackDoesNotSayWhoSomebodyIsNoFormOpensAndThePersonIsToldSo() throws Exception {
    var card = room.post("pending-high", Map.of());
    room.slack.http.order("users.info", Mishap.SERVER_ERROR);

    room.hand.press(SlackRoom.KIM, card, "pn.release");

    assertThat(room.whispered()).contains("Nobody could say who you are");
    assertThat(room.slack.opened).isEmpty();
  }

  @Test
  void strangersSeeNoEvidenceAndNoForm() throws Exception {
    var card = room.post("pending-high", Map.of());

    room.hand.press(SlackRoom.STRANGER, card, "pn.evidence");
    room.hand.press(SlackRoom.STRANGER, card, "pn.release");

    assertThat(room.slack.opened).isEmpty();
    assertThat(room.whispered()).contains("does not know you");
    assertThat(room.whispered()).contains("does not know you");
  }

  @Test
  void anExternalPersonInASharedChannelKeepsTheirOwnWorkspace() throws Exception {
    var card = room.post("pending-low", Map.of());
    ObjectNode payload = room.hand.pressing(SlackRoom.KIM, card, "pn.release");
    ((ObjectNode) payload.path("user")).put("team_id", "T0PARTNER1");

    room.hand.interact(payload);

    assertThat(room.accepted.getFirst().who().tenant()).isEqualTo("T0PARTNER1");
  }
}
