package dev.postern.quarantine.mailcow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postern.fake.FakeHttp;
import dev.postern.fake.FakeHttp.Answer;
import dev.postern.fake.FakeHttp.Ask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A mailcow as its API is written: a key, rows per mailbox, verdicts with status 200 whatever
 * became of it, a release that delivers first and deletes the row then.
 */
public final class FakeMailcow implements FakeHttp.Service {
  /** Of its API. */
  public static final String KEY = "11AA22-33BB44-55CC66-77DD88";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Whether the key may write. */
  public volatile boolean readWrite = true;

  /** What becomes of the next release. */
  public volatile Fate fate = Fate.FINE;

  /** What its spam filter found in every message. */
  public volatile String symbols =
      "[{\"name\":\"DMARC_POLICY_REJECT\",\"score\":2.0,\"options\":[\"x.test\"]}]";

  /** What every row has as its subject in the list. */
  public volatile String subject = "s";

  /** What is listed besides, as JSON; empty where nothing is. */
  public volatile String strange = "";

  /** Happens when a row was deleted, before that is answered. */
  public volatile Runnable afterDelete = () -> {};

  private final Map<Integer, Row> rows = new LinkedHashMap<>();
  private final List<String> delivered = new ArrayList<>();
  private int number = 32;

  /** How a release ends. */
  public enum Fate {
    FINE,
    /** Delivered, and the spam filter did not learn. */
    NOT_LEARNT,
    /** Its own Postfix says "try later" to RCPT. */
    DEFERRED,
    /** Its own Postfix says "never". */
    REFUSED,
    /** No Postfix. */
    NO_CONNECTION,
    /** Delivered, and then the farewell went wrong: the row stays. */
    DELIVERED_AND_KEPT,
    /** Nobody knows. */
    PUZZLING
  }

  private record Row(
      String queueId, String sender, String recipient, Instant created, String message) {}

  /** Holds a message for a mailbox; returns the number of its row. */
  public synchronized int hold(String sender, String recipient, String message) {
    int id = ++number;
    String written = sender.isEmpty() ? "empty-env-from@localhost" : sender;
    Instant now = Instant.now().minusSeconds(300);
    rows.put(id, new Row("4XQ7yz" + id, written, recipient, now, message));
    return id;
  }

  /** A restored database gives a number again. */
  public synchronized void replace(int id, String recipient) {
    rows.put(id, new Row("4OTHER", "x@y.example", recipient, Instant.now(), "Subject: other\n\n"));
  }

  /** What Postern calls a row. */
  public synchronized String idOf(int row) {
    return row + "." + Optional.ofNullable(rows.get(row)).orElseThrow().queueId();
  }

  /** Who got something, in order. */
  public synchronized List<String> delivered() {
    return List.copyOf(delivered);
  }

  /** Somebody deletes a row by hand. */
  public synchronized void delete(int id) {
    rows.remove(id);
  }

  @Override
  public String errand(String method, List<String> path) {
    String tail = String.join("/", path.subList(Math.min(2, path.size()), path.size()));
    return method + " " + tail.replaceFirst("quarantine/[0-9]+$", "quarantine/id");
  }

  @Override
  public synchronized Answer perform(Ask ask) {
    if (!KEY.equals(ask.headers().getFirst("X-API-Key"))) {
      return refusal(401, "authentication failed");
    }
    boolean writes = ask.method().equals("POST");
    if (writes && !readWrite) {
      return refusal(403, "API read/write access denied");
    }
    if (writes && !"application/json".equals(ask.headers().getFirst("Content-Type"))) {
      return verdict("error", "\"Cannot find attributes in post data\"");
    }
    try {
      return switch (ask.errand()) {
        case "GET get/quarantine/all" -> list();
        case "GET get/quarantine/id" -> details(Integer.parseInt(ask.path().getLast()));
        case "POST edit/qitem" -> release(JSON.readTree(ask.body()));
        case "POST delete/qitem" -> delete(JSON.readTree(ask.body()));
        default -> refusal(404, "route not found");
      };
    } catch (JsonProcessingException broken) {
      return refusal(400, "Request body doesn't contain valid json!");
    }
  }

