package dev.postern.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.Click;
import dev.postern.approval.Identity;
import dev.postern.approval.Person;
import io.javalin.Javalin;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlackEntranceIT {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String JSON = "application/json";

  private static SlackRoom room;

  @BeforeAll
  static void open() throws Exception {
    room = new SlackRoom();
  }

  @AfterAll
  static void close() {
    room.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "right and now,            0,    right,   200",
    "five minutes old,         -300, right,   200",
    "five minutes ahead,       300,  right,   200",
    "stale,                    -301, right,   401",
    "from the future,          301,  right,   401",
    "signed with another key,  0,    other,   401",
    "signed for another body,  0,    body,    401",
    "shortened signature,      0,    short,   401",
    "upper case,               0,    upper,   401",
    "no signature,             0,    missing, 401",
    "empty signature,          0,    empty,   401"
  })
  void onlyWhatSlackSignedJustNowGetsIn(String name, long offset, String kind, int status) {
    String body = "command=%2Fpostern&text=help&team_id=" + FakeSlack.TEAM;
    String seconds = Long.toString(SlackRoom.NOW.plusSeconds(offset).getEpochSecond());
    String right = SlackHand.seal(FakeSlack.SECRET, seconds, body);
    String signature =
        switch (kind) {
          case "right" -> right;
          case "other" -> SlackHand.seal("f".repeat(32), seconds, body);
          case "body" -> SlackHand.seal(FakeSlack.SECRET, seconds, body + "&x=1");
          case "short" -> right.substring(0, 20);
          case "upper" -> right.toUpperCase(java.util.Locale.ROOT);
          default -> "";
        };
    List<String> headers =
        kind.equals("missing")
            ? List.of("X-Slack-Request-Timestamp", seconds)
            : List.of("X-Slack-Request-Timestamp", seconds, "X-Slack-Signature", signature);

    HttpResponse<String> answer = room.hand.send(body, FORM, headers);

    assertThat(answer.statusCode()).as(name).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "1e9", "-1", "99999999999999999999999"})
  void aTimestampThatIsNoneIsRefused(String seconds) {
    String signature = SlackHand.seal(FakeSlack.SECRET, seconds, "a=b");

    HttpResponse<String> answer =
        room.hand.send(
            "a=b",
            FORM,
            List.of("X-Slack-Request-Timestamp", seconds, "X-Slack-Signature", signature));

    assertThat(answer.statusCode()).isEqualTo(401);
  }

  private static String press(String action) throws Exception {
    var card = room.post("pending-low", Map.of());
    String payload = room.hand.pressing(SlackRoom.KIM, card, action).toString();
    return "payload=" + URLEncoder.encode(payload, StandardCharsets.UTF_8);
  }

  private static String command(String text) {
    return "command=%2Fpostern&text="
        + text
        + "&user_id="
        + SlackRoom.KIM
        + "&team_id="
        + FakeSlack.TEAM;
  }

  @Test
  void aRequestThatIsSentAgainWithItsSignatureDoesNothing() throws Exception {
    for (String body : List.of(press("pn.discard"), command("PN-7F3K-2QXD"))) {
      HttpResponse<String> first = room.hand.signedAt(SlackRoom.NOW, body, FORM);
      List<Click> before = List.copyOf(room.accepted);

      HttpResponse<String> second = room.hand.signedAt(SlackRoom.NOW, body, FORM);

      assertThat(first.statusCode()).isEqualTo(200);
      assertThat(second.statusCode()).isEqualTo(200);
      assertThat(second.body()).isEmpty();
      assertThat(room.accepted).isEqualTo(before);
    }
  }

  @Test
  void P4_whatOneReplicaTookDoesNothingAtAnother() throws Exception {
    String freeze = command("freeze+now");
    String click = press("pn.discard");
    String form = press("pn.evidence");
    Javalin other = room.listening();
    try {
      SlackHand replica = new SlackHand(room.slack, other.port(), SlackRoom.NOW);
      assertThat(room.hand.signedAt(SlackRoom.NOW, freeze, FORM).body()).contains("Frozen");
      assertThat(room.hand.signedAt(SlackRoom.NOW, click, FORM).statusCode()).isEqualTo(200);
      assertThat(room.hand.signedAt(SlackRoom.NOW, form, FORM).statusCode()).isEqualTo(200);
      Person kim = room.wiring().directory().person(Identity.ofPostern("kim")).orElseThrow();
      room.brake.unfreeze(kim);
      List<Click> clicks = List.copyOf(room.accepted);
      int calls = room.slack.calls().size();

      for (String body : List.of(freeze, click, form)) {
        HttpResponse<String> played = replica.signedAt(SlackRoom.NOW, body, FORM);
        assertThat(played.statusCode()).isEqualTo(200);
        assertThat(played.body()).isEmpty();
      }

      assertThat(room.brake.standing()).isEmpty();
      assertThat(room.accepted).isEqualTo(clicks);
      assertThat(room.slack.calls()).hasSize(calls);
    } finally {
      other.stop();
    }
  }

  @Test
  void aClickLeavesNoRowBesideTheOneInTheInbox() throws Exception {
    int before = room.replays.taken.size();
    assertThat(room.hand.signedAt(SlackRoom.NOW, press("pn.discard"), FORM).statusCode())
        .isEqualTo(200);
    assertThat(room.replays.taken).hasSize(before);

    room.hand.signedAt(SlackRoom.NOW, press("pn.evidence"), FORM);
    assertThat(room.replays.taken).hasSize(before + 1);
  }

  @Test
  void whatCouldBePlayedAgainIsRefusedWhileTheStoreIsDown() throws Exception {
    String form = press("pn.evidence");
    String event =
        "{\"type\":\"event_callback\",\"team_id\":\""
            + FakeSlack.TEAM
            + "\",\"event\":{\"type\":\"app_uninstalled\"}}";
    int calls = room.slack.calls().size();
    room.replays.away = true;
    try {
      assertThat(room.hand.signedAt(SlackRoom.NOW, form, FORM).statusCode()).isEqualTo(503);
      assertThat(room.hand.signedAt(SlackRoom.NOW, event, JSON).statusCode()).isEqualTo(503);
      assertThat(room.hand.signedAt(SlackRoom.NOW, command("freeze+down"), FORM).body())
          .contains("Not now");
    } finally {
      room.replays.away = false;
    }
    assertThat(room.slack.calls()).hasSize(calls);
    assertThat(room.brake.standing()).isEmpty();
    assertThat(room.api.trouble()).isEmpty();

    assertThat(room.hand.signedAt(SlackRoom.NOW, form, FORM).statusCode()).isEqualTo(200);
    assertThat(room.slack.calls()).hasSizeGreaterThan(calls);
  }

  @Test
  void aRequestThatFailedForReasonsOfOursMayBeSentAgain() {
    String body =
        "command=%2Fpostern&text=help&x=again&user_id="
            + SlackRoom.KIM
            + "&team_id="
            + FakeSlack.TEAM;
    Optional<Workspace> known = room.workspace;
    room.workspace = Optional.empty();
    assertThat(room.hand.signedAt(SlackRoom.NOW, body, FORM).statusCode()).isEqualTo(503);
    room.workspace = known;

    assertThat(room.hand.signedAt(SlackRoom.NOW, body, FORM).body()).contains("Postern help");
  }

  @Test
  void anotherWorkspacesSignedRequestIsRefused() throws Exception {
    room.inbox.clear();
    var card = room.post("pending-low", Map.of());
    ObjectNode payload = room.hand.pressing(SlackRoom.KIM, card, "pn.release");
    ((ObjectNode) payload.path("team")).put("id", "T0OTHER001");

    assertThat(room.hand.interact(payload).statusCode()).isEqualTo(403);
    assertThat(
            room.hand
                .form(Map.of("command", "/postern", "text", "help", "team_id", "T0OTHER001"))
                .statusCode())
        .isEqualTo(403);
    assertThat(room.inbox).isEmpty();
  }

  @Test
  void anotherAppsRequestIsRefused() throws Exception {
    var card = room.post("pending-low", Map.of());
    ObjectNode payload = room.hand.pressing(SlackRoom.KIM, card, "pn.release");
    payload.put("api_app_id", "A0OTHERAPP");

    assertThat(room.hand.interact(payload).statusCode()).isEqualTo(403);
  }

  @Test
  void beforeSlackToldWhoWeAreNothingGetsIn() {
    Optional<Workspace> known = room.workspace;
    room.workspace = Optional.empty();
    try {
      assertThat(room.hand.command(SlackRoom.KIM, "help").statusCode()).isEqualTo(503);
    } finally {
      room.workspace = known;
    }
  }

  @Test
  void P16_aBodyOfTenMegabytesIsRefusedUnread() throws Exception {
    assertThat(rawPost("Content-Length: 10485760\r\n", "")).contains(" 413 ");
    String chunk = "10000\r\n" + "x".repeat(65536) + "\r\n";
    assertThat(rawPost("Transfer-Encoding: chunked\r\n", chunk.repeat(17))).contains(" 413 ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\":                | application/json                  | 400",
        "[]                        | application/json                  | 400",
        "\"text\"                  | application/json                  | 400",
        "null                      | application/json                  | 400",
        "{\"type\":\"nonsense\"}   | application/json                  | 400",
        "payload=%7Bbroken         | application/x-www-form-urlencoded | 400",
        "payload=%5B%5D            | application/x-www-form-urlencoded | 400",
        "payload=%zz               | application/x-www-form-urlencoded | 400",
        "a=b                       | application/x-www-form-urlencoded | 400",
        "&&&===                    | application/x-www-form-urlencoded | 400",
        "<xml/>                    | text/xml                          | 415",
        "ssl_check=1               | application/x-www-form-urlencoded | 200"
      })
  void oddBodiesGetAClearAnswer(String body, String type, int status) {
    HttpResponse<String> answer = room.hand.signed(body, type);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).doesNotContain("Exception", "\tat ", "jackson");
    if (status != 200) {
      assertThat(answer.headers().firstValue("Content-Type"))
          .hasValueSatisfying(t -> assertThat(t).startsWith("application/problem+json"));
      assertThat(Samples.parse(answer.body()).path("detail").asText()).isNotEmpty();
    }
  }

  @Test
  void deeplyNestedJsonIsNoTrouble() {
    String deep = "{\"type\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

    assertThat(room.hand.signed(deep, JSON).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"type\":\"block_actions\"}",
        "{\"type\":\"block_actions\",\"actions\":[],\"user\":null}",
        "{\"type\":\"block_actions\",\"actions\":[{\"action_id\":7}],\"user\":{\"id\":\"U1\"}}",
        "{\"type\":\"view_submission\",\"view\":{\"callback_id\":\"pn.release\"}}",
        "{\"type\":\"shortcut\"}"
      })
  void payloadsWithoutTheirPartsAreRefused(String text) {
    ObjectNode payload = (ObjectNode) Samples.parse(text);
    payload.putObject("team").put("id", FakeSlack.TEAM);

    assertThat(room.hand.interact(payload).statusCode()).isEqualTo(400);
  }

  @Test
  void theAddressIsProvedToSlack() {
    HttpResponse<String> answer =
        room.hand.signed("{\"type\":\"url_verification\",\"challenge\":\"3eZbrw1a\"}", JSON);

    assertThat(Samples.parse(answer.body()).path("challenge").asText()).isEqualTo("3eZbrw1a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\":\"app_uninstalled\"}                                            | true",
        "{\"type\":\"tokens_revoked\",\"tokens\":{\"bot\":[\"U0POSTERN1\"]}}         | true",
        "{\"type\":\"tokens_revoked\",\"tokens\":{\"oauth\":[\"U1\"],\"bot\":[]}}      | false",
        "{\"type\":\"message\",\"text\":\"hello\"}                                   | false"
      })
  void anAppThatIsRemovedShowsInReadiness(String event, boolean removed) {
    ObjectNode body =
        Kit.object("event_callback")
            .put("team_id", FakeSlack.TEAM)
            .put("api_app_id", FakeSlack.APP);
    body.set("event", Samples.parse(event));
    try {
      assertThat(room.hand.signed(body.toString(), JSON).statusCode()).isEqualTo(200);

      assertThat(room.api.trouble().filter(t -> t.contains("install it again")).isPresent())
          .isEqualTo(removed);
    } finally {
      room.api.clear("app");
    }
  }

  @Test
  void theCommandShowsTheCaseToThoseWhoAreKnown() {
    JsonNode answer = Samples.parse(room.hand.command(SlackRoom.KIM, "pn-7f3k-2qxd").body());

    assertThat(answer.path("response_type").asText()).isEqualTo("ephemeral");
    assertThat(BlockKitRules.ofMessage(answer.path("blocks"))).isEmpty();
    assertThat(answer.path("blocks").toString()).contains("Case PN-7F3K-2QXD");
  }

  @Test
  void theCommandShowsStrangersNothing() {
    JsonNode known = Samples.parse(room.hand.command(SlackRoom.STRANGER, "PN-7F3K-2QXD").body());
    JsonNode unknown = Samples.parse(room.hand.command(SlackRoom.STRANGER, "PN-0000-0000").body());

    assertThat(known.toString()).contains("does not know you");
    assertThat(unknown).isEqualTo(known);
  }

  @ParameterizedTest
  @CsvSource({
    "help,             Postern help",
    "'',               Postern help",
    "PN-0000-0000,     No such case",
    "release it all,   Not understood",
    "<!channel>,       No such case"
  })
  void theCommandAnswersEverything(String typed, String title) {
    HttpResponse<String> answer = room.hand.command(SlackRoom.KIM, typed);

    JsonNode body = Samples.parse(answer.body());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(body.at("/blocks/0/text/text").asText()).isEqualTo(title);
    assertThat(BlockKitRules.ofMessage(body.path("blocks"))).isEmpty();
    // What was typed comes back as a quotation, never as Slack's own markup.
    assertThat(Kit.text(body.path("text"))).doesNotContain("<");
  }

  @Test
  void theCommandSaysWhenTheStoreIsDown() {
    room.storeDown = true;
    try {
      assertThat(room.hand.command(SlackRoom.KIM, "PN-7F3K-2QXD").body()).contains("Not now");
    } finally {
      room.storeDown = false;
    }
  }

  /** Sends a head and the beginning of a body, and reads the status line. */
  private static String rawPost(String header, String body) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), room.port())) {
      socket.setSoTimeout((int) Duration.ofSeconds(10).toMillis());
      OutputStream out = socket.getOutputStream();
      String head =
          "POST /slack/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + FORM + "\r\n";
      out.write((head + header + "\r\n" + body).getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return String.valueOf(
          new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
              .readLine());
    }
  }
}
