package dev.postern.quarantine.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.quarantine.HttpApi;
import dev.postern.quarantine.HttpApi.Body;
import dev.postern.quarantine.HttpBody;
import dev.postern.quarantine.HttpReply.Answered;
import dev.postern.quarantine.HttpTrust;
import dev.postern.quarantine.JsonMail;
import dev.postern.quarantine.JsonRows;
import dev.postern.quarantine.OneLine;
import dev.postern.quarantine.TokenLogin;
import dev.postern.quarantine.WebService;
import dev.postern.quarantine.google.Kept.State;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Mail Admin Quarantine API, version 1. Safe for many threads. */
final class QuarantineApi {
  private static final int LARGEST_ANSWER = 8 * 1024 * 1024;

  /** The most that a page may have. */
  private static final int PAGE = 300;

  /** As many pages as may be asked for in a minute, with some left for another. */
  private static final int MOST_PAGES = 50;

  private static final int LONGEST_WORDS = 300;
  private static final String WAITING = "status = PENDING_TRIAGE AND direction = INBOUND";

  private final WebService service;
  private final String messages;
  private final int largest;

  QuarantineApi(GoogleSettings settings, InstantSource clock) {
    HttpApi http = new HttpApi(settings.api(), new HttpTrust.Usual(), settings.patience());
    TokenLogin login = new TokenLogin(new DelegatedGrant(settings), settings.patience(), clock);
    this.service = new WebService("Google Workspace", http, login, clock);
    this.messages = "/v1/customers/" + settings.account().customer() + "/quarantinedMessages";
    this.largest = settings.largest();
  }

  /** Why the last request got no answer; empty when it got one. */
  Optional<String> trouble() {
    return service.trouble();
  }

  /** What somebody says who was asked to act. */
  sealed interface Deed {
    /** What is known of the message now. */
    record Done(Kept message) implements Deed {}

    /** There is no such message. */
    record Missing() implements Deed {}

    /**
     * It was not done.
     *
     * @param words why; partly hostile
     */
    record Refused(String words) implements Deed {}
  }

  /**
   * What is known of a message by the list; the rest of a row is let go, since there may be many.
   *
   * @param name empty where it has none that can be read
   */
  record Brief(Optional<MessageName> name, State state) {
    static Brief of(JsonNode json) {
      Kept kept = new Kept(json);
      return new Brief(kept.name(), kept.state());
    }
  }

  /** Incoming mail that waits for somebody: all of it, or as much as is read at once. */
  Waiting waiting() {
    List<Brief> found = new ArrayList<>();
    String token = "";
    for (int i = 0; i < MOST_PAGES; i++) {
      JsonRows.Listed<Brief> page = page(PAGE, token);
      found.addAll(page.rows());
      token = page.rest().path("nextPageToken").asText("");
      if (token.isEmpty() || !page.whole()) {
        return new Waiting(found, page.whole());
      }
    }
    return new Waiting(found, false);
  }

  /**
   * A list.
   *
   * @param whole whether that is all
   */
  record Waiting(List<Brief> rows, boolean whole) {}

  /** How many of the newest can be listed, up to one. */
  int glance() {
    return page(1, "").rows().size();
  }

  private JsonRows.Listed<Brief> page(int size, String token) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("filter", WAITING);
    body.put("pageSize", size);
    if (!token.isEmpty()) {
      body.put("pageToken", token);
    }
    Answered<JsonRows.Listed<Brief>> reply =
        post(
            messages + ":search",
            body.toString(),
            new JsonRows<>("quarantinedMessages", LARGEST_ANSWER, Brief::of));
    if (!reply.fine()) {
      throw new MailSystemTrouble(refusal("the list", reply.status(), reply.body().rest()));
    }
    object(reply.body().rest());
    return reply.body();
  }

  /** What is known of a message; empty where it is not there. */
  Optional<Kept> find(MessageName name) {
    Answered<JsonNode> reply =
        service.get(view(name, "BASIC"), Map.of(), HttpBody.json(LARGEST_ANSWER));
    return found(name, reply.status(), reply.body())
        ? Optional.of(new Kept(object(reply.body())))
        : Optional.empty();
  }

  /** Its octets, as far as they can be had; empty where it is not there. */
  Optional<JsonMail.Mail> raw(MessageName name) {
    Answered<JsonMail.Mail> reply =
        service.get(view(name, "RAW"), Map.of(), JsonMail.url("rawMessage", largest));
    return found(name, reply.status(), reply.body().rest())
        ? Optional.of(reply.body())
        : Optional.empty();
  }

  private String view(MessageName name, String view) {
    return messages + "/" + name.segment() + "?view=MESSAGE_VIEW_" + view;
  }

  private static boolean found(MessageName name, int status, JsonNode answer) {
    if (missing(status, answer)) {
      return false;
    }
    if (status / 100 != 2) {
      throw new MailSystemTrouble(refusal("message " + name, status, answer));
    }
    return true;
  }

  /** Not by 404 alone: that is also what a wrong address answers. */
  private static boolean missing(int status, JsonNode answer) {
    return status == 404 && answer.path("error").path("status").asText("").equals("NOT_FOUND");
  }

  /** Lets it go to its owner. */
  Deed release(MessageName name) {
    return act(name, ":release");
  }

  /** Drops it; the quarantine's own setting says whether the sender is told. */
  Deed deny(MessageName name) {
    return act(name, ":deny");
  }

  private Deed act(MessageName name, String verb) {
    Answered<JsonNode> reply =
        post(messages + "/" + name.segment() + verb, "{}", HttpBody.json(LARGEST_ANSWER));
    if (missing(reply.status(), reply.body())) {
      return new Deed.Missing();
    }
    return reply.fine()
        ? new Deed.Done(new Kept(object(reply.body()).path("message")))
        : new Deed.Refused(refusal(verb.substring(1), reply.status(), reply.body()));
  }

  private <T> Answered<T> post(String path, String sent, HttpBody<T> body) {
    return service.post(path, Map.of("Accept", "application/json"), Body.json(sent), body);
  }

  private static JsonNode object(JsonNode answer) {
    if (!answer.isObject()) {
      throw new MailSystemTrouble(
          "the answer is not that of Google Workspace: is mail.google.api-url right?");
    }
    return answer;
  }

  private static String refusal(String what, int code, JsonNode answer) {
    JsonNode error = answer.path("error");
    String status = error.path("status").asText("").replaceAll("[^A-Z_]", "");
    String told = status.isEmpty() ? "HTTP " + code : status;
    if (code == 401 || code == 403) {
      return "Google Workspace refused "
          + what
          + " ("
          + told
          + "): give mail.google.admin the Gmail privilege \"Access Admin Quarantine\", enable the"
          + " Mail Admin Quarantine API in the Cloud project, and enrol the project in the"
          + " Developer Preview (docs/mail/google.md)";
    }
    return "Google Workspace refused "
        + what
        + " ("
        + told
        + "): "
        + OneLine.of(error.path("message").asText(""), LONGEST_WORDS);
  }
}
