package dev.postern.teams.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.postern.approval.MemoryReplays;
import dev.postern.teams.BotKey;
import dev.postern.teams.BotTokens;
import dev.postern.teams.FakeMetadata;
import dev.postern.teams.door.Doors.StandingClock;
import io.javalin.Javalin;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TeamsEntranceIT {
  private static final BotKey KEY = BotKey.named("current");

  private final StandingClock clock = new StandingClock();
  private final FakeMetadata metadata = new FakeMetadata().publish(KEY);
  private final DoorCheck door = Doors.door(metadata.configuration(), clock);
  private final MemoryReplays replays = new MemoryReplays();
  private final List<Activity> told = new CopyOnWriteArrayList<>();
  private volatile Function<Activity, Reply> dispatch = _ -> Reply.ok();

  private final TeamsEntrance entrance =
      new TeamsEntrance(
          door,
          replays,
          activity -> {
            told.add(activity);
            return dispatch.apply(activity);
          });
  private final Javalin server =
      Javalin.create(config -> entrance.register(config.routes)).start("127.0.0.1", 0);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    client.close();
    server.stop();
    door.close();
    metadata.close();
  }

  private BotTokens good() {
    return BotTokens.good(KEY, clock.instant());
  }

  private HttpResponse<String> send(BotTokens sent) throws Exception {
    return send(sent, "application/json; charset=utf-8");
  }

  private HttpResponse<String> send(BotTokens sent, String type) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + server.port() + TeamsEntrance.PATH);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(sent.octets()));
    sent.authorization().forEach(it -> request.header("Authorization", it));
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void whatIsGenuineIsHandedOnWithItsAnswer() throws Exception {
    dispatch = _ -> Reply.json(JsonNodeFactory.instance.objectNode().put("statusCode", 200));
    HttpResponse<String> response = send(good());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"statusCode\":200}");
    assertThat(told)
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.tenant()).isEqualTo(BotTokens.TENANT);
              assertThat(it.serviceUrl()).hasToString(BotTokens.SERVICE_URL);
              assertThat(it.emulated()).isFalse();
            });
    assertThat(door.refusedAll()).isZero();
  }

  @Test
  void P14_aRefusalSaysNothingThatWasSent() throws Exception {
    BotTokens forged = good();
    forged.claims.put("aud", "c0ffee");
    HttpResponse<String> response = send(forged);

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValueSatisfying(it -> assertThat(it).startsWith("application/problem+json"));
    assertThat(response.body())
        .contains("\"status\":401", "teams.app-id")
        .doesNotContain("c0ffee", forged.authorization().getFirst().substring(7, 40), "Kim Lee");
    assertThat(told).isEmpty();
    assertThat(door.refusedAll()).isEqualTo(1);
  }

  @Test
  void whatIsTooLargeIsNotRead() throws Exception {
    BotTokens fits = good();
    fits.body = text -> text + " ".repeat(TeamsEntrance.LARGEST_BODY - text.length());
    assertThat(fits.octets()).hasSize(TeamsEntrance.LARGEST_BODY);
    assertThat(send(fits).statusCode()).isEqualTo(200);

    String chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";
    assertThat(raw("Content-Length: " + (TeamsEntrance.LARGEST_BODY + 1), "")).contains(" 413 ");
    assertThat(raw("Transfer-Encoding: chunked", chunk.repeat(4) + "1\r\n ")).contains(" 413 ");
  }

  /** Sends no more than is read, since who answers early and hangs up may be taken for dead. */
  private String raw(String length, String body) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      String head =
          "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n%s\r\n\r\n"
              .formatted(TeamsEntrance.PATH, length);
      socket.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
      InputStreamReader answer =
          new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII);
      return String.valueOf(new BufferedReader(answer).readLine());
    }
  }

  @Test
  void onlyJsonIsTaken() throws Exception {
    for (String type : List.of("text/plain", "application/jsonp", "text/plain; application/json")) {
      assertThat(send(good(), type).statusCode()).as(type).isEqualTo(415);
    }
    assertThat(send(good(), "Application/JSON").statusCode()).isEqualTo(200);
  }

  @Test
  void theSameActivityDoesNothingTwice() throws Exception {
    assertThat(send(good()).statusCode()).isEqualTo(200);
    HttpResponse<String> again = send(good());
    BotTokens elsewhere = good();
    elsewhere.activity.putObject("conversation").put("id", "19:x@thread.v2");
    BotTokens edit = good();
    edit.activity.put("type", "messageUpdate");

    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEmpty();
    assertThat(told).hasSize(1);
    send(elsewhere);
    send(edit);
    assertThat(told).as("ids are a conversation's, and an edit has its message's").hasSize(3);
  }

  @Test
  void whatFailedForReasonsOfOursMayComeAgain() throws Exception {
    dispatch =
        _ -> {
          throw new IllegalStateException("a secret of ours");
        };
    HttpResponse<String> failed = send(good());
    assertThat(failed.statusCode()).isEqualTo(500);
    assertThat(failed.body()).doesNotContain("secret", "Exception", "\tat ");

    dispatch = _ -> Reply.problem(503, "Not now", "Later.");
    assertThat(send(good()).statusCode()).isEqualTo(503);
    dispatch = _ -> Reply.ok();
    assertThat(send(good()).statusCode()).isEqualTo(200);
    assertThat(told).hasSize(3);
  }

  @Test
  void whatCannotBeToldFromOthersIsNotTaken() throws Exception {
    replays.away = true;

    assertThat(send(good()).statusCode()).isEqualTo(503);
    assertThat(told).isEmpty();
  }

  @Test
  void withoutKeysNobodyComesInUntilTheyAreThere() throws Exception {
    metadata.order(FakeMetadata.Trouble.ERROR);
    assertThat(send(good()).statusCode()).isEqualTo(503);
    assertThat(door.trouble()).isPresent();
    assertThat(door.refusedAll()).as("nobody's fault").isZero();

    metadata.order(FakeMetadata.Trouble.NONE);
    clock.pass(PublishedKeys.SHORT_PAUSE);
    assertThat(send(good()).statusCode()).isEqualTo(200);
    assertThat(door.trouble()).isEmpty();
  }
}
