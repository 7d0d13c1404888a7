package dev.postern.quarantine.proxmox;

import dev.postern.fake.FakeHttp;
import dev.postern.fake.FakeHttp.Answer;
import dev.postern.fake.FakeHttp.Ask;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Proxmox Mail Gateway as its API is written: tickets, a token against forgery on writes, entries
 * per recipient that leave the list once they are sent on or deleted. Whatever the API does not
 * know is refused.
 */
public final class FakeProxmox implements FakeHttp.Service {
  /** Who may sign in. */
  public static final String USER = "postern@pmg";

  /** Of that user. */
  public static final String PASSWORD = "p+a=s & w\u00f6rd";

  private static final Set<String> ACTIONS =
      Set.of("deliver", "delete", "mark-seen", "mark-unseen", "welcomelist", "blocklist");

  private static final String TESTS =
      "\"spaminfo\":[{\"name\":\"URIBL_BLACK\",\"score\":1.7,\"desc\":\"URL listed\"},"
          + "{\"name\":\"AWL\",\"score\":-0.2,\"desc\":\"-\"}],";
  private static final String VIRUS = "\"virusname\":\"Eicar-Signature\",";

  /** Its role. */
  public volatile String role = "qmanager";

  /** Sends the next message, and does not get to noting that it did. */
  public final AtomicBoolean forgetsToNote = new AtomicBoolean();

  /** What every entry has as its subject. */
  public volatile String subject = "";

  /** What each list has besides, as JSON; empty where nothing is. */
  public volatile String strange = "";

  /** Happens when an entry was deleted, before that is answered. */
  public volatile Runnable afterDelete = () -> {};

  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final List<String> delivered = new ArrayList<>();
  private int tickets;
  private int number;
  private String ticket = "";

  private static final class Row {
    private final String kind;
    private final String sender;
    private final String receiver;
    private final long time;
    private final long bytes;
    private final String file;
    private boolean done;

    private Row(
        String kind, String sender, String receiver, Instant time, long bytes, String file) {
      this.kind = kind;
      this.sender = sender;
      this.receiver = receiver;
      this.time = time.getEpochSecond();
      this.bytes = bytes;
      this.file = file;
    }
  }

  /**
   * Holds a message, as it came; with its own two fields on top.
   *
   * @param message with line ends of LF
   */
  public String hold(String kind, String sender, String receiver, Instant time, String message) {
    return holdChanged(kind, sender, receiver, time, message, message.length());
  }

  /**
   * Holds a message that its rules changed.
   *
   * @param bytes what it was before
   */
  public synchronized String holdChanged(
      String kind, String sender, String receiver, Instant time, String message, long bytes) {
    String id = "C0R" + ++number + "T" + (900_000_000 + number);
    String file = "Delivered-To: %s\nReturn-Path: %s\n%s".formatted(receiver, sender, message);
    rows.put(id, new Row(kind, sender, receiver, time, bytes, file));
    return id;
  }

  /** Who got something, in order. */
  public synchronized List<String> delivered() {
    return List.copyOf(delivered);
  }

  /** Somebody deletes an entry by hand. */
  public synchronized void delete(String id) {
    row(id).orElseThrow().done = true;
  }

  /** Its tickets are good no longer. */
  public synchronized void forgetTickets() {
    ticket = "";
  }

  private Optional<Row> row(String id) {
    return Optional.ofNullable(rows.get(id));
  }

  @Override
  public String errand(String method, List<String> path) {
    return method + " " + String.join("/", path.subList(Math.min(2, path.size()), path.size()));
  }

  @Override
  public synchronized Answer perform(Ask ask) {
    if (!ask.path().subList(0, 2).equals(List.of("api2", "json"))) {
      return refusal(404, "no such file");
    }
    if (ask.errand().equals("POST access/ticket")) {
      return signIn(ask);
    }
    Optional<Answer> refused = refused(ask);
    if (refused.isPresent()) {
      return refused.get();
    }
    return switch (ask.errand()) {
      case "GET quarantine/spam", "GET quarantine/virus", "GET quarantine/attachment" -> list(ask);
      case "GET quarantine/content" -> content(ask);
      case "GET quarantine/download" -> download(ask);
      case "POST quarantine/content" -> act(ask);
      default -> refusal(501, "Method '" + ask.errand() + "' not implemented");
    };
  }

  private Answer signIn(Ask ask) {
    Map<String, String> form = FakeHttp.fields(ask.body());
    if (!form.keySet().equals(Set.of("username", "password")) || !isForm(ask)) {
      return refusal(400, "Parameter verification failed.");
    }
    if (!USER.equals(form.get("username")) || !PASSWORD.equals(form.get("password"))) {
      return refusal(401, "authentication failure");
    }
    ticket = "PMG:" + USER + ":65670000::si+g/" + ++tickets + "==";
    return data(
        """
        {"ticket":"%s","CSRFPreventionToken":"65670000:%s","username":"%s","role":"%s"}"""
            .formatted(ticket, "csrf" + tickets, USER, role));
  }

  private static boolean isForm(Ask ask) {
    return "application/x-www-form-urlencoded".equals(ask.headers().getFirst("Content-Type"));
  }

