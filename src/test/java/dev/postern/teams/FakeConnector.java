package dev.postern.teams;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.fake.FakeHttp;
import dev.postern.fake.FakeHttp.Answer;
import dev.postern.fake.FakeHttp.Ask;
import dev.postern.teams.TeamsPlaces.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The part of the Bot Connector that Postern calls, for Teams, as strict as its documents: our
 * token of {@link FakeEntra}, known paths and arguments, the schema and size of activities, and the
 * error codes of "Status codes from bot conversational APIs". Misbehaves on order, by the names of
 * errands: send, reply, update, delete, open, member, members, team, channels.
 */
public final class FakeConnector implements AutoCloseable {
  private static final String BASE = "emea";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> MESSAGES =
      Map.of(
          "BotNotInConversationRoster", "The bot is not part of the conversation roster.",
          "BotDisabledByAdmin", "The tenant admin disabled this bot",
          "ConversationBlockedByUser", "User blocked the conversation with the bot.",
          "ConversationNotFound", "Conversation not found.");

  /** What goes wrong, and what came. */
  public final FakeHttp http = new FakeHttp(new Service());

  public final TeamsPlaces places = new TeamsPlaces();
  public final ActivityRules rules = new ActivityRules();

  /** Why requests were refused as no real client's should be; empty in a good test. */
  public final List<String> faults = new CopyOnWriteArrayList<>();

  /** What is taken in a time; everything where empty. */
  volatile Optional<StrictRates> rates = Optional.empty();

  private final FakeEntra entra;

  /**
   * Knows no team and no chat.
   *
   * @param entra whose tokens are taken
   */
  public FakeConnector(FakeEntra entra) {
    this.entra = entra;
  }

  /** For {@code serviceUrl} and {@code teams.service-urls}. */
  public String url() {
    return http.origin() + "/" + BASE + "/";
  }

  /** Teams' name of the bot. */
  public static String bot() {
    return "28:" + FakeEntra.APP;
  }

  private final class Service implements FakeHttp.Service {
    @Override
    public String errand(String method, List<String> path) {
      boolean ours = path.size() > 2 && path.subList(0, 2).equals(List.of(BASE, "v3"));
      List<String> rest = ours ? path.subList(2, path.size()) : List.of();
      String shape =
          rest.isEmpty()
              ? ""
              : method
                  + " "
                  + rest.getFirst()
                  + (rest.size() > 1 ? "/*" : "")
                  + (rest.size() > 2 ? "/" + rest.get(2) : "")
                  + (rest.size() > 3 ? "/*" : "");
      return rest.size() > 4 ? "" : ERRANDS.getOrDefault(shape, "");
    }

    @Override
    public Answer perform(Ask ask) {
      if (ask.errand().isEmpty()) {
        return fault("no such thing: " + ask.method() + " " + ask.path(), 404, "");
      }
      String authorization = String.valueOf(ask.headers().getFirst("Authorization"));
      if (entra.refusal(authorization).isPresent()) {
        return new Answer(401, "{\"message\":\"Authorization has been denied for this request.\"}");
      }
      if (rates.filter(it -> it.exceeded(ask)).isPresent()) {
        return refusal(429, "Throttled");
      }
      if (!ask.query().isEmpty() && !ask.errand().equals("members")) {
        return fault("unknown arguments " + ask.query(), 400, "BadSyntax");
      }
      return ask.body().isEmpty() ? withoutBody(ask) : withBody(ask);
    }

    @Override
    public Answer refusal(int status, String code) {
      return FakeConnector.error(status, code, MESSAGES.getOrDefault(code, code));
    }
  }

  private static final Map<String, String> ERRANDS =
      Map.of(
          "POST conversations", "open",
          "POST conversations/*/activities", "send",
          "POST conversations/*/activities/*", "reply",
          "PUT conversations/*/activities/*", "update",
          "DELETE conversations/*/activities/*", "delete",
          "GET conversations/*/members/*", "member",
          "GET conversations/*/pagedmembers", "members",
          "GET teams/*", "team",
          "GET teams/*/conversations", "channels");

