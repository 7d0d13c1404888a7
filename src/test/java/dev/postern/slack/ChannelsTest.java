package dev.postern.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.postern.approval.Accounts;
import dev.postern.approval.CardPlace;
import dev.postern.card.CardView;
import dev.postern.card.Notice;
import dev.postern.card.SurfaceTrouble;
import dev.postern.card.SurfaceTrouble.Kind;
import dev.postern.fake.Mishap;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelsTest {
  private static final CardPlace PLACE = new CardPlace("slack", FakeSlack.CHANNEL);

  private FakeSlack slack;
  private WebApi api;
  private Channels channels;
  private SlackSurface surface;
  private volatile Instant now = SlackRoom.NOW;

  @BeforeEach
  void open() {
    slack = new FakeSlack();
    api = new WebApi(slack.settings(), () -> now);
    channels = new Channels(api, () -> now);
    surface = new SlackSurface(api, channels, Accounts.NONE, Optional::empty);
  }

  @AfterEach
  void close() {
    api.close();
    slack.close();
  }

  private SurfaceTrouble troubleOfPost() {
    return catchThrowableOfType(
        SurfaceTrouble.class, () -> surface.post("card-1", PLACE, Samples.card("pending-high")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"is_ext_shared", "is_pending_ext_shared"})
  void P6_noCardThatAsksIsPostedWhereAnotherFirmReadsAlong(String field) {
    slack.channels.put(FakeSlack.CHANNEL, Kit.object().put(field, true));

    SurfaceTrouble trouble = troubleOfPost();

    assertThat(trouble.kind()).isEqualTo(Kind.CLOSED);
    assertThat(trouble).hasMessageContaining("Slack Connect").hasMessageContaining("choose");
    assertThat(slack.messages.all()).isEmpty();
  }

  @Test
  void aCardThatOnlyTellsMayStandThere() throws Exception {
    slack.channels.put(FakeSlack.CHANNEL, Kit.object().put("is_ext_shared", true));
    CardView told = Samples.card("released");
    assertThat(told.actions()).extracting(action -> action.id()).containsOnly("pn.evidence");
    surface.post("card-1", PLACE, told);

    assertThat(slack.messages.all()).hasSize(1);
  }

  @Test
  void P6_aCardThatAsksLosesFactsAndButtonsOnceAnotherFirmReadsAlong() throws Exception {
    String card = surface.post("card-1", PLACE, Samples.card("pending-high"));
    sharedNow();

    surface.update(card, PLACE, Samples.card("voted-1-of-2"));

    assertThat(onlyMessage().blocks().findValuesAsText("action_id")).isEmpty();
    assertThat(onlyMessage().blocks().toString())
        .contains("Slack Connect", "web page")
        .doesNotContain("PN-", "From", "@");
    assertThat(onlyMessage().text()).startsWith("Not decided here any more.");
    assertThat(BlockKitRules.ofMessage(onlyMessage().blocks())).isEmpty();
    slack.channels.clear();
    channels.look(FakeSlack.CHANNEL);
    surface.update(card, PLACE, Samples.card("voted-1-of-2"));
    assertThat(onlyMessage().blocks().toString()).contains("pn.discard");
  }

  @Test
  void P6_nobodyIsRemindedWhereAnotherFirmReadsAlongButTheCardGoes() throws Exception {
    String card = surface.post("card-1", PLACE, Samples.card("pending-high"));
    sharedNow();

    surface.remind(card, new Notice("Still held", "Case PN-7F3K-2QXD waits."));

    assertThat(onlyMessage().blocks().toString())
        .contains("Slack Connect")
        .doesNotContain("PN-", "pn.release");
  }

  @Test
  void howACaseEndedIsToldThereAllTheSame() throws Exception {
    String card = surface.post("card-1", PLACE, Samples.card("pending-high"));
    sharedNow();

    surface.update(card, PLACE, Samples.card("released"));

    assertThat(onlyMessage().blocks().toString()).contains("pn.evidence");
  }

  @Test
  void aCardThatStandsIsRedrawnWithoutAQuestionToSlackAndWithoutItsAnswer() throws Exception {
    String card = surface.post("card-1", PLACE, Samples.card("pending-high"));
    surface.update(card, PLACE, Samples.card("voted-1-of-2"));
    assertThat(slack.methods().stream().filter("conversations.info"::equals)).hasSize(1);

    now = now.plus(Duration.ofMinutes(10)).plusSeconds(1);
    slack.http.order("conversations.info", Mishap.SERVER_ERROR);
    surface.update(card, PLACE, Samples.card("pending-low"));
    assertThat(onlyMessage().edits()).isEqualTo(2);
    assertThat(onlyMessage().blocks().findValuesAsText("action_id")).isNotEmpty();
  }

  @Test
  void whatWasSharedStaysSharedWhileSlackDoesNotSay() throws Exception {
    String card = surface.post("card-1", PLACE, Samples.card("pending-high"));
    sharedNow();
    now = now.plus(Duration.ofMinutes(10)).plusSeconds(1);
    slack.http.order("conversations.info", Mishap.SERVER_ERROR);

    surface.update(card, PLACE, Samples.card("voted-1-of-2"));

    assertThat(onlyMessage().blocks().findValuesAsText("action_id")).isEmpty();
  }

  @Test
  void aConversationWithOnePersonIsNotAskedAbout() {
    assertThat(channels.shared("DU0ANNA0001")).isFalse();
    assertThat(slack.methods()).isEmpty();
  }

  private void sharedNow() {
    slack.channels.put(FakeSlack.CHANNEL, Kit.object().put("is_ext_shared", true));
    channels.look(FakeSlack.CHANNEL);
  }

  private SlackMessages.Message onlyMessage() {
    assertThat(slack.messages.all()).hasSize(1);
    return slack.messages.all().getFirst();
  }

  @Test
  void slackIsAskedAboutAChannelEveryTenMinutes() throws Exception {
    for (int i = 0; i < 3; i++) {
      surface.post("card-" + i, PLACE, Samples.card("pending-high"));
    }
    assertThat(slack.methods().stream().filter("conversations.info"::equals)).hasSize(1);

    now = now.plus(Duration.ofMinutes(10)).plusSeconds(1);
    slack.channels.put(FakeSlack.CHANNEL, Kit.object().put("is_ext_shared", true));
    assertThat(troubleOfPost().kind()).isEqualTo(Kind.CLOSED);
  }

  @ParameterizedTest
  @CsvSource({"SERVER_ERROR, AWAY", "RESET, AWAY", "RATE_LIMITED, AWAY"})
  void P12_aQuestionWithoutAnAnswerLeavesNoDoubtThatNothingWasPosted(Mishap mishap, Kind kind) {
    slack.http.order("conversations.info", mishap);

    assertThat(troubleOfPost().kind()).isEqualTo(kind);
    assertThat(slack.messages.all()).isEmpty();
  }

  @Test
  void withoutTheScopeNothingThatAsksIsPosted() {
    slack.scopes.remove("channels:read");
    slack.scopes.remove("groups:read");

    SurfaceTrouble trouble = troubleOfPost();

    assertThat(trouble.kind()).isEqualTo(Kind.CLOSED);
    assertThat(trouble).hasMessageContaining("channels:read");
    assertThat(slack.messages.all()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "is_ext_shared | true  | Slack Connect",
        "is_archived   | true  | unarchive",
        "is_member     | false | /invite @Postern"
      })
  void aLookSaysInReadinessWhatIsWrongUntilItIsMended(String field, boolean value, String mend) {
    slack.channels.put(FakeSlack.CHANNEL, Kit.object().put(field, value));
    channels.look(FakeSlack.CHANNEL);
    assertThat(api.trouble())
        .hasValueSatisfying(t -> assertThat(t).contains(FakeSlack.CHANNEL, mend));

    slack.channels.clear();
    channels.look(FakeSlack.CHANNEL);
    assertThat(api.trouble()).isEmpty();
  }

  @Test
  void aChannelThatDoesNotExistDoesNotHideBehindOneThatDoes() {
    slack.channels.put("C0GONE", Kit.object().put("error", "channel_not_found"));

    channels.look("C0GONE");
    channels.look(FakeSlack.CHANNEL);

    assertThat(api.trouble())
        .hasValueSatisfying(t -> assertThat(t).contains("C0GONE", "channel_not_found"));
    assertThatCode(() -> surface.post("card-1", PLACE, Samples.card("pending-high")))
        .doesNotThrowAnyException();
  }
}
