package dev.postern.quarantine.m365;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.Map;
import java.util.Optional;

/**
 * Runs cmdlets of Exchange Online over REST: {@code POST …/adminapi/beta/TENANT/InvokeCommand}, the
 * address that Microsoft's PowerShell module speaks to. Safe for many threads.
 */
final class AdminApi {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LARGEST_ANSWER = 16 * 1024 * 1024;
  private static final int MOST_PAGES = 100;
  private static final int LONGEST_WORDS = 300;

  /** The mailbox of the organisation itself, whose id is the same in every organisation. */
  private static final String ANCHOR = "APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@";

  private final M365Settings settings;
  private final WebService service;
  private final URI address;

  AdminApi(M365Settings settings, InstantSource clock) {
    this.settings = settings;
    WebCalls web = new WebCalls(settings.patience());
    TokenLogin login = new TokenLogin(web, new EntraGrant(settings), clock);
    this.service = new WebService("Microsoft 365", web, login, clock);
    this.address =
        URI.create(settings.api() + "/adminapi/beta/" + settings.app().tenant() + "/InvokeCommand");
  }

  /** Why the last request got no answer; empty when it got one. */
  Optional<String> trouble() {
    return service.trouble();
  }

  /** Runs a cmdlet, with all pages of what it gives. */
  Said run(String cmdlet, Map<String, Object> parameters) {
    return run(cmdlet, parameters, LARGEST_ANSWER);
  }

  /**
   * The same where one answer may be larger.
   *
   * @throws MailSystemTrouble when there is no answer: what was asked may have been done
   */
  Said run(String cmdlet, Map<String, Object> parameters, int largest) {
    List<JsonNode> rows = new ArrayList<>();
    URI next = address;
    for (int page = 0; page < MOST_PAGES; page++) {
      Reply reply = service.ask(request(next, cmdlet, parameters), largest);
      if (!reply.fine()) {
        return refused(cmdlet, reply);
      }
      if (!reply.json().isObject()) {
        throw new MailSystemTrouble(
            "the answer to "
                + cmdlet
                + " is not that of Exchange Online: is mail.m365.api-url"
                + " right?");
      }
      reply.json().path("value").forEach(rows::add);
      String link = reply.json().path("@odata.nextLink").asText("");
      if (link.isEmpty()) {
        return new Said.Rows(rows);
      }
      next = following(link);
    }
    throw new MailSystemTrouble(cmdlet + " gives more than " + MOST_PAGES + " pages");
  }

  /** The token goes there, so it must be the address that was set. */
  private URI following(String link) {
    if (!link.startsWith(address + "?") || !link.matches("[\\x21-\\x7e]{1,8192}")) {
      throw new MailSystemTrouble("the next page is said to be elsewhere, which is not followed");
    }
    try {
      return URI.create(link);
    } catch (IllegalArgumentException noAddress) {
      throw new MailSystemTrouble("the next page has no address that can be read", noAddress);
    }
  }

  private HttpRequest.Builder request(URI to, String cmdlet, Map<String, Object> parameters) {
    return HttpRequest.newBuilder(to)
        .header("Content-Type", "application/json")
        .header("Accept", "application/json")
        .header("X-AnchorMailbox", ANCHOR + settings.app().tenant())
        .header("X-ResponseFormat", "json")
        .header("Prefer", "odata.maxpagesize=1000")
        .POST(BodyPublishers.ofString(envelope(cmdlet, parameters)));
  }

  private static String envelope(String cmdlet, Map<String, Object> parameters) {
    try {
      return JSON.writeValueAsString(
          Map.of("CmdletInput", Map.of("CmdletName", cmdlet, "Parameters", parameters)));
    } catch (JsonProcessingException impossible) {
      throw new AssertionError("maps of text cannot be written", impossible);
    }
  }

  private static Said refused(String cmdlet, Reply reply) {
    JsonNode error = reply.json().path("error");
    String all = error.toString();
    // Not by 404 alone: that is also what a wrong address answers, of every message there is.
    if (all.contains("ManagementObjectNotFoundException")) {
      return new Said.Missing();
    }
    boolean hidden = all.contains("CommandNotFoundException");
    if (reply.status() == 401 || reply.status() == 403 || hidden) {
      return new Said.Forbidden(
          "the app may not run "
              + cmdlet
              + " (HTTP "
              + reply.status()
              + "): grant it Exchange.ManageAsApp with consent, and put its service principal into"
              + " the role group Quarantine Administrator (docs/mail/microsoft365.md)");
    }
    return new Said.Refused(
        "Microsoft 365 refused " + cmdlet + " (HTTP " + reply.status() + "): " + words(error));
  }

  private static String words(JsonNode error) {
    String detail = error.path("details").path(0).path("message").asText("");
    // Server, exception and words, with bars between.
    String said = detail.isEmpty() ? error.path("message").asText("") : detail;
    String last = said.substring(said.lastIndexOf('|') + 1).replaceAll("\\p{Cntrl}+", " ").strip();
    return last.length() > LONGEST_WORDS ? last.substring(0, LONGEST_WORDS) + "…" : last;
  }
}
