package dev.postern.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.slack.api.socket_mode.SocketModeClient;
import com.slack.api.socket_mode.request.SocketModeEnvelope;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slack without a public address: the same requests over a WebSocket that we open. The library
 * keeps it open and reconnects; authenticity is Slack's TLS and the app token.
 */
final class SocketMode implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SocketMode.class);

  private final com.slack.api.Slack sdk;
  private final String appToken;
  private final Reception reception;
  private volatile @Nullable SocketModeClient client;

  SocketMode(com.slack.api.Slack sdk, String appToken, Reception reception) {
    this.sdk = sdk;
    this.appToken = appToken;
    this.reception = reception;
  }

  /**
   * Opens the connection.
   *
   * @throws IOException when Slack does not give one
   */
  void connect() throws IOException {
    SocketModeClient fresh = sdk.socketMode(appToken, SocketModeClient.Backend.JavaWebSocket);
    fresh.addInteractiveEnvelopeListener(e -> answer(fresh, e, reception::interaction));
    fresh.addSlashCommandsEnvelopeListener(e -> answer(fresh, e, reception::command));
    fresh.addEventsApiEnvelopeListener(e -> answer(fresh, e, reception::event));
    fresh.setAutoReconnectEnabled(true);
    fresh.connect();
    client = fresh;
  }

  private void answer(
      SocketModeClient socket, SocketModeEnvelope envelope, Function<JsonNode, Reply> desk) {
    JsonElement payload = envelope.getPayload();
    JsonObject acknowledgement = new JsonObject();
    acknowledgement.addProperty("envelope_id", envelope.getEnvelopeId());
    try {
      Reply reply =
          Kit.read(new Gson().toJson(payload))
              .map(desk)
              .orElseGet(() -> Reply.problem(400, "Broken JSON", "The payload is no JSON object."));
      if (reply.status() != 200) {
        log.warn("A request by Socket Mode was refused: {}", reply.body());
        // Not acknowledged, Slack delivers what may still succeed again.
        if (reply.status() >= 500) {
          return;
        }
      } else if (reply.type().equals("application/json")) {
        acknowledgement.add("payload", JsonParser.parseString(reply.body()));
      }
    } catch (RuntimeException ours) {
      log.error("A request by Socket Mode failed", ours);
      return;
    }
    socket.sendSocketModeResponse(acknowledgement.toString());
  }

  @Override
  public void close() {
    SocketModeClient open = client;
    if (open != null) {
      try {
        open.setAutoReconnectEnabled(false);
        open.close();
      } catch (IOException alreadyGone) {
        log.debug("Socket Mode was closed already", alreadyGone);
      }
    }
  }
}
