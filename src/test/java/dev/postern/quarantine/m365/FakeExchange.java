package dev.postern.quarantine.m365;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.fake.FakeHttp;
import dev.postern.fake.FakeHttp.Answer;
import dev.postern.fake.FakeHttp.Ask;
import dev.postern.fake.Mishap;
import dev.postern.teams.FakeEntra;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The address of Exchange Online that runs cmdlets, for those of the quarantine: strict about the
 * token, the routing hint, the envelope, and the parameters that the reference of each cmdlet
 * names. Written from Microsoft's documents, never compared with the service.
 */
public final class FakeExchange implements AutoCloseable {
  static final String COMMAND = "InvokeCommand";
  static final String GET = "Get-QuarantineMessage";
  static final String EXPORT = "Export-QuarantineMessage";
  static final String PREVIEW = "Preview-QuarantineMessage";
  public static final String RELEASE = "Release-QuarantineMessage";
  static final String DELETE = "Delete-QuarantineMessage";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ANCHOR =
      "APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@" + FakeEntra.TENANT;
  private static final Set<String> LISTING =
      Set.of(
          "StartReceivedDate",
          "EndReceivedDate",
          "ReleaseStatus",
          "EntityType",
          "PageSize",
          "Page");

  final FakeHttp http = new FakeHttp(new Endpoint());
  public final Map<String, FakeMessage> messages = new ConcurrentHashMap<>();

  /** Who got a message: recipient, once per delivery. */
  public final List<String> delivered = new CopyOnWriteArrayList<>();

  /** Which cmdlets ran, in order. */
  public final List<String> ran = new CopyOnWriteArrayList<>();

  /** Cmdlets that the app has no role for. */
  final Set<String> withoutRole = ConcurrentHashMap.newKeySet();

  /** Rows that one answer has before it names the next page. */
  volatile int rowsAtOnce = 1000;

  private final FakeEntra entra;
  private final Map<String, ConcurrentLinkedDeque<Answer>> refusals = new ConcurrentHashMap<>();
  private final Set<String> unanswered = ConcurrentHashMap.newKeySet();
  private final Set<String> awayAfter = ConcurrentHashMap.newKeySet();
  private final List<Runnable> later = new ArrayList<>();
  private volatile boolean slow;

  FakeExchange(FakeEntra entra) {
    this.entra = entra;
  }

  FakeMessage hold(String sender, String eml, Instant received, String... recipients) {
    String identity = UUID.randomUUID() + "\\" + UUID.randomUUID();
    FakeMessage message = new FakeMessage(identity, sender, List.of(recipients), eml, received);
    messages.put(identity, message);
    return message;
  }

  /** The next run of that cmdlet is done, and its answer is lost. */
  public void loseAnswer(String cmdlet) {
    unanswered.add(cmdlet);
  }

  /** The next run of that cmdlet is done, its answer is lost, and nothing answers any more. */
  void goAwayAfter(String cmdlet) {
    awayAfter.add(cmdlet);
    unanswered.add(cmdlet);
  }

  /** The next run of that cmdlet is refused. */
  void refuse(String cmdlet, int status, String words) {
    refusals
        .computeIfAbsent(cmdlet, _ -> new ConcurrentLinkedDeque<>())
        .add(error(status, "BadRequest", "Ex1F|Microsoft.Exchange.SomeException|" + words));
  }

  /** Releases are taken at once, and shown only when this is called. */
  void slowReleases() {
    slow = true;
  }

  synchronized void catchUp() {
    slow = false;
    later.forEach(Runnable::run);
    later.clear();
  }

