package dev.postern.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postern.approval.Answer;
import dev.postern.approval.CaseId;
import dev.postern.approval.Identity;
import dev.postern.approval.People;
import dev.postern.store.World;
import dev.postern.store.Worlds;
import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Grants over HTTP. */
class GrantApiTest {
  private final People people = new People().and("kim").and("noor").and("pat", "others");
  private final World world = Worlds.inMemory(people);
  private final HttpClient client = HttpClient.newHttpClient();
  private final Javalin server =
      Javalin.create(
              config ->
                  new GrantApi(
                          token ->
                              people.person(Identity.ofPostern(token.replace("token-of-", ""))),
                          world.petitions)
                      .register(config.routes))
          .start("127.0.0.1", 0);

  @AfterEach
  void stop() {
    server.stop();
    client.close();
    world.close();
  }

  private HttpResponse<String> send(String who, String method, String path, String body)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.port() + "/v1/grants" + path))
            .header("Authorization", "Bearer token-of-" + who)
            .method(method, BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return new ObjectMapper().readTree(answer.body());
  }

  private static final String WISH =
      "{\"kind\":\"allow\",\"from\":\"Evil.Example\",\"to\":\"corp.example\",\"most\":5,\"reason\":\"a tender\"}";

  @Test
  void aGrantIsAskedForApprovedListedAndEnded() throws Exception {
    JsonNode asked = json(send("kim", "POST", "", WISH));

    assertThat(asked.path("result").asText()).isEqualTo("asked");
    assertThat(asked.path("state").asText()).isEqualTo("requested");
    assertThat(asked.path("from").asText()).isEqualTo("evil.example");
    assertThat(asked.path("evenUnproved").asBoolean()).isFalse();
    assertThat(json(send("kim", "POST", "", WISH)).path("result").asText()).isEqualTo("already");

    assertThat(world.release(new CaseId(asked.path("case").asText()), "noor"))
        .isInstanceOf(Answer.Decided.class);
    world.settle(1);
    String path = "/" + asked.path("id").asText();
    assertThat(json(send("noor", "GET", path, "")).path("state").asText()).isEqualTo("active");
    JsonNode open = json(send("noor", "GET", "?open=true&limit=1", ""));
    assertThat(open.path("grants")).hasSize(1);
    assertThat(open.path("next").asText()).isEqualTo(asked.path("id").asText());

    assertThat(json(send("noor", "POST", path + "/revoke", "")).path("result").asText())
        .isEqualTo("ended");
    JsonNode ended = json(send("noor", "POST", path + "/revoke", ""));
    assertThat(ended.path("result").asText()).isEqualTo("already");
    assertThat(ended.path("endedBy").asText()).isEqualTo("noor");
    assertThat(json(send("kim", "GET", "?open=true", "")).path("grants")).isEmpty();
  }

  @Test
  void aGrantForAKindNamesTheCaseThatMessagesMustBeLike() throws Exception {
    CaseId sample = world.held("m1");
    String wish = "{\"kind\":\"block\",\"kindOf\":\"" + sample + "\",\"reason\":\"spam\"}";

    JsonNode asked = json(send("kim", "POST", "", wish));

    assertThat(asked.path("from").asText()).isEqualTo("evil.example");
    assertThat(asked.path("kindOf").asText()).isEqualTo(sample.text());
    assertThat(asked.path("about").asText()).isEqualTo(sample.text());
    assertThat(asked.path("subject").asText()).isEqualTo("Subject m1");
    HttpResponse<String> hidden = send("pat", "POST", "", wish);
    assertThat(hidden.statusCode()).isEqualTo(422);
    assertThat(hidden.body()).doesNotContain("Subject", "evil.example");
  }

  @Test
  void whoHasNothingToDoWithItLearnsNothing() throws Exception {
    String path = "/" + json(send("kim", "POST", "", WISH)).path("id").asText();

    assertThat(send("pat", "GET", path, "").statusCode()).isEqualTo(404);
    assertThat(send("pat", "POST", path + "/revoke", "").statusCode()).isEqualTo(404);
    assertThat(json(send("pat", "GET", "", "")).path("grants")).isEmpty();
    assertThat(send("nobody", "GET", "", "").statusCode()).isEqualTo(401);
    assertThat(send("nobody", "POST", "", WISH).statusCode()).isEqualTo(401);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          body         | {
          body         | []
          kind         | {"from":"a.example","reason":"x"}
          kind         | {"kind":7,"from":"a.example","reason":"x"}
          from         | {"kind":"allow","reason":"x"}
          from         | {"kind":"allow","from":"example","reason":"x"}
          from         | {"kind":"allow","from":["a.example"],"reason":"x"}
          to           | {"kind":"allow","from":"a.example","to":"b c","reason":"x"}
          until        | {"kind":"allow","from":"a.example","until":"tomorrow","reason":"x"}
          until        | {"kind":"allow","from":"a.example","until":"2020-01-01T00:00:00Z","reason":"x"}
          until        | {"kind":"allow","from":"a.example","until":"+999999999-12-31T00:00:00Z","reason":"x"}
          most         | {"kind":"allow","from":"a.example","most":1e99,"reason":"x"}
          most         | {"kind":"allow","from":"a.example","most":-1,"reason":"x"}
          evenUnproved | {"kind":"allow","from":"a.example","evenUnproved":"no","reason":"x"}
          reason       | {"kind":"allow","from":"a.example"}
          about        | {"kind":"allow","from":"a.example","about":"x","reason":"x"}
          kindOf       | {"kind":"allow","kindOf":"x","reason":"x"}
          kindOf       | {"kind":"allow","kindOf":"PN-0000-0000","reason":"x"}
          kindOf       | {"kind":"allow","kindOf":"PN-0000-0000","from":"a.example","reason":"x"}
          fro          | {"kind":"allow","fro":"a.example","reason":"x"}
          """)
  void aBodyThatIsNoneIsRefusedByItsField(String field, String body) throws Exception {
    HttpResponse<String> refused = send("kim", "POST", "", body);

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(json(refused).path("field").asText()).isEqualTo(field);
    assertThat(json(send("kim", "GET", "", "")).path("grants")).isEmpty();
  }

  @Test
  void whatNobodyElseCouldDecideIsRefusedWithTheMend() throws Exception {
    people.leaves("noor");
    HttpResponse<String> refused = send("kim", "POST", "", WISH);

    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("own-requests: true");
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() throws Exception {
    assertThat(send("kim", "POST", "", "x".repeat(70_000)).statusCode()).isEqualTo(413);
  }
}
