package dev.postern.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What people do in Teams, as Teams tells it to a bot: signed, over real HTTP. */
public final class TeamsHand {
  private static final String PATH = "/api/messages";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FakeConnector teams;
  private final BotKey key;
  private final InstantSource clock;
  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicLong last = new AtomicLong(1_700_000_000_000L);

  private volatile URI postern;

  public TeamsHand(FakeConnector teams, BotKey key, String postern) {
    this(teams, key, InstantSource.system());
    reach(URI.create(postern));
  }

  /** Has no Postern to reach yet. */
  TeamsHand(FakeConnector teams, BotKey key, InstantSource clock) {
    this.teams = teams;
    this.key = key;
    this.clock = clock;
    this.postern = URI.create(PATH);
  }

  /** From now on that Postern gets everything. */
  void reach(URI listening) {
    postern = listening.resolve(PATH);
  }

  /** What makes Postern speak with these fakes, with cards in that channel. */
  public static Map<String, String> settings(
      FakeEntra entra, FakeConnector teams, FakeMetadata metadata, String channel) {
    return Map.of(
        "POSTERN_TEAMS_APP_ID",
        FakeEntra.APP,
        "POSTERN_TEAMS_APP_SECRET",
        FakeEntra.SECRET,
        "POSTERN_TEAMS_TENANT_ID",
        FakeEntra.TENANT,
        "POSTERN_TEAMS_LOGIN_URL",
        entra.loginUrl().toString(),
        "POSTERN_TEAMS_METADATA_URL",
        metadata.configuration().toString(),
        "POSTERN_TEAMS_SERVICE_URLS",
        teams.url(),
        "POSTERN_TEAMS_CHANNELS_DEFAULT",
        channel);
  }

  /** The app is added to a team. */
  public HttpResponse<String> installed(String team) throws IOException, InterruptedException {
    ObjectNode activity = in(activity("conversationUpdate", ""), team, "channel");
    activity.putArray("membersAdded").addObject().put("id", FakeConnector.bot());
    ((ObjectNode) activity.get("channelData")).putObject("team").put("id", team);
    return send(activity);
  }

  /** The app is taken out of a team. */
  HttpResponse<String> removed(String team) throws IOException, InterruptedException {
    ObjectNode activity = in(activity("conversationUpdate", ""), team, "channel");
    activity.putArray("membersRemoved").addObject().put("id", FakeConnector.bot());
    ((ObjectNode) activity.get("channelData")).putObject("team").put("id", team);
    return send(activity);
  }

  /** Somebody presses a button of the kind Action.Execute. */
  public JsonNode press(
      String user, TeamsPlaces.Message card, JsonNode action, Map<String, String> typed)
      throws IOException, InterruptedException {
    return JSON.readTree(send(pressing(user, card, action, typed)).body());
  }

  /** The same, not sent yet. */
  ObjectNode pressing(
      String user, TeamsPlaces.Message card, JsonNode action, Map<String, String> typed) {
    ObjectNode activity = in(activity("invoke", user), thread(card), kind(card));
    activity.put("name", "adaptiveCard/action").put("replyToId", card.id());
    ObjectNode pressed = activity.putObject("value").put("trigger", "manual").putObject("action");
    pressed.put("type", "Action.Execute").put("verb", action.path("verb").asText());
    ObjectNode data = action.path("data").deepCopy();
    typed.forEach(data::put);
    pressed.set("data", data);
    return activity;
  }

  /** The same press by a client that knows no Action.Execute: a message that carries the data. */
  HttpResponse<String> submit(
      String user, TeamsPlaces.Message card, JsonNode action, Map<String, String> typed)
      throws IOException, InterruptedException {
    ObjectNode data = action.at("/fallback/data").deepCopy();
    typed.forEach(data::put);
    ObjectNode activity = in(activity("message", user), thread(card), kind(card));
    activity.put("replyToId", card.id());
    activity.set("value", data);
    return send(activity);
  }

  /** Somebody opens a dialog, or sends it. */
  JsonNode dialog(String user, TeamsPlaces.Message card, String name, JsonNode data)
      throws IOException, InterruptedException {
    ObjectNode activity = in(activity("invoke", user), thread(card), kind(card));
    activity.put("name", name).put("replyToId", card.id());
    activity.putObject("value").set("data", data);
    return JSON.readTree(send(activity).body());
  }

  /** Somebody searches by the message extension. */
  JsonNode search(String user, String typed) throws IOException, InterruptedException {
    ObjectNode activity = in(activity("invoke", user), "a:" + user, "personal");
    activity.put("name", "composeExtension/query");
    ObjectNode value = activity.putObject("value").put("commandId", "findCase");
    value.putArray("parameters").addObject().put("name", "what").put("value", typed);
    return JSON.readTree(send(activity).body());
  }

  /** Somebody writes to the bot. */
  HttpResponse<String> say(String user, String conversation, String kind, String text)
      throws IOException, InterruptedException {
    return send(in(activity("message", user), conversation, kind).put("text", text));
  }

  private static String kind(TeamsPlaces.Message card) {
    return card.conversation().startsWith("19:") ? "channel" : "personal";
  }

  private static String thread(TeamsPlaces.Message card) {
    return card.conversation().contains(";") || !card.conversation().startsWith("19:")
        ? card.conversation()
        : card.conversation() + ";messageid=" + card.id();
  }

  private ObjectNode activity(String type, String user) {
    ObjectNode activity =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", type)
            .put("id", String.valueOf(last.incrementAndGet()))
            .put("channelId", "msteams")
            .put("serviceUrl", teams.url());
    activity.putObject("from").put("id", "29:" + user).put("aadObjectId", user);
    activity.putObject("recipient").put("id", FakeConnector.bot());
    activity.putObject("channelData").putObject("tenant").put("id", FakeEntra.TENANT);
    return activity;
  }

  private static ObjectNode in(ObjectNode activity, String conversation, String kind) {
    activity
        .putObject("conversation")
        .put("id", conversation)
        .put("conversationType", kind)
        .put("tenantId", FakeEntra.TENANT);
    return activity;
  }

  HttpResponse<String> send(ObjectNode activity) throws IOException, InterruptedException {
    BotTokens tokens = BotTokens.good(key, clock.instant());
    tokens.claims.put("aud", FakeEntra.APP).put("serviceurl", teams.url());
    tokens.activity = activity;
    HttpRequest request =
        HttpRequest.newBuilder(postern)
            .header("Content-Type", "application/json; charset=utf-8")
            .header("Authorization", tokens.authorization().getFirst())
            .POST(BodyPublishers.ofByteArray(tokens.octets()))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  /** The first button below a node of a card with that field of that value. */
  public static JsonNode action(JsonNode card, String field, String value) {
    List<JsonNode> found = card.findParents(field);
    return found.stream()
        .filter(node -> node.path(field).asText().equals(value))
        .filter(node -> node.path("type").asText().startsWith("Action."))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no button " + value + " in " + card));
  }
}
