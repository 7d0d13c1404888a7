package dev.postern.teams;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.fake.FakeHttp;
import dev.postern.fake.FakeHttp.Answer;
import dev.postern.fake.FakeHttp.Ask;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Microsoft Graph as far as Postern asks it, as strict as its documents: a token of {@link
 * FakeEntra} for Graph, the header and the arguments that a cast to users needs, permissions, pages
 * ("List group transitive members", "Limited information returned for inaccessible member
 * objects"). Misbehaves on order, by the name of its errand: {@value #MEMBERS}.
 */
public final class FakeGraph implements AutoCloseable {
  public static final String MEMBERS = "transitiveMembers";

  private static final Set<String> FIELDS =
      Set.of("id", "userType", "userPrincipalName", "accountEnabled");

  /** What goes wrong, and what came. */
  public final FakeHttp http = new FakeHttp(new Service());

  /** What an administrator consented to. */
  public final Set<String> permissions = ConcurrentHashMap.newKeySet();

  /** Why requests were refused as no real client's should be; empty in a good test. */
  public final List<String> faults = new CopyOnWriteArrayList<>();

  /** As many as one page has, whatever was asked for. */
  public volatile int page = 999;

  /** What the next page is called; empty for its true name. */
  public volatile String elsewhere = "";

  private final Map<String, List<ObjectNode>> groups = new ConcurrentHashMap<>();
  private final FakeEntra entra;

  /**
   * Knows no group; members may be read.
   *
   * @param entra whose tokens are taken
   */
  public FakeGraph(FakeEntra entra) {
    this.entra = entra;
    permissions.add("GroupMember.Read.All");
  }

  /** For {@code teams.graph-url}. */
  public URI url() {
    return URI.create(http.origin() + "/");
  }

  /** A group without members. */
  public void group(String id) {
    groups.put(id, new CopyOnWriteArrayList<>());
  }

  /** One more in a group, of the tenant's own. */
  public ObjectNode member(String group, String objectId) {
    ObjectNode user =
        JsonNodeFactory.instance
            .objectNode()
            .put("@odata.type", "#microsoft.graph.user")
            .put("id", objectId)
            .put("userType", "Member")
            .put("userPrincipalName", objectId.substring(0, 4) + "@corp.example")
            .put("accountEnabled", true);
    Objects.requireNonNull(groups.get(group), "the test made no such group").add(user);
    return user;
  }

  /** Nobody is in it any more, nor is it there. */
  public void deleted(String group) {
    groups.remove(group);
  }

  /** Takes somebody out. */
  public void leaves(String group, String objectId) {
    Objects.requireNonNull(groups.get(group))
        .removeIf(user -> user.path("id").asText().equals(objectId));
  }

  private final class Service implements FakeHttp.Service {
    @Override
    public String errand(String method, List<String> path) {
      boolean ours =
          path.size() == 5
              && path.subList(0, 2).equals(List.of("v1.0", "groups"))
              && path.subList(3, 5).equals(List.of(MEMBERS, "microsoft.graph.user"));
      return ours && method.equals("GET") ? MEMBERS : "";
    }

    @Override
    public Answer perform(Ask ask) {
      if (ask.errand().isEmpty()) {
        return fault("no such thing: " + ask.method() + " " + ask.path());
      }
      String authorization = String.valueOf(ask.headers().getFirst("Authorization"));
      if (entra.refusalByGraph(authorization).isPresent()) {
        return refusal(401, "InvalidAuthenticationToken");
      }
      if (!permissions.contains("GroupMember.Read.All")) {
        return refusal(403, "Authorization_RequestDenied");
      }
      return wrong(ask) ? refusal(400, "Request_UnsupportedQuery") : members(ask);
    }

    @Override
    public Answer refusal(int status, String code) {
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      body.putObject("error").put("code", code).put("message", "What Graph says of " + code);
      return new Answer(status, body.toString());
    }

    private Answer fault(String why) {
      faults.add(why);
      return refusal(400, "Request_BadRequest");
    }

    private boolean wrong(Ask ask) {
      Map<String, String> query = ask.query();
      boolean cast =
          "eventual".equals(ask.headers().getFirst("ConsistencyLevel"))
              && "true".equals(query.get("$count"));
      boolean known = Set.of("$count", "$select", "$top", "$skiptoken").containsAll(query.keySet());
      boolean top = query.getOrDefault("$top", "").matches("[1-9]\\d{0,2}");
      boolean fields = FIELDS.containsAll(List.of(query.getOrDefault("$select", "?").split(",")));
      if (!cast || !known || !top || !fields || !ask.body().isEmpty()) {
        faults.add("wrong arguments " + query);
        return true;
      }
      return false;
    }

    private Answer members(Ask ask) {
      String group = ask.path().get(2);
      List<ObjectNode> all = groups.get(group);
      if (all == null) {
        return refusal(404, "Request_ResourceNotFound");
      }
      String from = ask.query().getOrDefault("$skiptoken", "at/0+");
      if (!from.matches("at/\\d{1,6}\\+")) {
        faults.add("a token that nobody gave: " + from);
        return refusal(400, "Request_BadRequest");
      }
      int start = Integer.parseInt(from.replaceAll("\\D", ""));
      int size = Math.min(page, Integer.parseInt(ask.query().getOrDefault("$top", "100")));
      int end = Math.min(start + size, all.size());
      ObjectNode told = JsonNodeFactory.instance.objectNode().put("@odata.count", all.size());
      if (end < all.size()) {
        told.put("@odata.nextLink", elsewhere.isEmpty() ? next(ask, end) : elsewhere);
      }
      ArrayNode value = told.putArray("value");
      all.subList(start, end).forEach(user -> value.add(shown(user)));
      return new Answer(200, told.toString());
    }

    /** All arguments come back in the link, as Graph writes it. */
    private String next(Ask ask, int end) {
      String token = URLEncoder.encode("at/" + end + "+", StandardCharsets.UTF_8);
      return url()
          + String.join("/", ask.path())
          + "?$count=true&$select="
          + ask.query().get("$select")
          + "&$top="
          + ask.query().get("$top")
          + "&$skiptoken="
          + token;
    }

    /** Who may not read users sees their ids alone. */
    private ObjectNode shown(ObjectNode user) {
      ObjectNode shown = user.deepCopy();
      if (!permissions.contains("User.Read.All")) {
        List.of("userType", "userPrincipalName", "accountEnabled").forEach(shown::putNull);
      }
      return shown;
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