  private Optional<Answer> refused(Ask ask) {
    String cookie = Optional.ofNullable(ask.headers().getFirst("Cookie")).orElse("");
    String shown =
        cookie.startsWith("PMGAuthCookie=")
            ? URLDecoder.decode(cookie.substring("PMGAuthCookie=".length()), StandardCharsets.UTF_8)
            : "";
    if (ticket.isEmpty() || !ticket.equals(shown)) {
      return Optional.of(refusal(401, "No ticket"));
    }
    boolean writes = !ask.method().equals("GET");
    String csrf = Optional.ofNullable(ask.headers().getFirst("CSRFPreventionToken")).orElse("");
    if (writes && !csrf.equals("65670000:csrf" + tickets)) {
      return Optional.of(refusal(401, "invalid csrf token"));
    }
    boolean may = writes ? Set.of("admin", "qmanager").contains(role) : !role.equals("helpdesk");
    return may ? Optional.empty() : Optional.of(refusal(403, "Permission check failed"));
  }

  private Answer list(Ask ask) {
    Map<String, String> query = ask.query();
    if (!query.keySet().equals(Set.of("starttime", "endtime"))
        || query.values().stream().anyMatch(v -> !v.matches("[0-9]{1,12}"))) {
      return refusal(400, "Parameter verification failed.");
    }
    long from = Long.parseLong(query.getOrDefault("starttime", ""));
    long before = Long.parseLong(query.getOrDefault("endtime", ""));
    Stream<String> entries =
        rows.entrySet().stream()
            .filter(it -> it.getValue().kind.equals(ask.path().getLast()) && !it.getValue().done)
            .filter(it -> it.getValue().time >= from && it.getValue().time < before)
            .map(it -> entry(it.getKey(), it.getValue(), ""));
    return data(
        Stream.concat(Stream.of(strange).filter(it -> !it.isEmpty()), entries)
            .collect(Collectors.joining(",", "[", "]")));
  }

  private String entry(String id, Row row, String more) {
    return """
        {"id":"%s","envelope_sender":"%s","receiver":"%s","pmail":"%s","time":%d,"bytes":%d,\
        "subject":"%s","from":"","spamlevel":9%s}"""
        .formatted(id, row.sender, row.receiver, row.receiver, row.time, row.bytes, subject, more);
  }

  private Answer content(Ask ask) {
    String id = ask.query().getOrDefault("id", "");
    return row(id)
        .map(
            row -> {
              int end = row.file.indexOf("\n\n");
              String header =
                  row.file.substring(
                      row.file.indexOf("\n", row.file.indexOf("\n") + 1) + 1, end + 2);
              return data(
                  entry(
                      id,
                      row,
                      ",\"file\":\"spam/x\","
                          + (row.kind.equals("virus") ? VIRUS : TESTS)
                          + "\"header\":"
                          + quoted(header)));
            })
        .orElseGet(() -> refusal(500, "no such mail (" + id + ")"));
  }

  private static String quoted(String text) {
    return "\""
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t")
        + "\"";
  }

  private Answer download(Ask ask) {
    String id = ask.query().getOrDefault("mailid", "");
    return row(id)
        .map(row -> new Answer(200, row.file))
        .orElseGet(() -> refusal(500, "no such mail (" + id + ")"));
  }

  private Answer act(Ask ask) {
    Map<String, String> form = FakeHttp.fields(ask.body());
    String action = form.getOrDefault("action", "");
    List<String> ids = Arrays.asList(form.getOrDefault("id", "").split(";", -1));
    boolean fits =
        form.keySet().equals(Set.of("id", "action"))
            && isForm(ask)
            && ACTIONS.contains(action)
            && ids.stream().allMatch(id -> id.matches("C\\d+R\\d+T\\d+"));
    if (!fits) {
      return refusal(400, "Parameter verification failed.");
    }
    for (String id : ids) {
      if (row(id).isEmpty()) {
        return refusal(500, "no such mail (" + id + ")");
      }
      carryOut(action, row(id).orElseThrow());
    }
    return data("null");
  }

  /** Whoever asks again about what is done gets no error, and nothing happens. */
  private void carryOut(String action, Row row) {
    if (row.done) {
      return;
    }
    if (action.equals("deliver")) {
      delivered.add(row.receiver);
      row.done = !forgetsToNote.getAndSet(false);
    } else if (action.equals("delete")) {
      row.done = true;
      afterDelete.run();
    }
  }

  private static Answer data(String json) {
    return new Answer(200, "{\"data\":" + json + "}");
  }

  @Override
  public Answer refusal(int status, String code) {
    return new Answer(status, "{\"data\":null,\"message\":\"" + code + "\\n\"}");
  }

  /** How a copy with a trace field of the gateway's own looks. */
  public static String message(String subject) {
    return Stream.of(
            "Received: from mx.partner.example (mx.partner.example [192.0.2.7])",
            "\tby pmg.corp.example (Proxmox) with ESMTPS id 4ABCDEF",
            "\tfor <lee@corp.example>; Tue, 24 Nov 2026 07:46:00 +0100 (CET)",
            "From: Ben <ben@partner.example>",
            "To: lee@corp.example",
            "Subject: " + subject,
            "",
            "Hello",
            "")
        .collect(Collectors.joining("\n"));
  }
}
