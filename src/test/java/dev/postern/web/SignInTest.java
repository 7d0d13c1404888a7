package dev.postern.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.web.Running.Browser;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SignInTest {
  private final Running postern = new Running();

  @AfterEach
  void stop() {
    postern.close();
  }

  @Test
  void withoutSignInEveryPageLeadsToIt() {
    HttpResponse<String> answer = postern.browser().get("/cases/PN-5354-D3F3");
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location"))
        .contains("/login?to=%2Fcases%2FPN-5354-D3F3");
  }

  @Test
  void anUpdateWithoutSignInIsRefusedAndNotRedirected() {
    HttpResponse<String> answer = postern.browser().get("/queue/news", "HX-Request", "true");
    assertThat(answer.statusCode()).isEqualTo(401);
  }

  @Test
  void anAccessTokenSignsInAndLeadsToTheCaseOneCameFor() {
    Browser browser = postern.browser();
    String page = browser.get("/login?to=/cases/PN-5354-D3F3").body();
    assertThat(page).contains("You came for <b>PN-5354-D3F3</b>");
    HttpResponse<String> answer =
        browser.post(
            "/login",
            Map.of(
                "csrf", Browser.csrf(page),
                "to", Browser.hidden(page, "to"),
                "token", "token-of-mara"));
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location")).contains("/cases/PN-5354-D3F3");
    assertThat(browser.get("/").body()).contains("Mara Lindqvist");
  }

  @Test
  void nobodyIsSentElsewhereAfterSigningIn() {
    Browser browser = postern.browser();
    assertThat(browser.get("/login?to=//evil.example/").body()).doesNotContain("evil.example");
    String csrf = Browser.csrf(browser.get("/login").body());
    HttpResponse<String> answer =
        browser.post(
            "/login",
            Map.of("csrf", csrf, "to", "https://evil.example/", "token", "token-of-mara"));
    assertThat(answer.headers().firstValue("Location")).contains("/");
  }

  @Test
  void aWrongTokenIsToldBelowTheField() {
    Browser browser = postern.browser();
    String csrf = Browser.csrf(browser.get("/login").body());
    HttpResponse<String> answer = browser.post("/login", Map.of("csrf", csrf, "token", "nope"));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body())
        .contains("Nobody has this token")
        .contains("aria-describedby=\"wrong\"");
    assertThat(browser.get("/").statusCode()).isEqualTo(303);
  }

  @Test
  void aLinkSignsInOnceByAButtonAndNotByLooking() {
    String path = "/login/" + postern.links.mint("mara");
    Browser browser = postern.browser();
    String page = browser.get(path).body();
    browser.get(path);
    browser.head(path);
    assertThat(browser.get("/").statusCode()).isEqualTo(303);

    assertThat(browser.post(path, Map.of("csrf", Browser.csrf(page))).statusCode()).isEqualTo(303);
    assertThat(browser.get("/").statusCode()).isEqualTo(200);

    Browser thief = postern.browser();
    assertThat(thief.get(path).statusCode()).isEqualTo(410);
    String csrf = Browser.csrf(thief.get("/login").body());
    assertThat(thief.post(path, Map.of("csrf", csrf)).statusCode()).isEqualTo(410);
  }

  @Test
  void aFormOfAnotherVisitSignsNobodyIn() {
    String path = "/login/" + postern.links.mint("mara");
    String csrfOfAttacker = Browser.csrf(postern.browser().get(path).body());
    Browser victim = postern.browser();
    victim.get("/login");
    assertThat(victim.post(path, Map.of("csrf", csrfOfAttacker)).statusCode()).isEqualTo(403);
    assertThat(postern.links.open(path.substring("/login/".length()))).isTrue();
  }

  @Test
  void theCookieIsForThisHostAndNotForScripts() {
    Browser browser = postern.browser();
    String csrf = Browser.csrf(browser.get("/login").body());
    String cookie = signInCookie(browser, csrf);
    assertThat(cookie)
        .startsWith("postern-session=")
        .contains("Path=/")
        .contains("HttpOnly")
        .contains("SameSite=Lax")
        .contains("Max-Age=43200")
        .doesNotContain("Secure")
        .doesNotContain("Domain");
  }

  @Test
  void withTlsTheCookieNeedsIt() {
    try (Running tls = new Running(URI.create("https://postern.corp.example"), Optional.empty())) {
      Browser browser = tls.browser();
      HttpResponse<String> page = browser.get("/login");
      String visit = page.headers().firstValue("Set-Cookie").orElseThrow();
      assertThat(visit).startsWith("__Host-postern-visit=").contains("Secure");
      assertThat(page.headers().firstValue("Strict-Transport-Security"))
          .contains("max-age=63072000");
    }
  }

  @Test
  void aSignInEndsAfterTwelveHours() {
    Browser browser = postern.browser().signedInBy("token-of-mara");
    postern.now = SampleCase.NOW.plus(Sessions.LIFETIME);
    assertThat(browser.get("/").statusCode()).isEqualTo(303);
  }

  @Test
  void signingOutForgetsTheCookie() {
    Browser browser = postern.browser().signedInBy("token-of-mara");
    String csrf = Browser.csrf(browser.get("/").body());
    assertThat(browser.post("/logout", Map.of("csrf", csrf)).statusCode()).isEqualTo(303);
    assertThat(browser.get("/").statusCode()).isEqualTo(303);
  }

  private static String signInCookie(Browser browser, String csrf) {
    return browser
        .post("/login", Map.of("csrf", csrf, "token", "token-of-mara"))
        .headers()
        .allValues("Set-Cookie")
        .stream()
        .filter(c -> c.contains("session"))
        .findFirst()
        .orElseThrow();
  }
}
