package dev.postern.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** People's hands in the fake Slack: presses buttons, sends forms, types commands, signed. */
final class SlackHand {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger count = new AtomicInteger();
  private final FakeSlack slack;
  private final InstantSource clock;
  private volatile URI entrance;

  SlackHand(FakeSlack slack, int port, Instant now) {
    this(slack, InstantSource.fixed(now));
    reach(URI.create("http://127.0.0.1:" + port));
  }

  /** Has no Postern to reach yet. */
  SlackHand(FakeSlack slack, InstantSource clock) {
    this.slack = slack;
    this.clock = clock;
    this.entrance = URI.create(SlackEntrance.PATH);
  }

  /** From now on that Postern gets everything. */
  void reach(URI postern) {
    entrance = postern.resolve(SlackEntrance.PATH);
  }

  /** Presses a button of a card. */
  HttpResponse<String> press(String user, SlackMessages.Message card, String actionId) {
    return interact(pressing(user, card, actionId));
  }

  /** Chooses an entry of a card's menu, by what it stands for. */
  HttpResponse<String> choose(String user, SlackMessages.Message card, String entry) {
    return interact(choosing(user, card, entry));
  }

  ObjectNode choosing(String user, SlackMessages.Message card, String entry) {
    ObjectNode payload = pressing(user, card, Press.MENU);
    ObjectNode action = (ObjectNode) payload.path("actions").path(0);
    action.put("type", "overflow").remove(List.of("text", "value"));
    for (JsonNode option : card.button(Press.MENU).path("options")) {
      if (option.path("value").asText().startsWith(entry + " ")) {
        action.set("selected_option", option);
        return payload;
      }
    }
    throw new AssertionError("no entry " + entry);
  }

  /** The payload of a press, to be sent once or more often. */
  ObjectNode pressing(String user, SlackMessages.Message card, String actionId) {
    ObjectNode payload = payload("block_actions", user);
    String trigger = "trigger." + count.incrementAndGet();
    slack.triggers.add(trigger);
    payload.put("trigger_id", trigger);
    payload
        .putObject("container")
        .put("type", "message")
        .put("message_ts", card.ts())
        .put("channel_id", card.channel())
        .put("is_ephemeral", false);
    payload.putObject("channel").put("id", card.channel()).put("name", "mail-oncall");
    JsonNode button = card.button(actionId);
    ObjectNode action = payload.putArray("actions").addObject();
    action.put("type", "button").put("action_id", actionId).put("block_id", card.blockOf(actionId));
    action.set("text", button.path("text"));
    action.set("value", button.path("value"));
    action.put("action_ts", "1795503792.%06d".formatted(count.get()));
    return payload;
  }

  /** Presses the first such button of a private answer. */
  HttpResponse<String> pressPrivately(String user, JsonNode answer, String actionId) {
    return interact(pressingPrivately(user, answer, actionId));
  }

  ObjectNode pressingPrivately(String user, JsonNode answer, String actionId) {
    ObjectNode payload = payload("block_actions", user);
    String trigger = "trigger." + count.incrementAndGet();
    slack.triggers.add(trigger);
    payload.put("trigger_id", trigger).put("response_url", slack.responses.fresh());
    payload.putObject("container").put("type", "message").put("is_ephemeral", true);
    payload.withArray("actions").add(button(answer, actionId));
    return payload;
  }

  /** Presses a button of the Home tab. */
  HttpResponse<String> pressInHome(String user, JsonNode home, String actionId) {
    ObjectNode payload = pressingPrivately(user, home, actionId);
    payload.remove("response_url");
    payload.putObject("view").put("id", "V0HOME0001").put("type", "home");
    return interact(payload);
  }

  /** Presses a button of the modal that was opened last. */
  HttpResponse<String> pressInView(String user, JsonNode view, String actionId) {
    ObjectNode payload = pressingPrivately(user, view, actionId);
    payload.remove("response_url");
    payload.putObject("view").put("id", slack.views.newest()).put("type", "modal");
    return interact(payload);
  }

  /** Chooses "Look this sender up" on a message. */
  HttpResponse<String> shortcut(String user, String text) {
    ObjectNode payload = payload("message_action", user);
    String trigger = "trigger." + count.incrementAndGet();
    slack.triggers.add(trigger);
    payload.put("trigger_id", trigger).put("callback_id", SenderShortcut.CALLBACK);
    payload.put("response_url", slack.responses.fresh());
    payload.putObject("message").put("type", "message").put("text", text);
    return interact(payload);
  }