  private Answer withBody(Ask ask) {
    String type = String.valueOf(ask.headers().getFirst("Content-Type"));
    if (!type.startsWith("application/json")) {
      return fault("content type " + type, 415, "");
    }
    JsonNode body;
    try {
      body = JSON.readTree(ask.body());
    } catch (JsonProcessingException noJson) {
      return fault("no JSON", 400, "BadSyntax");
    }
    return switch (ask.errand()) {
      case "open" -> new Opening(this).open(body);
      case "send", "reply", "update" -> inPlace(ask, () -> put(ask, body));
      default -> fault("a body for " + ask.errand(), 400, "BadSyntax");
    };
  }

  private Answer withoutBody(Ask ask) {
    Roster roster = new Roster(this);
    return switch (ask.errand()) {
      case "delete" ->
          inPlace(
              ask,
              () ->
                  places.remove(ask.path().get(3), ask.path().get(5))
                      ? new Answer(200, "")
                      : error(404, "ActivityNotFoundInConversation", "Conversation not found."));
      case "member" -> inPlace(ask, () -> roster.member(ask));
      case "members" -> inPlace(ask, () -> roster.page(ask));
      case "team" -> inTeam(ask, team -> new Answer(200, team.toString()));
      case "channels" -> inTeam(ask, roster::channels);
      default -> fault("no body for " + ask.errand(), 400, "BadSyntax");
    };
  }

  private Answer put(Ask ask, JsonNode activity) {
    Optional<Answer> wrong = wrong(activity);
    if (wrong.isPresent()) {
      return wrong.get();
    }
    String at = ask.path().get(3);
    if (ask.errand().equals("send")) {
      return created(places.post(at, activity, Optional.empty()).id());
    }
    String id = ask.path().get(5);
    Optional<Message> old = places.find(at, id);
    if (old.isEmpty()) {
      return error(404, "ActivityNotFoundInConversation", "Conversation not found.");
    }
    if (ask.errand().equals("update")) {
      places.edit(old.get(), activity);
      return new Answer(200, named(id));
    }
    return created(places.post(at, activity, Optional.of(id)).id());
  }

  /** What is wrong with an activity, as an answer. */
  Optional<Answer> wrong(JsonNode activity) {
    return rules.wrong(activity).map(it -> fault(it.message(), it.status(), it.code()));
  }

  private Answer inPlace(Ask ask, Supplier<Answer> perform) {
    return refusal(ask.path().get(3)).orElseGet(perform);
  }

  private Answer inTeam(Ask ask, Function<ObjectNode, Answer> perform) {
    String id = ask.path().get(3);
    return refusal(id)
        .or(() -> places.team(id).map(perform))
        .orElseGet(() -> error(404, "ConversationNotFound", "Conversation not found."));
  }

  /** How a place refuses the bot; empty when it does not. */
  Optional<Answer> refusal(String place) {
    return switch (places.mood(place)) {
      case FINE -> Optional.empty();
      case REMOVED -> Optional.of(named(403, "BotNotInConversationRoster"));
      case BLOCKED -> Optional.of(named(403, "ConversationBlockedByUser"));
      case DISABLED -> Optional.of(named(403, "BotDisabledByAdmin"));
      case DELETED -> Optional.of(named(404, "ConversationNotFound"));
    };
  }

  private static Answer named(int status, String code) {
    return error(status, code, MESSAGES.getOrDefault(code, code));
  }

  private static String named(String id) {
    return JsonNodeFactory.instance.objectNode().put("id", id).toString();
  }

  private static Answer created(String id) {
    return new Answer(201, named(id));
  }

  /** A refusal that a correct client never sees. */
  Answer fault(String why, int status, String code) {
    faults.add(why);
    return error(status, code, why);
  }

  static Answer error(int status, String code, String message) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("error").put("code", code).put("message", message);
    return new Answer(status, body.toString());
  }

  @Override
  public void close() {
    http.close();
  }
}
