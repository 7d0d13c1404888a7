package dev.postern.quarantine.m365;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

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
  private final String path;

  AdminApi(M365Settings settings, InstantSource clock) {
    this.settings = settings;
    HttpApi http = new HttpApi(settings.api(), new HttpTrust.Usual(), settings.patience());
    TokenLogin login = new TokenLogin(new EntraGrant(settings), settings.patience(), clock);
    this.service = new WebService("Microsoft 365", http, login, clock);
    this.path = "/adminapi/beta/" + settings.app().tenant() + "/InvokeCommand";
  }

  /** Why the last request got no answer; empty when it got one. */
  Optional<String> trouble() {
    return service.trouble();
  }

  /**
   * Runs a cmdlet, with all pages of what it gives.
   *
   * @throws MailSystemTrouble when there is no answer: what was asked may have been done
   */
  Said<JsonNode> run(String cmdlet, Map<String, Object> parameters) {
    return run(cmdlet, parameters, row -> row);
  }

  /**
   * The same.
   *
   * @param row what is kept of each row
   */
  <R> Said<R> run(String cmdlet, Map<String, Object> parameters, Function<JsonNode, R> row) {
    JsonRows<R> reading = new JsonRows<>("value", LARGEST_ANSWER, row);
    List<R> rows = new ArrayList<>();
    String next = path;
    for (int page = 0; page < MOST_PAGES; page++) {
      Answered<JsonRows.Listed<R>> reply = post(next, cmdlet, parameters, reading);
      JsonNode rest = reply.body().rest();
      if (!reply.fine()) {
        return refused(cmdlet, reply.status(), rest);
      }
      if (!rest.isObject()) {
        throw new MailSystemTrouble(
            "the answer to "
                + cmdlet
                + " is not that of Exchange Online: is mail.m365.api-url"
                + " right?");
      }
      rows.addAll(reply.body().rows());
      String link = rest.path("@odata.nextLink").asText("");
      if (link.isEmpty() || !reply.body().whole()) {
        return new Said.Rows<>(rows, reply.body().whole());
      }
      next = following(link);
    }
    return new Said.Rows<>(rows, false);
  }

  /**
   * Runs a cmdlet that gives one row with a message in Base64.
   *
   * @param field where in the row
   */
  Said<JsonMail.Mail> mail(
      String cmdlet, Map<String, Object> parameters, String field, int largest) {
    Answered<JsonMail.Mail> reply = post(path, cmdlet, parameters, JsonMail.mime(field, largest));
    return reply.fine()
        ? new Said.Rows<>(List.of(reply.body()), true)
        : refused(cmdlet, reply.status(), reply.body().rest());
  }

  /** The token goes there, so it must be the address that was set. */
  private String following(String link) {
    if (!link.startsWith(settings.api() + path + "?") || !link.matches("[\\x21-\\x7e]{1,8192}")) {
      throw new MailSystemTrouble("the next page is said to be elsewhere, which is not followed");
    }
    try {
      return URI.create(link).toString().substring(settings.api().toString().length());
    } catch (IllegalArgumentException noAddress) {
      throw new MailSystemTrouble("the next page has no address that can be read", noAddress);
    }
  }

  private <T> Answered<T> post(
      String to, String cmdlet, Map<String, Object> parameters, HttpBody<T> body) {
    return service.post(
        to,
        Map.of(
            "Accept",
            "application/json",
            "X-AnchorMailbox",
            ANCHOR + settings.app().tenant(),
            "X-ResponseFormat",
            "json",
            "Prefer",
            "odata.maxpagesize=1000"),
        Body.json(envelope(cmdlet, parameters)),
        body);
  }

  private static String envelope(String cmdlet, Map<String, Object> parameters) {
    try {
      return JSON.writeValueAsString(
          Map.of("CmdletInput", Map.of("CmdletName", cmdlet, "Parameters", parameters)));
    } catch (JsonProcessingException impossible) {
      throw new AssertionError("maps of text cannot be written", impossible);
    }
  }

  private static <R> Said<R> refused(String cmdlet, int status, JsonNode answer) {
    JsonNode error = answer.path("error");
    String all = error.toString();
    // Not by 404 alone: that is also what a wrong address answers, of every message there is.
    if (all.contains("ManagementObjectNotFoundException")) {
      return new Said.Missing<>();
    }
    boolean hidden = all.contains("CommandNotFoundException");
    if (status == 401 || status == 403 || hidden) {
      return new Said.Forbidden<>(
          "the app may not run "
              + cmdlet
              + " (HTTP "
              + status
              + "): grant it Exchange.ManageAsApp with consent, and put its service principal into"
              + " the role group Quarantine Administrator (docs/mail/microsoft365.md)");
    }
    return new Said.Refused<>(
        "Microsoft 365 refused " + cmdlet + " (HTTP " + status + "): " + words(error));
  }

  private static String words(JsonNode error) {
    String detail = error.path("details").path(0).path("message").asText("");
    // Server, exception and words, with bars between.
    String said = detail.isEmpty() ? error.path("message").asText("") : detail;
    return OneLine.of(said.substring(said.lastIndexOf('|') + 1), LONGEST_WORDS);
  }
}
