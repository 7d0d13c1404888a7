package dev.postern.slack;

import static dev.postern.approval.CaseBuilder.HELD;
import static dev.postern.approval.CaseBuilder.aCase;
import static dev.postern.approval.CaseBuilder.release;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseMentions;
import dev.postern.approval.CaseState;
import dev.postern.approval.Grant;
import dev.postern.approval.Identity;
import dev.postern.approval.Person;
import dev.postern.approval.Petitions;
import dev.postern.approval.Stage;
import dev.postern.approval.Wish;
import dev.postern.dns.ZoneDns;
import dev.postern.mail.EmailAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Home tab, and the shortcut on messages. */
class SlackHomeIT {
  private SlackRoom room;

  @BeforeEach
  void open() throws Exception {
    room = new SlackRoom();
    room.cases.clear();
  }

  @AfterEach
  void close() {
    room.close();
  }

  private void waiting(int cases) {
    for (int i = 0; i < cases; i++) {
      var one = aCase().id(new CaseId("PN-5T1N-00%02d".formatted(i))).build();
      room.cases.put(CaseMentions.heldAt(one, HELD.plusSeconds(i)));
    }
  }

  private JsonNode home(String user) {
    assertThat(room.hand.happens(opening(user)).statusCode()).isEqualTo(200);
    JsonNode home = room.slack.views.home(user);
    assertThat(BlockKitRules.ofHome(home)).isEmpty();
    return home;
  }

  private static ObjectNode opening(String user) {
    return Kit.object("app_home_opened")
        .put("user", user)
        .put("channel", "D0HOME0001")
        .put("tab", "home")
        .put("event_ts", "1795503792.000001");
  }

  @Test
  void whatWaitsStandsThereWithItsDeadlineAndAButton() {
    waiting(3);
    String home = home(SlackRoom.KIM).toString();

    assertThat(home)
        .contains("Waiting for you: 3", "decide by ", "Open PN-5T1N-0000", "Your last 7 days")
        .contains("Voted: ", "on nothing")
        .doesNotContain("How Postern is");
  }

  @Test
  void moreThanFitIsSaidAndReachable() throws Exception {
    waiting(14);
    JsonNode home = home(SlackRoom.KIM);
    assertThat(home.toString()).contains("Waiting for you: 10 and more", "PN-5T1N-0009");

    room.hand.pressInHome(SlackRoom.KIM, home, "pn.more");

    assertThat(room.opened().toString()).contains("Looking…");
    assertThat(room.slack.views.next().toString()).contains("PN-5T1N-0010", "PN-5T1N-0013");
  }

  @Test
  void aButtonOpensTheCaseAndWithinAViewTakesItsPlace() throws Exception {
    waiting(14);
    JsonNode home = home(SlackRoom.KIM);
    room.hand.pressInHome(SlackRoom.KIM, home, "pn.more");
    room.opened();
    JsonNode list = room.slack.views.next();

    room.hand.pressInView(SlackRoom.KIM, list, "pn.open");

    assertThat(room.slack.views.next().toString()).contains("Case PN-5T1N-0010");
    assertThat(room.slack.opened).isEmpty();
  }

  @Test
  void openGrantsStandThereAndEndByAButtonAfterWhichTheTabIsDrawnAnew() throws Exception {
    assertThat(home(SlackRoom.KIM).toString()).doesNotContain("Open grants");
    Person kim = room.wiring().directory().person(Identity.ofPostern("kim")).orElseThrow();
    for (int i = 0; i < 7; i++) {
      Wish wish = SlackRoom.aWish("sender%d.example".formatted(i));
      assertThat(room.petitioned.petitions.ask(kim, wish)).isInstanceOf(Petitions.Asked.class);
    }
    JsonNode home = home(SlackRoom.KIM);
    assertThat(home.toString().split(" left, asked by ")).hasSize(6);
    assertThat(home.toString()).contains("Open grants", "Older grants", "<!channel>");
    assertThat(home("U0ANNA0001").toString()).doesNotContain("Open grants");

    room.hand.pressInHome(SlackRoom.KIM, home, "pn.end0");

    room.opened();
    assertThat(room.slack.views.next().toString()).contains("is ended");
    Grant ended =
        room.petitioned.records.grants().list(false, Optional.empty(), Optional.empty(), 9).stream()
            .filter(it -> it.state() == Grant.State.REVOKED)
            .findFirst()
            .orElseThrow();
    assertThat(home.toString()).contains(ended.id().text());
    assertThat(room.slack.views.home(SlackRoom.KIM).toString())
        .contains("Open grants")
        .doesNotContain(ended.id().text());
  }

