package dev.postern.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.card.Surface;
import dev.postern.card.pace.Pacing;
import dev.postern.fake.Mishap;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.java_websocket.WebSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlackIT {
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
  void withoutSettingsThereIsNoSlack() {
    assertThat(Slack.start(SlackSettings.off(), room.wiring(), SlackRoom.WATCHED)).isEmpty();
  }

  @Test
  void aSlackThatIsDownNeitherStopsTheStartNorStaysDown() {
    room.slack.http.order("auth.test", Mishap.SERVER_ERROR);

    try (Slack slack =
        Slack.start(room.slack.settings(), room.wiring(), SlackRoom.WATCHED).orElseThrow()) {
      assertThat(slack.trouble()).isPresent();
      await(() -> slack.trouble().isEmpty());

      Surface surface = slack.surface();
      assertThat(surface.name()).isEqualTo("slack");
      assertThat(slack.defaultChannel()).isEqualTo(FakeSlack.CHANNEL);
    }
  }

  @Test
  void atStartItReadsGroupsAndSaysWhichChannelsTakeNoCards() {
    Watched watched = new Watched(Set.of(FakeSlack.CHANNEL, "C0SHARED"), Set.of("S1OPS"));
    room.slack.groups.put("S1OPS", List.of(SlackRoom.KIM));
    room.slack.channels.put("C0SHARED", Kit.object().put("is_ext_shared", true));

    try (Slack slack = Slack.start(room.slack.settings(), room.wiring(), watched).orElseThrow()) {
      await(() -> slack.trouble().filter(t -> t.contains("Slack Connect")).isPresent());
      await(() -> slack.accounts().members("S1OPS").isPresent());

      assertThat(slack.trouble())
          .hasValueSatisfying(
              t -> assertThat(t).contains("C0SHARED").doesNotContain(FakeSlack.CHANNEL));
    }
  }

  @Test
  void socketModeTakesTheSameClicksWithoutAPublicAddress() throws Exception {
    FakeSocket far = new FakeSocket();
    room.slack.socketUrl = far.url();
    var card = room.post("pending-low", Map.of());
    try (Slack slack =
        Slack.start(socketSettings(), room.wiring(), SlackRoom.WATCHED).orElseThrow()) {
      WebSocket link = taken(far);
      await(() -> slack.trouble().isEmpty());
      ObjectNode press = room.hand.pressing(SlackRoom.KIM, card, "pn.release");
      far.send(link, "interactive", press);
      far.send(link, "interactive", press);

      assertThat(acknowledgement(far).path("envelope_id").asText()).startsWith("envelope-");
      acknowledgement(far);
      assertThat(room.accepted).hasSize(1);

      ObjectNode command =
          Kit.object()
              .put("command", "/postern")
              .put("text", "PN-7F3K-2QXD")
              .put("team_id", FakeSlack.TEAM)
              .put("user_id", SlackRoom.KIM);
      far.send(link, "slash_commands", command);
      assertThat(acknowledgement(far).at("/payload/blocks").toString())
          .contains("Case PN-7F3K-2QXD");
    } finally {
      far.stop(1000);
    }
  }

  @Test
  void socketModeComesBackAfterTheLinkBreaks() throws Exception {
    FakeSocket far = new FakeSocket();
    room.slack.socketUrl = far.url();
    try (Slack slack =
        Slack.start(socketSettings(), room.wiring(), SlackRoom.WATCHED).orElseThrow()) {
      WebSocket first = taken(far);
      await(() -> slack.trouble().isEmpty());

      first.close();

      assertThat(taken(far)).isNotSameAs(first);
    } finally {
      far.stop(1000);
    }
  }

  @Test
  void anotherWorkspacesRequestChangesNothingBySocketModeEither() throws Exception {
    FakeSocket far = new FakeSocket();
    room.slack.socketUrl = far.url();
    try (Slack slack =
        Slack.start(socketSettings(), room.wiring(), SlackRoom.WATCHED).orElseThrow()) {
      WebSocket link = taken(far);
      await(() -> slack.trouble().isEmpty());
      ObjectNode foreign = Kit.object("block_actions");
      foreign.putObject("team").put("id", "T0OTHER001");
      far.send(link, "interactive", foreign);

      assertThat(acknowledgement(far).has("payload")).isFalse();
      assertThat(room.inbox).isEmpty();
    } finally {
      far.stop(1000);
    }
  }

  private SlackSettings socketSettings() {
    return new SlackSettings(
        FakeSlack.BOT_TOKEN,
        "",
        FakeSlack.APP_TOKEN,
        room.slack.url(),
        FakeSlack.CHANNEL,
        Pacing.ON);
  }

  private static WebSocket taken(FakeSocket far) throws InterruptedException {
    return Objects.requireNonNull(far.links.poll(30, TimeUnit.SECONDS), "no link was opened");
  }

  private static JsonNode acknowledgement(FakeSocket far) throws InterruptedException {
    return Objects.requireNonNull(far.acknowledged.poll(10, TimeUnit.SECONDS), "nothing came");
  }

  private static void await(BooleanSupplier condition) {
    Instant end = Instant.now().plus(Duration.ofSeconds(20));
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(end);
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }
}
