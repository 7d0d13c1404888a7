package dev.postern.quarantine.proxmox;

import static java.net.URLEncoder.encode;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.quarantine.HttpApi;
import dev.postern.quarantine.HttpApi.Body;
import dev.postern.quarantine.HttpReply;
import dev.postern.quarantine.RemoteStore.Deed;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The calls of Proxmox Mail Gateway that are needed, below {@code /api2/json}. */
final class ProxmoxApi {
  /** A quarantine of some ten thousand messages. */
  private static final int LARGEST_LIST = 32 << 20;

  private static final int SMALL = 64 << 10;
  private static final int LONGEST_WORDS = 300;

  private final ProxmoxSettings settings;
  private final HttpApi http;
  private final Login login;
  private final ObjectMapper mapper;

  ProxmoxApi(ProxmoxSettings settings) {
    this.settings = settings;
    this.http = new HttpApi(settings.url(), settings.trust(), settings.timeout());
    this.mapper =
        new ObjectMapper(
            JsonFactory.builder()
                .streamReadConstraints(
                    StreamReadConstraints.builder()
                        .maxNestingDepth(20)
                        .maxStringLength(LARGEST_LIST)
                        .build())
                .build());
    this.login =
        new Login(
            () ->
                http.post(
                    "/api2/json/access/ticket",
                    Map.of(),
                    Body.form(
                        "username=%s&password=%s"
                            .formatted(
                                encode(settings.user(), UTF_8),
                                encode(settings.password(), UTF_8))),
                    SMALL),
            this::data,
            settings.user());
  }

  Login login() {
    return login;
  }

  /**
   * What is held of one kind, by when it was taken.
   *
   * @param kind {@code spam}, {@code virus} or {@code attachment}
   */
  List<Entry> list(String kind, Instant from, Instant before) {
    String path =
        "/api2/json/quarantine/%s?starttime=%d&endtime=%d"
            .formatted(kind, from.getEpochSecond(), before.getEpochSecond());
    JsonNode data = data(read(path, LARGEST_LIST), "the list of " + kind);
    if (!data.isArray()) {
      throw new MailSystemTrouble(http.name() + " answered the list of " + kind + " with no list");
    }
    List<Entry> entries = new ArrayList<>();
    data.forEach(node -> entries.add(Entry.of(node)));
    return entries;
  }

  /** One entry with its header section, also when it is not held any more. */
  Entry content(MailId id) {
    return Entry.of(
        data(read("/api2/json/quarantine/content?id=" + id, LARGEST_LIST), "message " + id));
  }

  /** The file of an entry. */
  byte[] download(MailId id) {
    HttpReply.Answered answer =
        read("/api2/json/quarantine/download?mailid=" + id, settings.largest());
    if (answer.status() != 200) {
      throw new MailSystemTrouble(refusal(answer, "the file of " + id));
    }
    return answer.body();
  }

  private HttpReply.Answered read(String path, int largest) {
    HttpReply reply = signedIn(ticket -> http.get(path, ticket.forReading(), largest));
    return switch (reply) {
      case HttpReply.Answered answered -> answered;
      case HttpReply.NotSent(String why) -> throw new MailSystemTrouble(why);
      case HttpReply.Unanswered(String why) -> throw new MailSystemTrouble(why);
    };
  }

  /** Whatever is refused for an old ticket was not looked at, so it may be asked again. */
  private HttpReply signedIn(Function<Login.Ticket, HttpReply> call) {
    Login.Ticket ticket = login.ticket();
    HttpReply reply = call.apply(ticket);
    if (reply instanceof HttpReply.Answered answered && answered.status() == 401) {
      login.forget(ticket);
      return call.apply(login.ticket());
    }
    return reply;
  }

  /**
   * Tells it to do something with an entry.
   *
   * @param action {@code deliver} or {@code delete}
   */
  Deed act(MailId id, String action) {
    try {
      return deed(
          signedIn(
              ticket ->
                  http.post(
                      "/api2/json/quarantine/content",
                      ticket.forWriting(),
                      Body.form("action=" + action + "&id=" + id),
                      SMALL)));
    } catch (MailSystemTrouble noTicket) {
      return new Deed.Refused(noTicket.words(), false);
    }
  }

  private Deed deed(HttpReply reply) {
    return switch (reply) {
      case HttpReply.NotSent(String why) -> new Deed.Refused(why, false);
      case HttpReply.Unanswered(String why) -> new Deed.Unsure(why);
      case HttpReply.Answered it when it.status() == 200 -> new Deed.Done("it answered 200");
      // It sends the message before it notes that it did: an error proves nothing.
      case HttpReply.Answered it when it.status() >= 500 || it.status() < 300 ->
          new Deed.Unsure(refusal(it, "this"));
      case HttpReply.Answered it -> new Deed.Refused(refusal(it, "this"), false);
    };
  }

  private JsonNode data(HttpReply.Answered answer, String what) {
    if (answer.status() != 200) {
      throw new MailSystemTrouble(refusal(answer, what));
    }
    JsonNode data = json(answer.body()).path("data");
    if (data.isMissingNode()) {
      throw new MailSystemTrouble(
          http.name() + " answered with something else than the API of Proxmox: look at the URL");
    }
    return data;
  }

  private String refusal(HttpReply.Answered answer, String what) {
    String message = json(answer.body()).path("message").asText("").strip();
    String words = message.isEmpty() ? "" : ": " + bounded(message);
    return switch (answer.status()) {
      case 401 -> http.name() + " does not take the ticket for " + what + words;
      case 403 ->
          settings.user()
              + " may not have "
              + what
              + words
              + ": give the user the role Quarantine Manager";
      default -> http.name() + " answered " + what + " with " + answer.status() + words;
    };
  }

  private static String bounded(String words) {
    String line = words.replaceAll("\\p{Cntrl}+", " ");
    return line.substring(0, Math.min(line.length(), LONGEST_WORDS));
  }

  private JsonNode json(byte[] body) {
    try {
      JsonNode read = mapper.readTree(body);
      return read == null ? MissingNode.getInstance() : read;
    } catch (IOException noJson) {
      return MissingNode.getInstance();
    }
  }
}