  private Answer list() throws JsonProcessingException {
    String all =
        rows.entrySet().stream()
            .map(
                it ->
                    """
                    {"id":%d,"qid":"%s","subject":"%s","virus_flag":0,"score":15.5,"rcpt":"%s",\
                    "sender":"%s","action":"reject","created":%d,"notified":0}"""
                        .formatted(
                            it.getKey(),
                            it.getValue().queueId(),
                            subject,
                            it.getValue().recipient(),
                            it.getValue().sender(),
                            it.getValue().created().getEpochSecond()))
            .collect(Collectors.joining(","));
    return new Answer(
        200, "[" + strange + (strange.isEmpty() || all.isEmpty() ? "" : ",") + all + "]");
  }

  private Answer details(int id) throws JsonProcessingException {
    Row row = rows.get(id);
    return row == null
        ? new Answer(200, "[]")
        : new Answer(
            200,
            """
            {"id":%d,"qid":"%s","subject":"s","score":15.5,"ip":"192.0.2.7","action":"reject",\
            "symbols":%s,"sender":"%s","rcpt":"%s","msg":%s,"domain":null,"notified":0,\
            "created":"2026-11-24 07:46:00","user":"unknown","qhash":"00"}"""
                .formatted(
                    id,
                    row.queueId(),
                    JSON.writeValueAsString(symbols),
                    row.sender(),
                    row.recipient(),
                    JSON.writeValueAsString(row.message())));
  }

  private Answer release(JsonNode body) {
    JsonNode items = body.path("items");
    boolean fits =
        items.isArray()
            && items.size() == 1
            && items.path(0).isTextual()
            && body.path("attr").path("action").asText("").equals("release");
    if (!fits) {
      return verdict("error", "\"Cannot find attributes in post data\"");
    }
    int id = Integer.parseInt(items.path(0).asText());
    Row row = rows.get(id);
    if (row == null) {
      return verdict("danger", "\"access_denied\"");
    }
    Fate now = fate;
    fate = Fate.FINE;
    return switch (now) {
      case NO_CONNECTION -> verdict("warning", "\"Cannot connect to Postfix\"");
      case DEFERRED -> smtp("451 4.3.0 try later", "250");
      case REFUSED -> smtp("550 5.1.1 no such user", "250");
      case PUZZLING -> smtp("", "250");
      case DELIVERED_AND_KEPT -> {
        delivered.add(row.recipient());
        yield smtp("", "221");
      }
      case FINE, NOT_LEARNT -> {
        delivered.add(row.recipient());
        rows.remove(id);
        yield new Answer(
            200,
            """
            [{"type":"success","log":["quarantine","edit"],"msg":["item_released","%d"]},\
            {"type":"%s","log":["quarantine","edit"],"msg":["%s","%d"]}]"""
                .formatted(
                    id,
                    now == Fate.FINE ? "success" : "danger",
                    now == Fate.FINE ? "learned_ham" : "ham_learn_error",
                    id));
      }
    };
  }

  private static Answer smtp(String reply, String expected) {
    return verdict(
        "warning",
        "\"Postfix returned SMTP code %s\\r\\n, expected %s\"".formatted(reply, expected));
  }

  private Answer delete(JsonNode body) {
    if (!body.isArray() || body.size() != 1 || !body.path(0).isTextual()) {
      return verdict("error", "\"Cannot find attributes in post data\"");
    }
    rows.remove(Integer.parseInt(body.path(0).asText()));
    afterDelete.run();
    return verdict("success", "[\"item_deleted\",\"%s\"]".formatted(body.path(0).asText()));
  }

  private static Answer verdict(String type, String message) {
    return new Answer(
        200, "[{\"type\":\"%s\",\"log\":[\"quarantine\"],\"msg\":%s}]".formatted(type, message));
  }

  @Override
  public Answer refusal(int status, String code) {
    return new Answer(status, "{\"type\":\"error\",\"msg\":\"%s\"}".formatted(code));
  }
}
