package dev.postern.quarantine.google;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.postern.fake.FakeHttp;
import dev.postern.fake.FakeHttp.Answer;
import dev.postern.fake.FakeHttp.Ask;
import dev.postern.teams.TestCertificate;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Google's sign-in for one service account, and the Mail Admin Quarantine API of one customer:
 * strict about the assertion, the scope, the paths and the bodies. Written from Google's documents,
 * never compared with the service.
 */
public final class FakeGoogle implements AutoCloseable {
  static final String CUSTOMER = "01abc23de";
  static final String ADMIN = "admin@corp.example";
  static final String ACCOUNT = "postern@project.iam.gserviceaccount.com";
  static final String KEY_ID = "0a1b2c3d";
  static final String TOKEN = "token";
  static final String SEARCH = "search";
  static final String GET = "get";
  public static final String RELEASE = "release";
  static final String DENY = "deny";

  private static final String SCOPE = "https://www.googleapis.com/auth/gmail.admin.quarantine";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final KeyPair KEY = pair();

  /** One message of one mailbox. */
  public static final class Message {
    final String owner;
    final String id;
    volatile String state = "PENDING_TRIAGE";
    volatile String direction = "INBOUND";
    volatile byte[] raw;
    volatile Instant received;

    Message(String owner, String id, byte[] raw, Instant received) {
      this.owner = owner;
      this.id = id;
      this.raw = raw;
      this.received = received;
    }

    public String name() {
      return owner + ":" + id;
    }
  }

  public final FakeHttp http = new FakeHttp(new Endpoint());
  public final Map<String, Message> messages = new ConcurrentHashMap<>();
  public final List<String> delivered = new CopyOnWriteArrayList<>();

  /** Whether the administrator has the privilege, and the scope was delegated. */
  volatile boolean privileged = true;

  volatile boolean delegated = true;

  /** Behind each page there is another. */
  volatile boolean endless;

  volatile InstantSource clock;
  private final Set<String> tokens = ConcurrentHashMap.newKeySet();
  private int number;

  FakeGoogle(InstantSource clock) {
    this.clock = clock;
  }

