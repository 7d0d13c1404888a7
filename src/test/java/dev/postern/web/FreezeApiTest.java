package dev.postern.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreezeApiTest {
  private final Running postern = new Running();
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    postern.close();
    client.close();
  }

  private HttpResponse<String> send(String method, String token, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(postern.at("/v1/freeze"))
            .header("Authorization", "Bearer " + token)
            .method(method, BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private HttpResponse<String> mara(String method, String body) throws Exception {
    return send(method, "token-of-mara", body);
  }

  @Test
  void whoMayFreezesAndEndsItAndTheSameAgainChangesNothing() throws Exception {
    assertThat(mara("GET", "").body()).isEqualTo("{\"frozen\":false,\"mayChange\":true}");

    assertThat(mara("PUT", "{\"reason\":\"partner taken over\"}").body())
        .contains("\"frozen\":true", "\"by\":\"mara\"", "partner taken over", "\"done\"");
    assertThat(mara("PUT", "{\"reason\":\"other\"}").body())
        .contains("partner taken over", "\"already\"");
    assertThat(mara("DELETE", "").body()).contains("\"frozen\":false", "\"done\"");
    assertThat(mara("DELETE", "").body()).contains("\"frozen\":false", "\"already\"");
  }

  @Test
  void nobodyElseChangesAnything() throws Exception {
    HttpResponse<String> refused = send("PUT", "token-of-jonas", "");

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("\"refusal\":\"not-allowed\"", "may-freeze");
    assertThat(send("DELETE", "token-of-jonas", "").statusCode()).isEqualTo(403);
    assertThat(send("PUT", "guessed", "").statusCode()).isEqualTo(401);
    assertThat(send("GET", "token-of-jonas", "").body())
        .isEqualTo("{\"frozen\":false,\"mayChange\":false}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "\"x\"", "{\"reason\":7}", "{\"reasn\":\"x\"}", "\u0000"})
  void aBodyThatIsNoneIsRefusedByItsField(String body) throws Exception {
    HttpResponse<String> refused = mara("PUT", body);

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("\"field\":\"reason\"");
    assertThat(mara("GET", "").body()).contains("\"frozen\":false");
  }

  /** The connection used to end before all was read, and the answer with it now and then. */
  @Test
  void aBodyThatIsTooLargeIsRefusedAndWhoSentItSeesWhy() throws Exception {
    assertThat(mara("PUT", "x".repeat(70_000)).statusCode()).isEqualTo(413);
    assertThat(mara("PUT", "x".repeat(1_000_000)).body()).contains("at most 65,536 octets");
  }

  @Test
  void P13_everyPageSaysThatItIsFrozenAndQuotesWhy() throws Exception {
    Running.Browser browser = postern.browser().signedInBy("token-of-mara");
    assertThat(browser.get("/").body()).doesNotContain("frozen");

    mara("PUT", "{\"reason\":\"<b>now</b> https://evil.example\"}");

    assertThat(browser.get("/").body())
        .contains("Releasing by rule is frozen by", "&lt;b&gt;now&lt;/b&gt;", "evil[.]example")
        .doesNotContain("<b>now");
  }
}
