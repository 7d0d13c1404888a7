package dev.postern.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.postern.approval.CardPlace;
import dev.postern.approval.Choice;
import dev.postern.approval.Click;
import dev.postern.approval.Identity;
import dev.postern.card.CardView;
import dev.postern.card.Notice;
import dev.postern.card.SurfaceTrouble;
import dev.postern.card.SurfaceTrouble.Kind;
import dev.postern.fake.Mishap;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

class SlackSurfaceIT {
  private static final CardPlace PLACE = new CardPlace("slack", FakeSlack.CHANNEL);

  private static final Set<Mishap> WRONG =
      EnumSet.of(
          Mishap.RATE_LIMITED,
          Mishap.SERVER_ERROR,
          Mishap.LOST_ANSWER,
          Mishap.RESET,
          Mishap.REDIRECT,
          Mishap.GIBBERISH);

  /** Before the fake Slack's first message. */
  private static final Instant SINCE = SlackRoom.NOW.minusSeconds(3600);

  private SlackRoom room;

  @BeforeEach
  void open() throws Exception {
    room = new SlackRoom();
  }

  @AfterEach
  void close() {
    room.close();
  }

  @Test
  void postsACardAndBringsItToItsFinalState() throws Exception {
    String id = room.surface.post("card-1", PLACE, Samples.card("pending-high"));
    room.surface.update(id, PLACE, Samples.card("released"));

    SlackMessages.Message shown = room.slack.messages.all().getFirst();
    assertThat(room.slack.messages.all()).hasSize(1);
    assertThat(shown.edits()).isEqualTo(1);
    assertThat(shown.text()).isEqualTo(Samples.card("released").fallback());
    assertThat(shown.blocks().toString())
        .contains("250 2.0.0 Ok: queued as")
        .doesNotContain("pn.release\"");
    assertThat(shown.metadata().at("/event_payload/card").asText()).isEqualTo("card-1");
  }

  @Test
  void aRefusedClickIsAnsweredToThePersonAlone() throws Exception {
    Click click =
        new Click(
            "e1",
            "slack",
            new Identity("slack", FakeSlack.TEAM, SlackRoom.KIM),
            "pn1.x",
            FakeSlack.CHANNEL,
            new Choice.Discard(),
            "");

    room.surface.tell(click, new Notice("Too late", "The message is still held."));

    assertThat(room.whispered()).isEqualTo("U04KIMPARK1: Too late. The message is still held.");
    assertThat(room.slack.messages.all()).isEmpty();
  }