  static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** The file that the Cloud console gives. */
  static String keyFile() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "service_account")
        .put("project_id", "project")
        .put("private_key_id", KEY_ID)
        .put("private_key", TestCertificate.pem("PRIVATE KEY", KEY.getPrivate().getEncoded()))
        .put("client_email", ACCOUNT)
        .put("client_id", "1234567890")
        .put("token_uri", "https://elsewhere.example/token")
        .toString();
  }

  String tokenUrl() {
    return http.origin() + "/token";
  }

  synchronized Message hold(String owner, String raw, Instant received) {
    Message message =
        new Message(
            owner,
            "18d3ef45a8b2%04x".formatted(++number),
            raw.getBytes(StandardCharsets.UTF_8),
            received);
    messages.put(message.name(), message);
    return message;
  }

  void revokeAll() {
    tokens.clear();
  }

  private static Answer error(int status, String code) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("error").put("code", status).put("status", code).put("message", "it is " + code);
    return new Answer(status, body.toString());
  }

  private final class Endpoint implements FakeHttp.Service {
    @Override
    public String errand(String method, List<String> path) {
      if (method.equals("POST") && path.equals(List.of("token"))) {
        return TOKEN;
      }
      boolean customer =
          path.size() >= 4 && path.subList(0, 3).equals(List.of("v1", "customers", CUSTOMER));
      if (customer && path.size() == 4 && path.get(3).equals("quarantinedMessages:search")) {
        return method.equals("POST") ? SEARCH : "";
      }
      if (!customer || path.size() != 5 || !path.get(3).equals("quarantinedMessages")) {
        return "";
      }
      String last = path.get(4);
      if (method.equals("POST")) {
        return last.endsWith(":release") ? RELEASE : last.endsWith(":deny") ? DENY : "";
      }
      return method.equals("GET") ? GET : "";
    }

    @Override
    public Answer perform(Ask ask) {
      if (ask.errand().isEmpty()) {
        return new Answer(404, "<html>not found</html>");
      }
      if (ask.errand().equals(TOKEN)) {
        return token(ask);
      }
      String authorization = String.valueOf(ask.headers().getFirst("Authorization"));
      if (!tokens.contains(authorization.replaceFirst("^Bearer ", ""))) {
        return error(401, "UNAUTHENTICATED");
      }
      if (!privileged) {
        return error(403, "PERMISSION_DENIED");
      }
      return ask.errand().equals(SEARCH) ? search(ask) : message(ask);
    }

    /** RFC 6749 §5.2 at the sign-in, google.rpc.Status elsewhere. */
    @Override
    public Answer refusal(int status, String code) {
      return code.matches("[a-z_]+")
          ? new Answer(status, "{\"error\":\"" + code + "\",\"error_description\":\"quotes\"}")
          : error(status, code);
    }

    private Answer token(Ask ask) {
      Map<String, String> form = FakeHttp.fields(ask.body());
      if (!form.keySet().equals(Set.of("grant_type", "assertion"))
          || !"urn:ietf:params:oauth:grant-type:jwt-bearer".equals(form.get("grant_type"))) {
        return refusal(400, "unsupported_grant_type");
      }
      Optional<String> wrong = wrong(form.getOrDefault("assertion", ""));
      if (wrong.isPresent()) {
        return refusal(400, wrong.get());
      }
      String token = "ya29." + ++number;
      tokens.add(token);
      return new Answer(
          200,
          "{\"access_token\":\"%s\",\"expires_in\":3599,\"token_type\":\"Bearer\"}"
              .formatted(token));
    }

    private Optional<String> wrong(String assertion) {
      try {
        SignedJWT jwt = SignedJWT.parse(assertion);
        JWTClaimsSet claims = jwt.getJWTClaimsSet();
        Instant now = clock.instant();
        Instant end = claims.getExpirationTime().toInstant();
        Instant start = claims.getIssueTime().toInstant();
        boolean signed =
            jwt.getHeader().getAlgorithm().equals(JWSAlgorithm.RS256)
                && KEY_ID.equals(jwt.getHeader().getKeyID())
                && jwt.verify(new RSASSAVerifier((RSAPublicKey) KEY.getPublic()));
        boolean timely =
            end.isAfter(now)
                && !start.isAfter(now.plusSeconds(300))
                && Duration.between(start, end).compareTo(Duration.ofHours(1)) <= 0;
        boolean ours =
            ACCOUNT.equals(claims.getIssuer())
                && claims.getAudience().equals(List.of(tokenUrl()))
                && ADMIN.equals(claims.getSubject());
        if (!signed || !timely || !ours) {
          return Optional.of("invalid_grant");
        }
        return delegated && SCOPE.equals(claims.getStringClaim("scope"))
            ? Optional.empty()
            : Optional.of("unauthorized_client");
      } catch (ParseException | JOSEException noToken) {
        return Optional.of("invalid_grant");
      }
    }
  }

  private Answer search(Ask ask) {
    JsonNode body;
    try {
      body = JSON.readTree(ask.body());
    } catch (JsonProcessingException noJson) {
      return error(400, "INVALID_ARGUMENT");
    }
    Set<String> names = new TreeSet<>();
    body.fieldNames().forEachRemaining(names::add);
    int size = body.path("pageSize").asInt();
    boolean known = Set.of("filter", "pageSize", "pageToken").containsAll(names);
    boolean filter =
        body.path("filter").asText("").equals("status = PENDING_TRIAGE AND direction = INBOUND");
    if (!known || !filter || size < 1 || size > 300 || !json(ask)) {
      return error(400, "INVALID_ARGUMENT");
    }
    List<Message> waiting =
        messages.values().stream()
            .filter(it -> it.state.equals("PENDING_TRIAGE") && it.direction.equals("INBOUND"))
            .sorted((a, b) -> a.name().compareTo(b.name()))
            .toList();
    int from = Integer.parseInt("0" + body.path("pageToken").asText("").replaceAll("\\D", ""));
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    List<ObjectNode> page = new ArrayList<>();
    waiting.stream().skip(from).limit(size).forEach(it -> page.add(basic(it)));
    answer.putArray("quarantinedMessages").addAll(page);
    if (endless || from + page.size() < waiting.size()) {
      answer.put("nextPageToken", "p" + (from + page.size()));
    }
    return new Answer(200, answer.toString());
  }

  private static boolean json(Ask ask) {
    return "application/json".equals(ask.headers().getFirst("Content-Type"));
  }

  private Answer message(Ask ask) {
    String segment = ask.path().get(4);
    String name = ask.errand().equals(GET) ? segment : segment.replaceFirst(":[a-z]+$", "");
    Message message = messages.get(name);
    if (message == null) {
      return error(404, "NOT_FOUND");
    }
    if (ask.errand().equals(GET)) {
      return switch (ask.query().getOrDefault("view", "")) {
        case "MESSAGE_VIEW_BASIC" -> new Answer(200, basic(message).toString());
        case "MESSAGE_VIEW_RAW" -> new Answer(200, raw(message).toString());
        default -> error(400, "INVALID_ARGUMENT");
      };
    }
    return ask.body().equals("{}") && json(ask)
        ? triage(message, ask.errand())
        : error(400, "INVALID_ARGUMENT");
  }

  private synchronized Answer triage(Message message, String errand) {
    if (!message.state.equals("PENDING_TRIAGE")) {
      return error(400, "FAILED_PRECONDITION");
    }
    message.state = errand.equals(RELEASE) ? "RELEASED" : "DENIED";
    if (errand.equals(RELEASE)) {
      delivered.add(message.owner);
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.putObject("message").put("name", full(message)).put("state", message.state);
    return new Answer(200, answer.toString());
  }

  private static String full(Message message) {
    return "customers/" + CUSTOMER + "/quarantinedMessages/" + message.name();
  }

  private static ObjectNode basic(Message message) {
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    row.put("name", full(message)).put("messageId", message.id).put("messageOwner", message.owner);
    row.put("receiveTime", message.received.toString()).put("direction", message.direction);
    row.put("state", message.state);
    row.putArray("triggeredRules").addObject().put("displayName", "Macros");
    return row;
  }

  private static ObjectNode raw(Message message) {
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    row.put("name", full(message)).put("messageId", message.id).put("messageOwner", message.owner);
    return row.put("rawMessage", Base64.getUrlEncoder().encodeToString(message.raw));
  }

  @Override
  public void close() {
    http.close();
  }
}
