package dev.postern.quarantine.google;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.quarantine.Grant;
import java.net.URI;
import java.time.Instant;
import java.util.Map;

/** A token in the name of an administrator, by domain-wide delegation. */
final class DelegatedGrant implements Grant {
  static final String SCOPE = "https://www.googleapis.com/auth/gmail.admin.quarantine";

  private final GoogleSettings settings;

  DelegatedGrant(GoogleSettings settings) {
    this.settings = settings;
  }

  @Override
  public String giver() {
    return "Google's sign-in";
  }

  @Override
  public URI address() {
    return settings.token();
  }

  @Override
  public Map<String, String> fields(Instant now) {
    GoogleSettings.Access account = settings.account();
    return Map.of(
        "grant_type",
        "urn:ietf:params:oauth:grant-type:jwt-bearer",
        "assertion",
        account.key().assertion(account.admin(), SCOPE, settings.token(), now));
  }

  /** Never Google's own text, which may quote. */
  @Override
  public String refusal(int status, JsonNode answer) {
    String code = answer.path("error").asText("").replaceAll("[^a-z_]", "");
    String told = code.isEmpty() ? "HTTP " + status : code;
    return "Google gives no token (" + told + ")" + mend(code, status);
  }

  private static String mend(String code, int status) {
    return switch (code) {
      case "unauthorized_client" ->
          ": in the Admin console, under \"API controls\" → \"Domain-wide delegation\", give the"
              + " client id of the service account the scope "
              + SCOPE;
      case "invalid_grant" ->
          ": the key of mail.google.key was deleted, mail.google.admin is no user of this"
              + " Workspace, or this machine's clock is wrong";
      case "invalid_client" -> ": the service account of mail.google.key is gone or disabled";
      default -> status == 429 || status >= 500 ? "" : ": is mail.google.token-url right?";
    };
  }
}