  @Test
  void whatSomebodyDecidedLatelyIsCounted() {
    var one = aCase().quorum(2).voted("kim", "Kim Park", release(), "known").build();
    room.cases.put(one);

    assertThat(home(SlackRoom.KIM).toString())
        .contains("Waiting for you: 0")
        .contains("on 1, of these 1 to release and 0 to discard")
        .contains("16 min 56 s", "Open PN-7F3K-2QXD");
    assertThat(home(SlackRoom.NOOR).toString()).contains("Waiting for you: 1", "on nothing");
  }

  @Test
  void whatEndedWithoutADecisionAndWithoutTheOwnVoteIsMissed() throws Exception {
    assertThat(home(SlackRoom.KIM).toString())
        .contains("Missed: ", "0 ended without a decision")
        .doesNotContain("without your vote");
    var one = aCase().quorum(2).state(CaseState.EXPIRED).stage(Stage.State.EXPIRED).build();
    Duration earlier = Duration.ofDays(1);
    room.cases.put(CaseMentions.heldAt(one, one.receivedAt().minus(earlier)));

    JsonNode home = home(SlackRoom.KIM);

    assertThat(home.toString())
        .contains("Missed: ", "1 ended without a decision", "its time ended ", "without your vote");
    room.hand.pressInHome(SlackRoom.KIM, home, "pn.open0");
    room.opened();
    assertThat(room.slack.views.next().toString()).contains("PN-7F3K-2QXD");
    assertThat(home(SlackRoom.STRANGER).toString()).doesNotContain("Missed");
  }

  @Test
  void P16_manyMissedAreCountedAndFewAreNamed() {
    for (int i = 0; i < 40; i++) {
      var one =
          aCase()
              .id(new dev.postern.approval.CaseId("PN-5T1N-%04d".formatted(i)))
              .state(CaseState.EXPIRED)
              .stage(Stage.State.EXPIRED)
              .build();
      room.cases.put(CaseMentions.heldAt(one, one.receivedAt().minus(Duration.ofDays(1))));
    }

    JsonNode home = home(SlackRoom.KIM);

    assertThat(home.toString()).contains("40 ended without a decision");
    assertThat(home.toString().split("without your vote", -1)).hasSize(6);
    assertThat(BlockKitRules.ofHome(home)).isEmpty();
  }

  @Test
  void adminsSeeHowPosternIsAndOthersDoNot() {
    room.health = Map.of("slack", "<!channel> token_revoked: see https://evil.example");

    assertThat(home(SlackRoom.KIM).toString()).doesNotContain("token_revoked");
    assertThat(home(SlackRoom.NOOR).toString())
        .contains("How Postern is", "hxxps://evil[.]example")
        .doesNotContain("https://evil");
  }

  @Test
  void thatItIsFrozenStandsOnTop() {
    room.hand.command(SlackRoom.KIM, "freeze taken over");

    assertThat(home(SlackRoom.NOOR).at("/blocks/1").toString())
        .contains("Releasing by rule is frozen by", "taken over");
  }

  @Test
  void aStrangersTabSaysThatNobodyKnowsThem() {
    waiting(2);

    assertThat(home(SlackRoom.STRANGER).toString())
        .contains("does not know you")
        .doesNotContain("PN-");
  }

  @Test
  void aStoreThatIsDownIsSaidOnTheTab() {
    room.storeDown = true;

    assertThat(home(SlackRoom.KIM).toString()).contains("cannot read its cases");
  }

