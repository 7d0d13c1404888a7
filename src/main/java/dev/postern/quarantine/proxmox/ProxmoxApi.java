package dev.postern.quarantine.proxmox;

import static java.net.URLEncoder.encode;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.quarantine.HttpApi;
import dev.postern.quarantine.HttpApi.Body;
import dev.postern.quarantine.HttpBody;
import dev.postern.quarantine.HttpReply;
import dev.postern.quarantine.JsonRows;
import dev.postern.quarantine.OneLine;
import dev.postern.quarantine.RemoteStore.Deed;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The calls of Proxmox Mail Gateway that are needed, below {@code /api2/json}. */
final class ProxmoxApi {
  /** A quarantine of some ten thousand messages. */
  private static final int LARGEST_LIST = 32 << 20;

  /** A header section, and the beginning of a body. */
  private static final int LARGEST_ENTRY = 4 << 20;

  private static final int LONGEST_WORDS = 300;

  private final ProxmoxSettings settings;
  private final HttpApi http;
  private final Login login;

  ProxmoxApi(ProxmoxSettings settings) {
    this.settings = settings;
    this.http = new HttpApi(settings.url(), settings.trust(), settings.timeout());
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
                    HttpBody.json(HttpBody.SMALL)),
            this::data,
            settings.user());
  }

  Login login() {
    return login;
  }

  /**
   * What is held of one kind, by when it was taken: all of it, or as much as is read at once.
   *
   * @param kind {@code spam}, {@code virus} or {@code attachment}
   */
  JsonRows.Listed<Optional<Entry>> list(String kind, Instant from, Instant before) {
    String path =
        "/api2/json/quarantine/%s?starttime=%d&endtime=%d"
            .formatted(kind, from.getEpochSecond(), before.getEpochSecond());
    HttpReply.Answered<JsonRows.Listed<Optional<Entry>>> answer =
        read(path, new JsonRows<>("data", LARGEST_LIST, Entry::of));
    JsonRows.Listed<Optional<Entry>> listed = answer.body();
    if (answer.status() != 200) {
      throw new MailSystemTrouble(refusal(answer.status(), listed.rest(), "the list of " + kind));
    }
    if (!listed.found()) {
      throw new MailSystemTrouble(
          http.name()
              + " answered the list of "
              + kind
              + " with no list of Proxmox: look at the URL");
    }
    return listed;
  }

  /** One entry with its header section and its reasons, also when it is not held any more. */
  JsonNode content(MailId id) {
    return data(
        read("/api2/json/quarantine/content?id=" + id, HttpBody.json(LARGEST_ENTRY)),
        "message " + id);
  }

  /** The file of an entry; empty where it is larger than the store takes. */
  Optional<byte[]> download(MailId id) {
    HttpReply.Answered<Optional<byte[]>> answer =
        read("/api2/json/quarantine/download?mailid=" + id, HttpBody.octets(settings.largest()));
    if (answer.status() != 200) {
      throw new MailSystemTrouble(
          http.name() + " answered the file of " + id + " with " + answer.status());
    }
    return answer.body();
  }

  private <T> HttpReply.Answered<T> read(String path, HttpBody<T> body) {
    return signedIn(ticket -> http.get(path, ticket.forReading(), body)).orTrouble();
  }

  /** Whatever is refused for an old ticket was not looked at, so it may be asked again. */
  private <T> HttpReply<T> signedIn(Function<Login.Ticket, HttpReply<T>> call) {
    Login.Ticket ticket = login.ticket();
    HttpReply<T> reply = call.apply(ticket);
    if (reply instanceof HttpReply.Answered<T> answered && answered.status() == 401) {
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
                      HttpBody.json(HttpBody.SMALL))));
    } catch (MailSystemTrouble noTicket) {
      return new Deed.Refused(noTicket.words(), false);
    }
  }

  private Deed deed(HttpReply<JsonNode> reply) {
    return switch (reply) {
      case HttpReply.NotSent<JsonNode>(String why) -> new Deed.Refused(why, false);
      case HttpReply.Unanswered<JsonNode>(String why) -> new Deed.Unsure(why);
      case HttpReply.Answered<JsonNode> it when it.status() == 200 ->
          new Deed.Done("it answered 200");
      // It sends the message before it notes that it did: an error proves nothing.
      case HttpReply.Answered<JsonNode> it when it.status() >= 500 || it.status() < 300 ->
          new Deed.Unsure(refusal(it.status(), it.body(), "this"));
      case HttpReply.Answered<JsonNode> it ->
          new Deed.Refused(refusal(it.status(), it.body(), "this"), false);
    };
  }

  private JsonNode data(HttpReply.Answered<JsonNode> answer, String what) {
    if (answer.status() != 200) {
      throw new MailSystemTrouble(refusal(answer.status(), answer.body(), what));
    }
    JsonNode data = answer.body().path("data");
    if (data.isMissingNode()) {
      throw new MailSystemTrouble(
          http.name() + " answered with something else than the API of Proxmox: look at the URL");
    }
    return data;
  }

  private String refusal(int status, JsonNode answer, String what) {
    String message = OneLine.of(answer.path("message").asText(""), LONGEST_WORDS);
    String words = message.isEmpty() ? "" : ": " + message;
    return switch (status) {
      case 401 -> http.name() + " does not take the ticket for " + what + words;
      case 403 ->
          settings.user()
              + " may not have "
              + what
              + words
              + ": give the user the role Quarantine Manager";
      default -> http.name() + " answered " + what + " with " + status + words;
    };
  }
}
