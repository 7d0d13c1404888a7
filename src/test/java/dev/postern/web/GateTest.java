package dev.postern.web;

import static dev.postern.web.SampleCase.aCase;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.web.Running.Browser;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
  private final Running postern = new Running();

  @AfterEach
  void stop() {
    postern.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/login", "/login/x", "/cases/PN-0000-0000", "/mailbox"})
  void everyPageCarriesAllHeaders(String path) {
    Browser browser = postern.browser().signedInBy("token-of-mara");
    HttpResponse<String> answer = browser.get(path);
    assertThat(answer.headers().firstValue("Content-Security-Policy"))
        .contains(WebHeaders.CONTENT_SECURITY_POLICY);
    assertThat(answer.headers().map())
        .containsKeys(
            "cross-origin-opener-policy",
            "cross-origin-resource-policy",
            "referrer-policy",
            "x-content-type-options",
            "permissions-policy");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
  }

  @Test
  void unknownPathsAreAPageForBrowsers() {
    HttpResponse<String> answer = postern.browser().get("/no/such", "Accept", "text/html");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("Not here").contains("app.");
    assertThat(answer.headers().firstValue("Content-Security-Policy")).isPresent();
  }

  @Test
  void aHeadIsAnsweredLikeAGetWithoutTheBody() {
    HttpResponse<String> answer = postern.browser().signedInBy("token-of-mara").head("/");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void aNameThatIsNotOursIsRefused() throws Exception {
    assertThat(statusLine("Host: evil.example:8080")).contains("421");
    assertThat(statusLine("Host: 127.0.0.1.evil.example")).contains("421");
    assertThat(statusLine("Host: localhost:8080")).contains("200");
  }

  @Test
  void aFormWithoutOurTokenChangesNothing() {
    postern.shelf.put(aCase("PN-5354-D3F3").file());
    Browser browser = postern.browser().signedInBy("token-of-mara");
    String page = browser.get("/cases/PN-5354-D3F3").body();
    Map<String, String> vote =
        Map.of(
            "token",
            Browser.hidden(page, "token"),
            "nonce",
            Browser.hidden(page, "nonce"),
            "choice",
            "release",
            "to",
            "1");
    HttpResponse<String> answer = browser.post("/cases/PN-5354-D3F3/votes", vote);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("Nothing was changed");
    assertThat(postern.shelf.clicks).isEmpty();
  }

  @Test
  void aFormSentFromAnotherSiteChangesNothingEvenWithTheToken() {
    postern.shelf.put(aCase("PN-5354-D3F3").file());
    Browser browser = postern.browser().signedInBy("token-of-mara");
    String csrf = Browser.csrf(browser.get("/cases/PN-5354-D3F3").body());
    HttpResponse<String> answer =
        browser.post(
            "/cases/PN-5354-D3F3/votes",
            Map.of("csrf", csrf, "choice", "discard"),
            "Sec-Fetch-Site",
            "cross-site");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(postern.shelf.clicks).isEmpty();
  }

  @Test
  void assetsMayBeKeptForEverBelowANameWithTheirHash() {
    String page = postern.browser().get("/login").body();
    Matcher path = Pattern.compile("/assets/[a-z-]+[.][0-9a-f]{12}[.](css|js|svg)").matcher(page);
    int found = 0;
    while (path.find()) {
      HttpResponse<String> asset = postern.browser().get(path.group());
      assertThat(asset.statusCode()).isEqualTo(200);
      assertThat(asset.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
      assertThat(asset.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(asset.body()).isNotEmpty();
      found++;
    }
    assertThat(found).isEqualTo(5);
    assertThat(postern.browser().get("/assets/app.css").statusCode()).isEqualTo(404);
    assertThat(postern.browser().get("/assets/..%2Fapp.css").statusCode()).isIn(400, 404);
  }

  @Test
  void aBodyBeyondTheBoundIsRefused() {
    Browser browser = postern.browser().signedInBy("token-of-mara");
    HttpResponse<String> answer = browser.post("/logout", Map.of("csrf", "x".repeat(2_000_000)));
    assertThat(answer.statusCode()).isIn(400, 403, 413);
  }

  /** Written by hand, since Java's client does not let anybody choose a Host. */
  private String statusLine(String hostField) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), postern.at("/").getPort())) {
      String request = "GET /login HTTP/1.1\r\n" + hostField + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
          .readLine();
    }
  }
}