  @Test
  void theOtherTabIsNotDrawn() {
    ObjectNode messages = opening(SlackRoom.KIM).put("tab", "messages");

    assertThat(room.hand.happens(messages).statusCode()).isEqualTo(200);

    assertThat(room.slack.methods()).doesNotContain("views.publish");
  }

  @Test
  void aSlackThatRefusesTheTabBreaksNothing() {
    room.slack.refuse("views.publish", "not_enabled");

    assertThat(room.hand.happens(opening(SlackRoom.KIM)).statusCode()).isEqualTo(200);
  }

  @Test
  void P13_theWidestTabFitsSlacksLimits() {
    String wide = "\u0416".repeat(4000) + "<!channel>";
    for (int i = 0; i < 12; i++) {
      var one = aCase().id(new CaseId("PN-5T1N-00%02d".formatted(i))).subject(wide).build();
      room.cases.put(CaseMentions.heldAt(one, HELD.plusSeconds(i)));
    }
    room.health =
        IntStream.range(0, 12).boxed().collect(Collectors.toMap(i -> "part" + i, _ -> wide));

    home(SlackRoom.NOOR);
  }

  // The shortcut.

  private String lookUp(String user, String text) throws Exception {
    assertThat(room.hand.shortcut(user, text).statusCode()).isEqualTo(200);
    assertThat(room.opened().toString()).contains("Looking…");
    return room.slack.views.next().toString();
  }

  @Test
  void sendersThatAMessageNamesAreLookedUp() throws Exception {
    waiting(4);
    room.zone =
        ZoneDns.of(
            Map.of(
                "supplier.example",
                Map.of("TXT", List.of("v=spf1 -all"), "A", List.of("192.0.2.1"))));

    String view =
        lookUp(
            SlackRoom.KIM,
            "is <mailto:marta@supplier.example|marta@supplier.example> real? see evil[.]example");

    assertThat(view)
        .contains("marta@supplier[.]example", "PN-5T1N-0003")
        .contains("SPF good", "There is no such domain", "evil[.]example");
  }

  @Test
  void aMessageWithoutAnyIsToldSo() throws Exception {
    assertThat(lookUp(SlackRoom.KIM, "version 1.2.3 of 2026-11-24, see you @ noon"))
        .contains("Nothing to look up");
  }

  @Test
  void aStrangerIsShownNothing() throws Exception {
    waiting(1);

    assertThat(lookUp(SlackRoom.STRANGER, "marta@supplier.example"))
        .contains("does not know you")
        .doesNotContain("supplier");
  }

  @Test
  void P13_hostileWordsOfAMessageAreQuoted() throws Exception {
    String view = lookUp(SlackRoom.KIM, "<!channel> a`*b@evil.example <@U04KIMPARK1> paypal.com");

    assertThat(view).contains("a`*b@evil[.]example", "paypal[.]com").doesNotContain("<!channel>");
  }

  @Test
  void ofManyAFewAreLookedUpAndTheRestIsCounted() throws Exception {
    String many =
        IntStream.range(0, 40)
            .mapToObj(i -> "a" + i + "@d" + i + ".example")
            .collect(Collectors.joining(" "));

    assertThat(lookUp(SlackRoom.KIM, many))
        .contains("a2@d2[.]example", "The message names 75 more")
        .doesNotContain("a3@d3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"@", "a@", "@b.example", "..", "x@y", "a@b..c", "\u202e@\u0000.example"})
  void whatIsNoAddressIsNone(String text) {
    assertThat(NamedInText.of(text).addresses()).isEmpty();
  }

  @Test
  @Timeout(20)
  void aMessageOfAnySizeIsReadInABlink() {
    for (String piece : List.of("a", "a.", "a@", "@.", "[.]", "a@b.example ", "-._")) {
      NamedInText found = NamedInText.of(piece.repeat(200_000).substring(0, 100_000));
      assertThat(found.addresses().size()).isLessThan(101);
    }
    assertThat(NamedInText.of("Bo <bo@corp.example>, at corp.example").addresses())
        .containsExactly(EmailAddress.parse("bo@corp.example").orElseThrow());
  }
}