  @Test
  void P12_aStormOfTooManyRequestsSaysWhenToTryAgain() throws Exception {
    room.slack.http.order(
        "chat.postMessage", Mishap.RATE_LIMITED, Mishap.RATE_LIMITED, Mishap.RATE_LIMITED);

    for (int i = 0; i < 3; i++) {
      assertThat(troubleOfPost().asked()).contains(Duration.ofSeconds(7));
    }
    room.surface.post("card-1", PLACE, Samples.card("pending-high"));

    assertThat(room.slack.messages.all()).hasSize(1);
    assertThat(room.api.trouble()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "86400000, 30", "soon, 30", "999999, 3600"})
  void anAbsurdRetryAfterIsBounded(String header, long seconds) {
    room.slack.http.retryAfter = header;
    room.slack.http.order("chat.postMessage", Mishap.RATE_LIMITED);

    assertThat(troubleOfPost().asked()).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @EnumSource(
      value = Mishap.class,
      names = {"SERVER_ERROR", "LOST_ANSWER", "GIBBERISH", "REDIRECT"})
  void whatGoesWrongIsTroubleAndShowsUntilItIsOver(Mishap mishap) throws Exception {
    room.slack.http.order("chat.postMessage", mishap);

    SurfaceTrouble trouble = troubleOfPost();

    assertThat(trouble.kind()).isIn(Kind.UNSURE, Kind.CLOSED);
    assertThat(room.api.trouble()).contains(String.valueOf(trouble.getMessage()));
    room.surface.post("card-2", PLACE, Samples.card("pending-low"));
    assertThat(room.api.trouble()).isEmpty();
  }

  @Test
  void P16_nobodyWaitsForASilentSlack() {
    room.slack.http.order("chat.postMessage", Mishap.SILENCE);
    try (WebApi impatient =
        new WebApi(room.slack.settings(), Duration.ofMillis(200), InstantSource.system())) {
      SlackSurface surface =
          new SlackSurface(impatient, room.channels, room.members, () -> room.workspace);

      SurfaceTrouble trouble =
          catchThrowableOfType(
              SurfaceTrouble.class,
              () -> surface.post("card-1", PLACE, Samples.card("pending-high")));

      assertThat(trouble).hasMessageContaining("does not answer chat.postMessage");
      assertThat(impatient.trouble()).isPresent();
    }
  }

  @Test
  void P14_aRedirectIsNotFollowedSoTheTokenGoesNowhereElse() {
    room.slack.http.order("chat.postMessage", Mishap.REDIRECT);

    assertThat(troubleOfPost()).hasMessageContaining("slack.api-url");

    assertThat(room.slack.methods()).doesNotContain("/elsewhere");
  }

  @Test
  void P12_withAHistoryScopeACardWhoseAnswerWasLostIsFound() throws Exception {
    room.slack.scopes.add("groups:history");
    room.workspace = Optional.of(room.api.workspace());
    room.slack.http.order("chat.postMessage", Mishap.LOST_ANSWER);
    troubleOfPost();

    assertThat(room.surface.find("card-1", PLACE, SINCE))
        .contains(FakeSlack.CHANNEL + "/" + room.slack.messages.all().getFirst().ts());
    assertThat(room.surface.find("card-2", PLACE, SINCE)).isEmpty();
  }

  @Test
  void withoutThatScopeTheSecondCardCarriesTheSameTokenAndNothingUndocumentedIsCalled()
      throws Exception {
    room.slack.scopes.removeIf(scope -> scope.endsWith(":history"));
    room.workspace = Optional.of(room.api.workspace());
    room.slack.http.order("chat.postMessage", Mishap.LOST_ANSWER);
    troubleOfPost();

    assertThat(room.surface.find("card-1", PLACE, SINCE)).isEmpty();
    room.surface.post("card-1", PLACE, Samples.card("pending-high"));

    var cards = room.slack.messages.all();
    assertThat(cards).hasSize(2);
    assertThat(cards.get(0).button("pn.release").path("value"))
        .isEqualTo(cards.get(1).button("pn.release").path("value"));
    assertThat(room.slack.methods()).doesNotContain("conversations.history");
  }

  @ParameterizedTest
  @CsvSource({
    "invalid_auth,      slack.bot-token",
    "token_revoked,     slack.bot-token",
    "missing_scope,     manifest",
    "channel_not_found, slack.channels.default",
    "not_in_channel,    invite @Postern",
    "is_archived,       unarchive"
  })
  void aRefusalSaysHowToMendIt(String error, String mend) {
    room.slack.refuse("chat.postMessage", error);

    SurfaceTrouble trouble = troubleOfPost();

    assertThat(trouble).hasMessageContaining(error).hasMessageContaining(mend);
    assertThat(room.api.trouble()).isPresent();
  }

  @Test
  void anUnknownErrorIsQuotedOnlyWhenItIsAWord() {
    room.slack.refuse("chat.postMessage", "<!channel> \u202e xoxb-1");

    assertThat(troubleOfPost()).hasMessage("Slack answers an unknown error to chat.postMessage.");
  }

  @Test
  void P14_noTokenIsEverLogged() throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Logger own = (Logger) LoggerFactory.getLogger("dev.postern");
    Logger library = (Logger) LoggerFactory.getLogger("com.slack");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    root.addAppender(log);
    Level ownBefore = own.getLevel();
    Level libraryBefore = library.getLevel();
    own.setLevel(Level.TRACE);
    library.setLevel(Level.TRACE);
    try {
      var card = room.post("pending-high", Map.of());
      room.hand.press(SlackRoom.KIM, card, "pn.release");
      for (Mishap mishap : WRONG) {
        room.slack.http.order("chat.postMessage", mishap);
        troubleOfPost();
      }
      room.slack.refuse("chat.postMessage", "invalid_auth");
      troubleOfPost();
      room.storeDown = true;
      room.hand.press(SlackRoom.KIM, card, "pn.release");
      room.hand.command(SlackRoom.KIM, "PN-7F3K-2QXD");
    } finally {
      root.detachAppender(log);
      own.setLevel(ownBefore);
      library.setLevel(libraryBefore);
    }

    CardView card = Samples.card("pending-high");
    assertThat(log.list).isNotEmpty();
    for (ILoggingEvent event : log.list) {
      String line =
          event.getFormattedMessage()
              + (event.getThrowableProxy() == null ? "" : event.getThrowableProxy().getMessage());
      assertThat(line).doesNotContain(FakeSlack.BOT_TOKEN, FakeSlack.SECRET);
      card.actions().forEach(a -> assertThat(line).doesNotContain(a.token()));
    }
  }

  @Test
  void P12_aCardIsFoundAmongHundredsOfNewerMessages() throws Exception {
    room.slack.scopes.add("groups:history");
    room.workspace = Optional.of(room.api.workspace());
    String id = room.surface.post("card-1", PLACE, Samples.card("pending-high"));
    for (int i = 0; i < 450; i++) {
      room.slack.messages.add(FakeSlack.CHANNEL, "hello", Kit.object(), Kit.object());
    }

    assertThat(room.surface.find("card-1", PLACE, SINCE)).contains(id);
    assertThat(room.slack.methods().stream().filter("conversations.history"::equals)).hasSize(3);
  }

  @Test
  void aMessageThatSomebodyRemovedIsGoneAndASecondCardCanBeRemoved() throws Exception {
    String id = room.surface.post("card-1", PLACE, Samples.card("pending-high"));
    room.surface.remove(id);

    assertThat(room.slack.messages.all()).isEmpty();
    SurfaceTrouble trouble =
        catchThrowableOfType(
            SurfaceTrouble.class, () -> room.surface.update(id, PLACE, Samples.card("released")));
    assertThat(trouble.kind()).isEqualTo(Kind.GONE);
  }

  private SurfaceTrouble troubleOfPost() {
    return catchThrowableOfType(
        SurfaceTrouble.class,
        () -> room.surface.post("card-1", PLACE, Samples.card("pending-high")));
  }
}
