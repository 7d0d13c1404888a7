package dev.postern.quarantine.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.quarantine.TokenLogin;
import dev.postern.quarantine.WebCalls;
import dev.postern.quarantine.WebCalls.Reply;
import dev.postern.quarantine.WebService;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The Mail Admin Quarantine API, version 1. Safe for many threads. */
final class QuarantineApi {
  private static final int LARGEST_ANSWER = 8 * 1024 * 1024;

  /** More than Gmail takes, in Base64 and with JSON around it. */
  private static final int LARGEST_MESSAGE = 120 * 1024 * 1024;

  /** The most that a page may have. */
  private static final int PAGE = 300;

  /** As many pages as may be asked for in a minute, with some left for another. */
  private static final int MOST_PAGES = 50;

  private static final int LONGEST_WORDS = 300;
  private static final String WAITING = "status = PENDING_TRIAGE AND direction = INBOUND";

  private final WebService service;
  private final String messages;

  QuarantineApi(GoogleSettings settings, InstantSource clock) {
    WebCalls web = new WebCalls(settings.patience());
    TokenLogin login = new TokenLogin(web, new DelegatedGrant(settings), clock);
    this.service = new WebService("Google Workspace", web, login, clock);
    this.messages =
        settings.api() + "/v1/customers/" + settings.account().customer() + "/quarantinedMessages";
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

  /** All incoming mail that waits for somebody. */
  List<Kept> waiting() {
    List<Kept> found = new ArrayList<>();
    String page = "";
    for (int i = 0; i < MOST_PAGES; i++) {
      JsonNode answer = page(PAGE, page);
      answer.path("quarantinedMessages").forEach(one -> found.add(new Kept(one)));
      page = answer.path("nextPageToken").asText("");
      if (page.isEmpty()) {
        return found;
      }
    }
    throw new MailSystemTrouble(
        "Google Workspace has more than " + MOST_PAGES * PAGE + " messages in quarantine");
  }

  /** How many of the newest can be listed, up to one. */
  int glance() {
    return page(1, "").path("quarantinedMessages").size();
  }

  private JsonNode page(int size, String token) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("filter", WAITING);
    body.put("pageSize", size);
    if (!token.isEmpty()) {
      body.put("pageToken", token);
    }
    Reply reply = post(messages + ":search", body.toString());
    if (!reply.fine()) {
      throw new MailSystemTrouble(refusal("the list", reply));
    }
    return object(reply);
  }

  /** What is known of a message; empty where it is not there. */
  Optional<Kept> find(MessageName name) {
    return get(name, "MESSAGE_VIEW_BASIC", LARGEST_ANSWER);
  }

  /** The same with its octets. */
  Optional<Kept> raw(MessageName name) {
    return get(name, "MESSAGE_VIEW_RAW", LARGEST_MESSAGE);
  }

  private Optional<Kept> get(MessageName name, String view, int largest) {
    URI address = URI.create(messages + "/" + name.segment() + "?view=" + view);
    Reply reply = service.ask(HttpRequest.newBuilder(address).GET(), largest);
    if (missing(reply)) {
      return Optional.empty();
    }
    if (!reply.fine()) {
      throw new MailSystemTrouble(refusal("message " + name, reply));
    }
    return Optional.of(new Kept(object(reply)));
  }

  /** Not by 404 alone: that is also what a wrong address answers. */
  private static boolean missing(Reply reply) {
    return reply.status() == 404
        && reply.json().path("error").path("status").asText("").equals("NOT_FOUND");
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
    Reply reply = post(messages + "/" + name.segment() + verb, "{}");
    if (missing(reply)) {
      return new Deed.Missing();
    }
    return reply.fine()
        ? new Deed.Done(new Kept(object(reply).path("message")))
        : new Deed.Refused(refusal(verb.substring(1), reply));
  }

  private Reply post(String address, String body) {
    return service.ask(
        HttpRequest.newBuilder(URI.create(address))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .POST(BodyPublishers.ofString(body)),
        LARGEST_ANSWER);
  }

  private static JsonNode object(Reply reply) {
    if (!reply.json().isObject()) {
      throw new MailSystemTrouble(
          "the answer is not that of Google Workspace: is mail.google.api-url right?");
    }
    return reply.json();
  }

  private static String refusal(String what, Reply reply) {
    JsonNode error = reply.json().path("error");
    String status = error.path("status").asText("").replaceAll("[^A-Z_]", "");
    String told = status.isEmpty() ? "HTTP " + reply.status() : status;
    if (reply.status() == 401 || reply.status() == 403) {
      return "Google Workspace refused "
          + what
          + " ("
          + told
          + "): give mail.google.admin the Gmail privilege \"Access Admin Quarantine\", enable the"
          + " Mail Admin Quarantine API in the Cloud project, and enrol the project in the"
          + " Developer Preview (docs/mail/google.md)";
    }
    String words = error.path("message").asText("").replaceAll("\\p{Cntrl}+", " ").strip();
    return "Google Workspace refused "
        + what
        + " ("
        + told
        + "): "
        + (words.length() > LONGEST_WORDS ? words.substring(0, LONGEST_WORDS) + "…" : words);
  }
}
