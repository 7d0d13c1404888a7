package dev.postern.teams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.CaseFile;
import dev.postern.card.ChatWorld;
import dev.postern.card.SampleCases;
import dev.postern.evidence.Answer;
import dev.postern.fake.Mishap;
import dev.postern.teams.TeamsPlaces.Mood;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people write to the bot, and where it answers. */
class TalkTest {
  private static final String THREAD = TeamsRoom.CHANNEL + ";messageid=1";
  private static final String OWN = "a:Kim";

  private final TeamsRoom room = new TeamsRoom();
  private final CaseFile asking = SampleCases.spoofed().build();

  @BeforeEach
  void aCase() {
    room.cases.put(asking);
    room.teams.places.personal("29:Kim");
  }

  @AfterEach
  void close() {
    room.close();
  }

  private ObjectNode written(String user, String place, String text) {
    return room.heard(user, place, place.startsWith("19:") ? "channel" : "personal")
        .put("text", text);
  }

  private void says(String user, String place, String text) {
    int status =
        room.talk(Runnable::run)
            .message(room.activity("message", written(user, place, text)))
            .status();
    assertThat(status).isEqualTo(200);
  }

  @Test
  void inAChatOfItsOwnAllIsAnsweredThere() {
    says(TeamsRoom.KIM, OWN, "lookup " + asking.id());
    says(TeamsRoom.KIM, OWN, "mine");

    assertThat(room.shown(OWN)).hasSize(2).allMatch(it -> it.contains(asking.id().text()));
  }

  @Test
  void inAChannelWhatIsSaidOfCasesGoesToWhoeverAskedAlone() {
    says(TeamsRoom.KIM, THREAD, "<at>Postern</at> " + asking.id());

    assertThat(room.shown(OWN)).hasSize(1).first().asString().contains(asking.id().text());
    assertThat(room.shown(THREAD))
        .hasSize(1)
        .first()
        .asString()
        .contains("Answered in our chat")
        .doesNotContain(asking.id().text());
  }

  @Test
  void whoDoesNotTakeMessagesIsToldWhereToAsk() {
    room.teams.places.mood(OWN, Mood.BLOCKED);

    says(TeamsRoom.KIM, THREAD, "mine");

    assertThat(room.shown(OWN)).isEmpty();
    assertThat(room.shown(THREAD)).hasSize(1).first().asString().contains("in a personal chat");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "help", "HELP me", "<at>Postern</at>", "/postern help"})
  void helpIsForAllAndForStrangersToo(String typed) {
    says(TeamsRoom.STRANGER, THREAD, typed);

    assertThat(room.shown(THREAD)).hasSize(1).first().asString().contains("check").contains("mine");
  }

  @Test
  void whatADomainPublishesIsNoSecret() {
    says(TeamsRoom.KIM, THREAD, "check shop.example");

    assertThat(room.shown(THREAD)).hasSize(1).first().asString().contains("shop[.]example");
    assertThat(room.shown(OWN)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {TeamsRoom.GUEST, TeamsRoom.OUTSIDE, ""})
  void P6_whoDoesNotCountIsToldNothing(String user) {
    for (String typed : new String[] {asking.id().text(), "mine", "open", "check shop.example"}) {
      says(user, THREAD, typed);
    }

    assertThat(room.teams.places.messages())
        .hasSize(4)
        .allMatch(it -> it.conversation().equals(THREAD))
        .noneMatch(it -> it.activity().toString().contains(asking.id().text()))
        .noneMatch(it -> it.activity().toString().contains("shop"));
  }

  @Test
  void P6_whomTheSettingsDoNotNameIsToldSoInPrivate() {
    says(TeamsRoom.STRANGER, THREAD, asking.id().text());

    assertThat(room.shownTo("29:Stranger"))
        .hasSize(1)
        .first()
        .asString()
        .contains("does not know you")
        .doesNotContain(asking.id().text());
  }

  @Test
  void P6_whileTeamsDoesNotSayWhoItIsNothingIsAnswered() {
    room.teams.http.always("member", Mishap.UNAVAILABLE);

    says(TeamsRoom.KIM, OWN, asking.id().text());

    assertThat(room.shown(OWN))
        .hasSize(1)
        .first()
        .asString()
        .doesNotContain("account has been limited");
  }

  @Test
  void aStoreThatIsDownIsSaidAndNothingElse() {
    room.storeDown = true;

    says(TeamsRoom.KIM, OWN, asking.id().text());

    assertThat(room.shown(OWN)).hasSize(1).first().asString().contains("cannot read its cases");
  }

  @Test
  void anAnswerThatTeamsDoesNotTakeIsNoFault() {
    room.teams.http.order("send", Mishap.SERVER_ERROR);

    says(TeamsRoom.KIM, OWN, "help");

    assertThat(room.shown(OWN)).isEmpty();
  }

  @Test
  void P16_beyondSixteenAtOncePeopleAreToldToAskAgain() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    CountDownLatch busy = new CountDownLatch(16);
    room.zone =
        (_, _, _) -> {
          busy.countDown();
          await(slow);
          return Answer.without(Answer.Status.NXDOMAIN, 60);
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Talk talk = room.talk(threads);
      for (int i = 0; i < 16; i++) {
        talk.message(
            room.activity("message", written(TeamsRoom.KIM, OWN, "check a" + i + ".example")));
      }
      await(busy);
      talk.message(room.activity("message", written(TeamsRoom.NOOR, THREAD, "open")));
      ChatWorld.await("an answer", () -> room.shown(THREAD).size() == 1);
      slow.countDown();
    }

    assertThat(room.shown(THREAD).getFirst()).contains("Too many look-ups");
    assertThat(room.shown(OWN)).hasSize(16);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aButtonOfAnOldClientIsAnsweredInWords() {
    ObjectNode json = written(TeamsRoom.KIM, OWN, "");
    json.putObject("value").put("verb", "pn.from_the_future").put("t", "pn1.x");

    room.talk(Runnable::run).message(room.activity("message", json));

    assertThat(room.shown(OWN)).hasSize(1).first().asString().contains("This button does nothing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<at>Postern</at> open | open",
        "<at id=\"0\">Postern</at>&nbsp;mine | mine",
        "hey <at>Postern</at> PN-1 | hey   PN-1",
        "/postern lookup PN-1 | PN-1",
        "Postern case PN-1 | PN-1",
        "look up a@b.example | a@b.example",
        "find a.example | a.example",
        "&lt;1@evil.example&gt; | <1@evil.example>",
        "&amp;lt; | &lt;",
        "<at>Postern</at> | ''"
      })
  void whatIsTypedIsReadAsItWasMeant(String text, String meant) {
    assertThat(Talk.typed(text)).isEqualTo(meant);
  }

  @Test
  void P16_ofALongMessageTheBeginningIsRead() {
    assertThat(Talk.typed("x".repeat(100_000))).hasSize(500);
    assertThat(Talk.typed("<at>".repeat(50_000))).hasSizeLessThanOrEqualTo(500);
  }
}
