package dev.postern.teams.wire;

import static dev.postern.teams.wire.ConnectorRoom.CHANNEL;
import static dev.postern.teams.wire.ConnectorRoom.HOME;
import static dev.postern.teams.wire.ConnectorRoom.KIM;
import static dev.postern.teams.wire.ConnectorRoom.TEAM;
import static dev.postern.teams.wire.ConnectorRoom.text;
import static dev.postern.teams.wire.ConnectorRoom.trouble;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.postern.card.SurfaceTrouble;
import dev.postern.card.SurfaceTrouble.Kind;
import dev.postern.card.Troubles;
import dev.postern.fake.Mishap;
import dev.postern.teams.TeamsPlaces.Mood;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorTroubleTest {
  private final ConnectorRoom room = new ConnectorRoom();
  private final Connector connector = room.connector;

  @AfterEach
  void close() {
    room.close();
    assertThat(room.teams.faults).isEmpty();
  }

  private SurfaceTrouble troubleOfPost() {
    return trouble(() -> connector.send(room.channel, text("x")));
  }

  @ParameterizedTest
  @CsvSource({
    "400, BadSyntax, UNFIT",
    "400, Bad Argument, UNFIT",
    "401, BotNotRegistered, CLOSED",
    "403, BotDisabledByAdmin, CLOSED",
    "403, BotNotInConversationRoster, CLOSED",
    "404, BotNotInConversationRoster, CLOSED",
    "403, ConversationBlockedByUser, CLOSED",
    "403, InvalidBotApiHost, CLOSED",
    "403, NotEnoughPermissions, CLOSED",
    "403, SomethingNew, CLOSED",
    "404, ActivityNotFoundInConversation, GONE",
    "404, ConversationNotFound, CLOSED",
    "405, '', CLOSED",
    "408, '', UNSURE",
    "413, MessageSizeTooBig, UNFIT",
    "500, ServiceError, UNSURE"
  })
  void whatTeamsAnswersToAPostDecidesWhatFollows(int status, String code, Kind kind) {
    room.teams.http.always("send", status, code);

    SurfaceTrouble trouble = troubleOfPost();

    assertThat(trouble.kind()).isEqualTo(kind);
    assertThat(trouble).hasMessageContaining((status + " " + code).strip());
  }

  /**
   * An update of what is not there posts again; a post where nothing is must not do so for ever.
   */
  @Test
  void whatIsNotThereIsGoneForAnUpdateAndClosedForAPost() {
    room.teams.places.mood(CHANNEL, Mood.DELETED);

    assertThat(troubleOfPost().kind()).isEqualTo(Kind.CLOSED);
    assertThat(kind(() -> connector.thread(room.teams.url(), CHANNEL, HOME, text("x"))))
        .isEqualTo(Kind.CLOSED);
    assertThat(kind(() -> connector.update(room.channel, "1", text("x")))).isEqualTo(Kind.GONE);
    assertThat(kind(() -> connector.delete(room.channel, "1"))).isEqualTo(Kind.GONE);
    assertThat(kind(() -> connector.member(room.channel, KIM))).isEqualTo(Kind.GONE);
  }

  /** A proxy's page says nothing of the place, nor of who is in it. */
  @ParameterizedTest
  @ValueSource(strings = {"", "NotFound"})
  void P6_aPageThatIsNotThereIsNoPlaceThatIsNotThere(String code) {
    for (String errand : List.of("send", "update", "delete", "member", "members")) {
      room.teams.http.always(errand, 404, code);
    }

    assertThat(troubleOfPost()).isNotInstanceOf(Declined.class);
    assertThat(kind(() -> connector.update(room.channel, "1", text("x")))).isEqualTo(Kind.CLOSED);
    assertThat(kind(() -> connector.delete(room.channel, "1"))).isEqualTo(Kind.CLOSED);
    assertThat(kind(() -> connector.member(room.channel, KIM))).isEqualTo(Kind.CLOSED);
    assertThat(kind(() -> connector.members(room.channel, Optional.empty())))
        .isEqualTo(Kind.CLOSED);
    assertThat(connector.trouble().orElseThrow()).contains("between Postern and Teams");
  }

  private static Kind kind(ThrowingCallable call) {
    return trouble(call).kind();
  }

  @ParameterizedTest
  @CsvSource({"REMOVED, add the app", "DISABLED, administrator", "BLOCKED, blocked or removed"})
  void aBotThatIsNotWantedSaysWhoCanMendIt(Mood mood, String mend) {
    room.teams.places.mood(TEAM, mood);

    SurfaceTrouble trouble = troubleOfPost();

    assertThat(trouble.kind()).isEqualTo(Kind.CLOSED);
    assertThat(trouble).hasMessageContaining(mend);
    assertThat(connector.trouble().isPresent()).isEqualTo(mood != Mood.BLOCKED);
  }

  /** As "Send proactive messages" shows it: JSON within a text. */
  @Test
  void aBlockThatIsToldInAnotherFormIsUnderstood() {
    String message = "{\r\n  \"subCode\": \"MessageWritesBlocked\",\r\n  \"errorCode\": null\r\n}";
    Courier.Reply reply =
        new Courier.Reply(
            403,
            "",
            Optional.empty(),
            JsonNodeFactory.instance.objectNode().put("errorCode", 209).put("message", message));

    ConnectorFault fault = ConnectorFault.of(Errand.SEND, reply, room.now);

    assertThat(fault.kind()).isEqualTo(Kind.CLOSED);
    assertThat(fault.sentence()).contains("MessageWritesBlocked");
    assertThat(fault.operatorsBusiness()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = Mishap.class,
      names = {"RATE_LIMITED", "PRECONDITION"})
  void whatWasRefusedForHasteWasNotDone(Mishap mishap) {
    room.teams.http.order("send", mishap);

    SurfaceTrouble trouble = troubleOfPost();

    assertThat(trouble.kind()).isEqualTo(Kind.AWAY);
    assertThat(trouble.asked()).contains(Duration.ofSeconds(7));
    assertThat(connector.trouble()).isEmpty();
    assertThat(room.teams.http.asks).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"12 | 12", "Tue, 24 Nov 2026 07:03:50 GMT | 30"})
  void thePauseIsAskedInSecondsOrByADate(String header, long seconds) {
    room.teams.http.retryAfter = header;
    room.teams.http.order("send", Mishap.RATE_LIMITED);

    assertThat(troubleOfPost().asked()).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @EnumSource(
      value = Mishap.class,
      names = {
        "SERVER_ERROR",
        "BAD_GATEWAY",
        "UNAVAILABLE",
        "GATEWAY_TIMEOUT",
        "DONE_BUT_TIMED_OUT",
        "LOST_ANSWER",
        "RESET",
        "GIBBERISH",
        "FLOOD"
      })
  void P12_whatMayHaveBeenDoneIsUnsureAndSentOnce(Mishap mishap) throws SurfaceTrouble {
    // A connection that was used before is where a client of HTTP is tempted to try again.
    connector.send(room.channel, text("first"));
    room.teams.http.order("send", mishap);

    SurfaceTrouble trouble = troubleOfPost();

    assertThat(trouble.kind()).isEqualTo(Kind.UNSURE);
    assertThat(room.teams.http.asks).hasSize(2);
    assertThat(connector.trouble()).contains(String.valueOf(trouble.getMessage()));
    connector.send(room.channel, text("x"));
    assertThat(connector.trouble()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Mishap.class,
      names = {"SERVER_ERROR", "BAD_GATEWAY", "UNAVAILABLE", "GATEWAY_TIMEOUT", "GIBBERISH"})
  void aLookThatFailsChangedNothing(Mishap mishap) {
    room.teams.http.order("member", mishap);

    assertThat(kind(() -> connector.member(room.channel, KIM))).isEqualTo(Kind.AWAY);
  }

  @ParameterizedTest
  @EnumSource(
      value = Mishap.class,
      names = {"SILENCE", "STUCK"})
  void P16_nobodyWaitsForASilentTeams(Mishap mishap) throws SurfaceTrouble {
    connector.send(room.channel, text("signs in"));
    room.teams.http.order("send", mishap);
    Connector hurried = connector.within(Duration.ofMillis(300));

    SurfaceTrouble trouble = trouble(() -> hurried.send(room.channel, text("x")));

    assertThat(trouble.kind()).isEqualTo(Kind.UNSURE);
  }

  @Test
  void aRedirectIsNotFollowedWithTheToken() {
    room.teams.http.order("send", Mishap.REDIRECT);

    assertThat(troubleOfPost().kind()).isEqualTo(Kind.CLOSED);
    assertThat(room.teams.http.errands()).containsExactly("send");
  }

  @Test
  void whereNobodyListensNothingWasDone() {
    String nowhere = "http://127.0.0.1:1/";
    Connector all = room.connector(room.entra.loginUrl(), List.of(URI.create(nowhere)));

    SurfaceTrouble trouble = trouble(() -> all.send(new Conversation(nowhere, CHANNEL), text("x")));

    assertThat(trouble.kind()).isEqualTo(Kind.AWAY);
  }

  @Test
  void aTokenThatTeamsDoesNotTakeAnyMoreIsReplacedOnce() throws SurfaceTrouble {
    connector.send(room.channel, text("one"));
    room.entra.revokeAll();

    connector.send(room.channel, text("two"));

    assertThat(room.teams.places.messages()).hasSize(2);
    assertThat(room.teams.http.asks).hasSize(3);
    assertThat(room.entra.http.asks).hasSize(2);
  }

  @Test
  void aTokenThatTeamsNeverTakesIsTriedTwiceAndToldOf() {
    room.teams.http.always("send", 401, "");

    SurfaceTrouble trouble = troubleOfPost();

    assertThat(trouble.kind()).isEqualTo(Kind.CLOSED);
    assertThat(trouble).hasMessageContaining("teams.app-id");
    assertThat(room.teams.http.asks).hasSize(2);
    assertThat(connector.trouble()).contains(String.valueOf(trouble.getMessage()));
  }

  @Test
  void withoutATokenTeamsIsNotAsked() throws SurfaceTrouble {
    room.entra.refuse(7000222);

    SurfaceTrouble trouble = troubleOfPost();

    assertThat(trouble.kind()).isEqualTo(Kind.CLOSED);
    assertThat(trouble).hasMessageContaining("teams.app-secret has expired");
    assertThat(room.teams.http.asks).isEmpty();
    assertThat(connector.trouble()).contains(String.valueOf(trouble.getMessage()));

    room.now = room.now.plusSeconds(10);
    connector.send(room.channel, text("x"));
    assertThat(connector.trouble()).isEmpty();
  }

  @Test
  void aSilentEntraTakesNoMoreThanTheCallMayTake() {
    room.entra.http.order("token", Mishap.SILENCE);
    Connector hurried = connector.within(Duration.ofMillis(200));

    SurfaceTrouble trouble = trouble(() -> hurried.send(room.channel, text("x")));

    assertThat(trouble.kind()).isEqualTo(Kind.AWAY);
    assertThat(room.teams.http.asks).isEmpty();
  }

  @Test
  void aFaultThatPassesIsForgotten() {
    room.teams.http.order("update", Mishap.SERVER_ERROR);
    trouble(() -> connector.update(room.channel, "1", text("x")));
    room.now = room.now.plus(Troubles.PASSING);
    assertThat(connector.trouble()).isEmpty();
  }

  @Test
  void fiftyAtOnceShareOneSignIn() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<String> one = () -> connector.send(room.channel, text("x"));
      List<Future<String>> all = Stream.generate(() -> threads.submit(one)).limit(50).toList();
      for (Future<String> each : all) {
        assertThat(each.get()).isNotEmpty();
      }
    }
    assertThat(room.entra.http.asks).hasSize(1);
    assertThat(room.teams.places.messages()).hasSize(50);
  }

  /** The fake does what it is told, or the tests of those who lean on it say nothing. */
  @Test
  void theFakeCanPostTwice() throws SurfaceTrouble {
    room.teams.http.order("send", Mishap.DOUBLED);
    String id = connector.send(room.channel, text("x"));

    assertThat(room.teams.places.messages()).hasSize(2);
    assertThat(room.teams.places.messages().getLast().id()).isEqualTo(id);
  }

  @Test
  void P14_nothingPrintsAnAnswer() {
    assertThat(new Courier.Reply(200, "", Optional.empty(), text("a token, say")))
        .hasToString("Reply[status=200]");
  }
}