  /** Something happens in the workspace. */
  HttpResponse<String> happens(ObjectNode event) {
    ObjectNode body =
        Kit.object("event_callback")
            .put("team_id", FakeSlack.TEAM)
            .put("api_app_id", FakeSlack.APP)
            .put("event_id", "Ev" + count.incrementAndGet());
    body.set("event", event);
    return signed(body.toString(), "application/json");
  }

  private ObjectNode button(JsonNode answer, String actionId) {
    for (JsonNode block : answer.path("blocks")) {
      for (JsonNode element : block.path("elements")) {
        if (element.path("action_id").asText().equals(actionId)) {
          ObjectNode action = element.deepCopy();
          action.set("block_id", block.path("block_id"));
          return action.put("action_ts", "1795503792.%06d".formatted(count.get()));
        }
      }
    }
    throw new AssertionError("there is no button " + actionId);
  }

  /**
   * Sends a form that was opened; {@code fields} are block id, action id → value as Slack has it.
   */
  HttpResponse<String> submit(String user, JsonNode view, Map<String, JsonNode> fields) {
    return interact(submitting(user, view, fields));
  }

  ObjectNode submitting(String user, JsonNode view, Map<String, JsonNode> fields) {
    ObjectNode payload = payload("view_submission", user);
    ObjectNode sent = view.deepCopy();
    sent.put("id", "V0FORM" + count.incrementAndGet()).put("hash", "1795.aB");
    ObjectNode values = sent.putObject("state").putObject("values");
    fields.forEach(
        (name, value) ->
            values
                .putObject(name.substring(0, name.indexOf('/')))
                .set(name.substring(name.indexOf('/') + 1), value));
    payload.set("view", sent);
    return payload;
  }

  HttpResponse<String> command(String user, String text) {
    return form(
        Map.of(
            "command",
            "/postern",
            "text",
            text,
            "user_id",
            user,
            "team_id",
            FakeSlack.TEAM,
            "channel_id",
            "D0PRIVATE1",
            "api_app_id",
            FakeSlack.APP,
            "response_url",
            slack.responses.fresh(),
            "trigger_id",
            "trigger.command"));
  }

  HttpResponse<String> interact(JsonNode payload, String... headers) {
    return form(Map.of("payload", payload.toString()), headers);
  }

  HttpResponse<String> form(Map<String, String> fields, String... headers) {
    String body =
        fields.entrySet().stream()
            .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
            .collect(Collectors.joining("&"));
    return signed(body, FORM, headers);
  }

  /** Sends any body with Slack's signature of now. */
  HttpResponse<String> signed(String body, String type, String... headers) {
    // Slack signs anew what it delivers again.
    return signedAt(
        clock.instant().minusSeconds(requests.incrementAndGet() % 280), body, type, headers);
  }

  /** The same with the signature of some moment. */
  HttpResponse<String> signedAt(Instant when, String body, String type, String... headers) {
    String seconds = Long.toString(when.getEpochSecond());
    List<String> all = new ArrayList<>(List.of(headers));
    all.addAll(
        List.of(
            "X-Slack-Request-Timestamp",
            seconds,
            "X-Slack-Signature",
            seal(FakeSlack.SECRET, seconds, body)));
    return send(body, type, all);
  }

  /** Sends anything with these headers only. */
  HttpResponse<String> send(String body, String type, List<String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(entrance)
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body));
    if (!headers.isEmpty()) {
      request.headers(headers.toArray(String[]::new));
    }
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static String seal(String secret, String seconds, String body) {
    try {
      Mac hmac = Mac.getInstance("HmacSHA256");
      hmac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      String base = "v0:" + seconds + ":" + body;
      return "v0=" + HexFormat.of().formatHex(hmac.doFinal(base.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static ObjectNode payload(String type, String user) {
    ObjectNode payload = Kit.object(type);
    payload.putObject("user").put("id", user).put("username", "kim").put("team_id", FakeSlack.TEAM);
    payload.putObject("team").put("id", FakeSlack.TEAM).put("domain", "corp-example");
    payload.putNull("enterprise");
    payload.put("is_enterprise_install", false).put("api_app_id", FakeSlack.APP);
    return payload.put("token", "legacy-verification-token");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
