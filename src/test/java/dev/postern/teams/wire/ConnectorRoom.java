package dev.postern.teams.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.card.SurfaceTrouble;
import dev.postern.teams.FakeConnector;
import dev.postern.teams.FakeEntra;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A fake Entra, a fake Teams with one team, and the real Connector between. */
final class ConnectorRoom implements AutoCloseable {
  static final String TEAM = "19:a1b2c3@thread.tacv2";
  static final String CHANNEL = "19:d4e5f6@thread.tacv2";
  static final String KIM = "29:KimPark";
  static final String KIM_OBJECT = "76b0b09f-d410-48fd-993e-84da521a597b";
  static final Connector.Home HOME = new Connector.Home(FakeConnector.bot(), FakeEntra.TENANT);

  volatile Instant now = Instant.parse("2026-11-24T07:03:20Z");
  final FakeEntra entra = new FakeEntra(() -> now);
  final FakeConnector teams = new FakeConnector(entra);
  final Courier courier = new Courier();
  final Connector connector = connector(Duration.ofSeconds(5));
  final Conversation channel = new Conversation(teams.url(), CHANNEL);

  ConnectorRoom() {
    teams.places.team(TEAM, "Mail operations", "02ce3874-dd86-41ba-bddc-013f34019978");
    teams.places.channel(TEAM, CHANNEL, "Held mail");
    teams.places.member(TEAM, KIM, KIM_OBJECT, "user");
  }

  Connector connector(Duration patience) {
    return connector(entra.loginUrl(), List.of(URI.create(teams.url()))).within(patience);
  }

  Connector connector(URI login, List<URI> allowed) {
    Registration app =
        new Registration(
            FakeEntra.APP, FakeEntra.TENANT, login, new Credential.Secret(FakeEntra.SECRET));
    return new Connector(new Login(app, courier, () -> now), courier, allowed, () -> now);
  }

  static ObjectNode text(String text) {
    return JsonNodeFactory.instance.objectNode().put("type", "message").put("text", text);
  }

  static ObjectNode card(ObjectNode content) {
    ObjectNode activity = JsonNodeFactory.instance.objectNode().put("type", "message");
    activity
        .putArray("attachments")
        .addObject()
        .put("contentType", "application/vnd.microsoft.card.adaptive")
        .set("content", content);
    return activity;
  }

  static SurfaceTrouble trouble(ThrowingCallable call) {
    SurfaceTrouble trouble = catchThrowableOfType(SurfaceTrouble.class, call);
    assertThat(trouble).isNotNull();
    assertThat(trouble).hasMessageNotContaining("Bearer").hasNoCause();
    return trouble;
  }

  @Override
  public void close() {
    courier.close();
    teams.close();
    entra.close();
  }
}
