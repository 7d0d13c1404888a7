package dev.postern.quarantine.m365;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.quarantine.Grant;
import java.net.URI;
import java.time.Instant;
import java.util.Map;

/**
 * The client credentials grant with a certificate (learn.microsoft.com, "OAuth 2.0 client
 * credentials flow", "Second case: access token request with a certificate").
 */
final class EntraGrant implements Grant {
  static final String SCOPE = "https://outlook.office365.com/.default";

  private final M365Settings.App app;
  private final URI address;

  EntraGrant(M365Settings settings) {
    this.app = settings.app();
    this.address = URI.create(settings.login() + "/" + app.tenant() + "/oauth2/v2.0/token");
  }

  @Override
  public String giver() {
    return "Entra";
  }

  @Override
  public URI address() {
    return address;
  }

  @Override
  public Map<String, String> fields(Instant now) {
    if (now.isAfter(app.certificate().end())) {
      throw new MailSystemTrouble(
          "mail.m365.certificate ended on %s: make a new one, upload it to the app registration and"
                  .formatted(app.certificate().end())
              + " set mail.m365.certificate and mail.m365.key to it");
    }
    return Map.of(
        "grant_type",
        "client_credentials",
        "client_id",
        app.id(),
        "scope",
        SCOPE,
        "client_assertion_type",
        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion",
        app.certificate().assertion(app.id(), address, now));
  }

  /** Never Entra's own text, which may quote. */
  @Override
  public String refusal(int status, JsonNode answer) {
    int code = answer.path("error_codes").path(0).asInt();
    String told = code > 0 ? "AADSTS" + code : "HTTP " + status;
    return "Entra gives no token (" + told + ")" + mend(code, status);
  }

  private static String mend(int code, int status) {
    return switch (code) {
      case 700016 ->
          ": the tenant mail.m365.tenant has no app mail.m365.app-id; copy both from the same app"
              + " registration";
      case 90002, 900021, 900023 ->
          ": there is no such tenant; copy \"Directory (tenant) ID\" to mail.m365.tenant";
      case 700027, 50012, 50003 ->
          ": Entra does not know the certificate; upload mail.m365.certificate under"
              + " \"Certificates & secrets\" → \"Certificates\"";
      case 700024, 500133, 50013 ->
          ": the proof is not valid at this time; set this machine's clock right";
      case 65001, 90094, 90099, 500011 ->
          ": consent is missing; grant it under \"API permissions\" → \"Grant admin consent\"";
      case 7000112 -> ": the app is disabled; let an administrator enable its sign-in";
      case 53003, 530032 -> ": a Conditional Access policy blocks the app";
      default -> status == 429 || status >= 500 ? "" : ": is mail.m365.login-url right?";
    };
  }
}