  private static Answer error(int status, String code, String detail) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode error = body.putObject("error").put("code", code).put("message", "Error executing");
    error.putArray("details").addObject().put("code", "Context").put("message", detail);
    return new Answer(status, body.toString());
  }

  private static Answer missing() {
    return error(
        404,
        "NotFound",
        "Ex6F|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|not found");
  }

  private final class Endpoint implements FakeHttp.Service {
    @Override
    public String errand(String method, List<String> path) {
      boolean right =
          method.equals("POST")
              && path.equals(List.of("adminapi", "beta", FakeEntra.TENANT, COMMAND));
      return right ? COMMAND : "";
    }

    @Override
    public Answer perform(Ask ask) {
      if (ask.errand().isEmpty()) {
        return error(404, "NotFound", "there is no such resource");
      }
      if (entra
          .refusalByExchange(String.valueOf(ask.headers().getFirst("Authorization")))
          .isPresent()) {
        return error(401, "Unauthorized", "invalid token");
      }
      if (!ANCHOR.equals(ask.headers().getFirst("X-AnchorMailbox"))
          || !"application/json".equals(ask.headers().getFirst("Content-Type"))) {
        return error(400, "ErrorIncorrectRoutingHint", "the routing hint is not right");
      }
      return run(ask);
    }

    @Override
    public Answer refusal(int status, String code) {
      return error(status, code, code);
    }
  }

  private synchronized Answer run(Ask ask) {
    JsonNode input;
    try {
      input = JSON.readTree(ask.body()).path("CmdletInput");
    } catch (JsonProcessingException noJson) {
      return error(400, "BadRequest", "no JSON");
    }
    String cmdlet = input.path("CmdletName").asText("");
    JsonNode parameters = input.path("Parameters");
    if (names(input).size() != 2 || !parameters.isObject()) {
      return error(400, "BadRequest", "no cmdlet with parameters");
    }
    ran.add(cmdlet);
    if (withoutRole.contains(cmdlet)) {
      return error(403, "Forbidden", "no role assigned for " + cmdlet);
    }
    ConcurrentLinkedDeque<Answer> ordered = refusals.get(cmdlet);
    Answer refused = ordered == null ? null : ordered.poll();
    Answer answer = refused != null ? refused : carriedOut(cmdlet, parameters, ask);
    if (awayAfter.remove(cmdlet)) {
      http.always(COMMAND, Mishap.UNAVAILABLE);
    }
    if (unanswered.remove(cmdlet)) {
      // The server closes the connection without a word.
      throw new IllegalStateException("the answer to " + cmdlet + " is lost");
    }
    return answer;
  }

  private Answer carriedOut(String cmdlet, JsonNode parameters, Ask ask) {
    Set<String> names = names(parameters);
    if (cmdlet.equals(GET) && names.equals(LISTING)) {
      return list(parameters, ask);
    }
    FakeMessage message = messages.get(parameters.path("Identity").asText(""));
    return switch (cmdlet) {
      case GET -> one(names, message, it -> it.json(true));
      case EXPORT -> one(names, message, FakeMessage::exported);
      case PREVIEW -> one(names, message, FakeMessage::previewed);
      case RELEASE -> message == null ? missing() : release(names, parameters, message);
      case DELETE -> {
        if (!names.equals(Set.of("Identity", "Confirm")) || message == null) {
          yield message == null ? missing() : error(400, "BadRequest", "wrong parameters");
        }
        messages.remove(message.identity);
        yield value(JsonNodeFactory.instance.arrayNode());
      }
      default -> error(400, "BadRequest", "CommandNotFoundException");
    };
  }

  private interface Shape {
    ObjectNode of(FakeMessage message);
  }

  private static Answer one(Set<String> names, @Nullable FakeMessage message, Shape shape) {
    if (!names.equals(Set.of("Identity"))) {
      return error(400, "BadRequest", "wrong parameters");
    }
    return message == null
        ? missing()
        : value(JsonNodeFactory.instance.arrayNode().add(shape.of(message)));
  }

  private Answer list(JsonNode parameters, Ask ask) {
    Instant from = Instant.parse(parameters.path("StartReceivedDate").asText());
    Instant to = Instant.parse(parameters.path("EndReceivedDate").asText());
    List<String> statuses = new ArrayList<>();
    parameters.path("ReleaseStatus").forEach(it -> statuses.add(it.asText()));
    int size = parameters.path("PageSize").asInt();
    int page = parameters.path("Page").asInt();
    if (size < 1 || size > 1000 || page < 1 || page > 1000 || statuses.isEmpty()) {
      return error(400, "BadRequest", "a parameter is out of its range");
    }
    Predicate<FakeMessage> wanted =
        it -> it.listed(statuses) && it.received.isAfter(from) && it.received.isBefore(to);
    List<FakeMessage> all =
        messages.values().stream()
            .filter(wanted)
            .sorted((a, b) -> a.identity.compareTo(b.identity))
            .skip((page - 1L) * size)
            .limit(size)
            .toList();
    int skip = Integer.parseInt(ask.query().getOrDefault("$skiptoken", "0"));
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    all.stream().skip(skip).limit(rowsAtOnce).forEach(it -> rows.add(it.json(false)));
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("value", rows);
    if (skip + rows.size() < all.size()) {
      body.put(
          "@odata.nextLink",
          http.origin()
              + "/"
              + String.join("/", ask.path())
              + "?%24skiptoken="
              + (skip + rows.size()));
    }
    return new Answer(200, body.toString());
  }

  private Answer release(Set<String> names, JsonNode parameters, FakeMessage message) {
    List<String> to = new ArrayList<>();
    if (names.equals(Set.of("Identity", "ReleaseToAll"))) {
      to.addAll(message.recipients);
    } else if (names.equals(Set.of("Identity", "User")) && parameters.path("User").isArray()) {
      parameters.path("User").forEach(it -> to.add(it.asText()));
    } else {
      return error(400, "BadRequest", "ReleaseToAll or User");
    }
    Runnable shown =
        () ->
            to.stream()
                .filter(one -> !message.released.contains(one))
                .forEach(
                    one -> {
                      message.released.add(one);
                      delivered.add(one);
                      boolean all = message.released.containsAll(message.recipients);
                      message.status = all ? "RELEASED" : message.status;
                    });
    if (slow) {
      later.add(shown);
    } else {
      shown.run();
    }
    return value(JsonNodeFactory.instance.arrayNode());
  }

  private static Answer value(ArrayNode rows) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("value", rows);
    return new Answer(200, body.toString());
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Override
  public void close() {
    http.close();
  }
}
