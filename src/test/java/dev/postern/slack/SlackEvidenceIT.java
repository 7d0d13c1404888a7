package dev.postern.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.approval.CaseFile;
import dev.postern.card.HostileVector;
import dev.postern.card.InsideGroups;
import dev.postern.mail.RawMessage;
import dev.postern.policy.StagePlan.ReasonRule;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** "More evidence": what was found at once, what the message itself says right after. */
class SlackEvidenceIT {
  private static final String MESSAGE =
      """
      Received: from mta7.bulkhost.example by edge-2
      From: "PayPal Service" <service@paypal.com>
      Reply-To: refunds@paypa1-help.example
      Subject: Your account has been limited
      Content-Type: multipart/alternative; boundary=b

      --b
      Content-Type: text/plain

      Dear customer,
      <!channel> log in at https://paypa1-login.example/s?id=8812
      --b
      Content-Type: text/html

      <p>Dear <a href="https://bit.ly/3xYz">paypal.com</a><script>alert(1)</script></p>
      --b--
      """;

  private SlackRoom room;
  private CaseFile it;

  @BeforeEach
  void open() throws Exception {
    room = new SlackRoom();
    it = room.asking(ReasonRule.NEVER);
    room.cases.put(it.id(), raw(MESSAGE));
  }

  @AfterEach
  void close() {
    room.close();
  }

  @Test
  void theViewOpensBeforeTheMessageIsReadAndIsThenCompleted() throws Exception {
    press();

    String first = room.opened().toString();
    String whole = changed().toString();
    assertThat(first).contains("Signatures", "follows in a moment").doesNotContain("Dear customer");
    assertThat(whole)
        .contains("Headers as received", "service@paypal[.]com", "Hop 1", "mta7[.]bulkhost")
        .contains("Links, not clickable", "hxxps://bit[.]ly/3xYz", "shown as ")
        .contains("Beginning of the text", "Dear customer,", "hxxps://paypa1-login[.]example")
        .doesNotContain("follows in a moment", "https://", "<script>", "\"link\"", "mrkdwn");
    assertThat(room.slack.methods()).containsSubsequence("views.open", "views.update");
  }

  @Test
  void whoMayNotReadTheCaseHasTheCardAndIsToldSo() throws Exception {
    room.hand.press("U0ANNA0001", posted(), "pn.evidence");

    assertThat(room.whispered()).contains("Not yours to read").doesNotContain("Signatures");
    assertThat(room.slack.opened).isEmpty();
    assertThat(room.slack.views.redrawn).isEmpty();
  }

  @Test
  void aCardWhoseCaseWasPassedOnStillShowsItsEvidence() throws Exception {
    SlackMessages.Message card = room.post("escalated", Map.of());

    room.hand.press(SlackRoom.KIM, card, "pn.evidence");
    assertThat(room.opened().toString()).contains("Signatures", "follows in a moment");
    assertThat(changed().toString()).contains("Headers as received");
    room.hand.press("U0ANNA0001", card, "pn.evidence");
    assertThat(room.whispered()).contains("Not yours to read");
    room.hand.press(SlackRoom.STRANGER, card, "pn.evidence");
    assertThat(room.whispered()).contains("does not know you");
  }

  @Test
  void theOperatorCanKeepTheMessageItselfInTheHouse() throws Exception {
    try (SlackRoom quiet = SlackRoom.withoutMessageText()) {
      CaseFile file = quiet.asking(ReasonRule.NEVER);
      quiet.cases.put(file.id(), raw(MESSAGE));
      quiet.surface.post("c", WitnessSample.PLACE, WitnessSample.drawn(file, WitnessSample.TOKEN));
      quiet.hand.press(SlackRoom.KIM, quiet.slack.messages.all().getLast(), "pn.evidence");

      assertThat(quiet.opened().toString()).contains("Signatures").doesNotContain("follows");
      assertThat(quiet.slack.views.redrawn).isEmpty();
    }
  }

  @Test
  void aMessageThatRetentionTookMeanwhileIsSaidToBeUnreadable() throws Exception {
    room.cases.clear();
    room.cases.put(it);
    room.cases.forget(it.id());

    press();

    room.opened();
    assertThat(changed().toString()).contains("could not be read");
  }

  @Test
  void aViewThatWasClosedMeanwhileIsNobodysTrouble() throws Exception {
    room.slack.refuse("views.update", "not_found");

    press();

    assertThat(room.opened().toString()).contains("follows in a moment");
    assertThat(room.slack.whispered).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("dev.postern.card.HostileVector#all")
  void P13_hostileMessagesStayInertAndWithinTheLimitsOfAView(HostileVector attack) {
    String line = attack.raw().replace("\r", " ").replace("\n", " ").replace("\0", " ");
    String all =
        "From: "
            + line
            + "\nSubject: "
            + line
            + "\nReceived: "
            + line
            + "\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n"
            + (line + "\n").repeat(500)
            + "--b\nContent-Type: text/html\n\n"
            + ("<a href=\"" + line + "\">" + line + "</a>").repeat(300)
            + "\n--b--\n";
    var card = WitnessSample.drawn(it, WitnessSample.TOKEN);

    JsonNode view = Modals.evidence(card, it, InsideGroups.of(raw(all)), "");

    assertThat(BlockKitRules.ofView(view)).isEmpty();
    assertThat(view.toString().length()).isLessThan(200_000);
    assertThat(view.toString())
        .doesNotContain("mrkdwn", "\"type\":\"link\"", "\"url\"", "\"emoji\":true");
  }

  private void press() throws Exception {
    room.hand.press(SlackRoom.KIM, posted(), "pn.evidence");
  }

  private SlackMessages.Message posted() throws Exception {
    room.surface.post("card-1", WitnessSample.PLACE, WitnessSample.drawn(it, WitnessSample.TOKEN));
    return room.slack.messages.all().getLast();
  }

  private JsonNode changed() {
    JsonNode view = room.slack.views.redrawn.poll();
    assertThat(view).as("the view was completed").isNotNull();
    return java.util.Objects.requireNonNull(view);
  }

  private static RawMessage raw(String text) {
    return RawMessage.of(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
  }
}
