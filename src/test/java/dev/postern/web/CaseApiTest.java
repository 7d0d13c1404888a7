package dev.postern.web;

import static dev.postern.web.SampleCase.aCase;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postern.approval.CaseId;
import dev.postern.approval.Choice;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaseApiTest {
  private static final String CASE = "/v1/cases/PN-5354-D3F3";
  private static final String VOTES = CASE + "/votes";
  private static final String TOKEN = "pn1.token-of-PN-5354-D3F3";
  private final Running postern = new Running();
  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper mapper = new ObjectMapper();

  @AfterEach
  void stop() {
    postern.close();
    client.close();
  }

  private HttpResponse<String> get(String path, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(postern.at(path)).header("Authorization", "Bearer " + token).build();
    return client.send(request, BodyHandlers.ofString());
  }

  private HttpResponse<String> vote(String json, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(postern.at(VOTES))
            .header("Authorization", "Bearer token-of-mara")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private JsonNode json(HttpResponse<String> answer) throws Exception {
    return mapper.readTree(answer.body());
  }

  private static String release(String more) {
    return "{\"choice\":\"release\",\"token\":\"" + TOKEN + "\"" + more + "}";
  }

  @Test
  void withoutATokenThereIsAProblemDocument() throws Exception {
    for (String token : new String[] {"", "wrong", "token-of-mara-and-more"}) {
      HttpResponse<String> answer = get(CASE, token);
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
      assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
          .startsWith("Bearer");
      assertThat(json(answer).path("status").asInt()).isEqualTo(401);
    }
  }

  @Test
  void aCaseHasTheShapeOfTheContract() throws Exception {
    postern.shelf.put(aCase("PN-5354-D3F3").file());
    JsonNode it = json(get(CASE, "token-of-mara"));
    assertThat(it.fieldNames())
        .toIterable()
        .contains(
            "id",
            "state",
            "version",
            "source",
            "holdId",
            "receivedAt",
            "envelope",
            "message",
            "evidence",
            "ruling",
            "stage",
            "ballot",
            "decision",
            "outcome",
            "history");
    assertThat(it.path("id").asText()).isEqualTo("PN-5354-D3F3");
    assertThat(it.path("state").asText()).isEqualTo("ASKING");
    assertThat(it.path("envelope").path("clientIp").asText()).isEqualTo("192.0.2.44");
    assertThat(it.path("envelope").path("recipients").path(0).asText())
        .isEqualTo("finance@corp.example");
    assertThat(it.path("evidence").path("spf").path("result").asText()).isEqualTo("pass");
    assertThat(it.path("evidence").path("dmarc").path("result").asText()).isEqualTo("fail");
    assertThat(it.path("evidence").path("kind").asText()).isEqualTo("computed");
    assertThat(it.path("evidence").path("digest").asText()).hasSize(64);
    assertThat(it.path("ruling").path("action").asText()).isEqualTo("ask");
    assertThat(it.path("ruling").path("trace")).hasSize(3);
    assertThat(it.path("stage").path("quorum").asInt()).isEqualTo(1);
    assertThat(it.path("ballot").path("token").asText()).isEqualTo(TOKEN);
    assertThat(it.path("decision").isNull()).isTrue();
    assertThat(it.path("outcome")).isEmpty();
  }

  @Test
  void theBallotIsOnlyForOneWhoMayVoteNow() throws Exception {
    postern.shelf.put(aCase("PN-5354-D3F3").asks("jonas").file());
    assertThat(json(get(CASE, "token-of-mara")).has("ballot")).isFalse();
    assertThat(json(get(CASE, "token-of-jonas")).has("ballot")).isTrue();
  }

  @Test
  void hiddenAndMissingCasesGetTheSameAnswer() throws Exception {
    postern.shelf.put(aCase("PN-5354-D3F3").asks("mara").file());
    HttpResponse<String> hidden = get(CASE, "token-of-jonas");
    HttpResponse<String> missing = get("/v1/cases/PN-0000-0000", "token-of-jonas");
    assertThat(hidden.statusCode()).isEqualTo(404);
    assertThat(hidden.body()).isEqualTo(missing.body());
  }

  @Test
  void aCaseThatRetentionRemovedIsGone_andTheAnswerSaysSinceWhen() throws Exception {
    postern.shelf.removed.put(new CaseId("PN-5354-D3F3"), Instant.parse("2027-12-29T10:00:00Z"));
    HttpResponse<String> gone = get(CASE, "token-of-jonas");
    assertThat(gone.statusCode()).isEqualTo(410);
    assertThat(json(gone).path("detail").asText())
        .startsWith("This case was removed by retention on 2027-12-29.");
    assertThat(json(gone).path("removedAt").asText()).isEqualTo("2027-12-29T10:00:00Z");
    assertThat(vote(release("")).statusCode()).isEqualTo(410);
  }

  @Test
  void aVoteThatDecidesSaysSo() throws Exception {
    postern.shelf.put(aCase("PN-5354-D3F3").file());
    HttpResponse<String> answer = vote(release(",\"reason\":\"expected\""));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).path("result").asText()).isEqualTo("decided");
    assertThat(json(answer).path("choice").asText()).isEqualTo("release");
    assertThat(postern.shelf.clicks.getFirst().surface()).isEqualTo("api");
    assertThat(postern.shelf.clicks.getFirst().reason()).isEqualTo("expected");
  }

  @Test
  void aVoteThatCountsSaysHowManyAreMissing() throws Exception {
    postern.shelf.put(aCase("PN-5354-D3F3").quorum(2).asks("mara", "jonas").file());
    JsonNode answer = json(vote(release("")));
    assertThat(answer.path("result").asText()).isEqualTo("counted");
    assertThat(answer.path("missing").asInt()).isEqualTo(1);
  }

  @Test
  void aRefusedVoteIsAConflictWithTheRefusal() throws Exception {
    postern.shelf.put(aCase("PN-5354-D3F3").file());
    HttpResponse<String> answer = vote("{\"choice\":\"discard\",\"token\":\"pn1.other\"}");
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(json(answer).path("refusal").asText()).isEqualTo("forged");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @Test
  void theSameVoteAgainIsTheSameClick() throws Exception {
    postern.shelf.put(aCase("PN-5354-D3F3").file());
    HttpResponse<String> first = vote(release(""));
    assertThat(vote(release("")).body()).isEqualTo(first.body());
    assertThat(postern.shelf.clicks).hasSize(1);
  }

  @Test
  void theCallersOwnKeySaysWhatIsTheSame() throws Exception {
    postern.shelf.put(aCase("PN-5354-D3F3").file());
    vote(release(""), "Idempotency-Key", "k1");
    vote(release(",\"reason\":\"other words\""), "Idempotency-Key", "k1");
    assertThat(postern.shelf.clicks).hasSize(1);
    vote(release(""), "Idempotency-Key", "k2");
    assertThat(postern.shelf.clicks).hasSize(2);
  }

  @Test
  void recipientsAreTakenInTheOrderOfTheEnvelope() throws Exception {
    postern.shelf.put(
        aCase("PN-5354-D3F3").to("a@corp.example", "b@corp.example", "c@corp.example").file());
    vote(release(",\"recipients\":[\"c@corp.example\",\"a@corp.example\"]"));
    assertThat(postern.shelf.clicks.getFirst().act())
        .isEqualTo(new Choice.ReleaseTo(SampleCase.addresses("a@corp.example", "c@corp.example")));
  }

  @ParameterizedTest(name = "{0} for {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "body | {\"choice\":",
        "body | []",
        "body | {} {}",
        "choice | {\"token\":\"x\"}",
        "choice | {\"choice\":\"maybe\",\"token\":\"x\"}",
        "token | {\"choice\":\"release\"}",
        "token | {\"choice\":\"release\",\"token\":7}",
        "reason | {\"choice\":\"release\",\"token\":\"x\",\"reason\":7}",
        "recipients | {\"choice\":\"release\",\"token\":\"x\",\"recipients\":[]}",
        "recipients | {\"choice\":\"release\",\"token\":\"x\",\"recipients\":[\"nobody\"]}",
        "recipients | {\"choice\":\"discard\",\"token\":\"x\",\"recipients\":[\"a@corp.example\"]}",
        "body | {\"choice\":\"release\",\"choice\":\"discard\",\"token\":\"x\"}",
        "vote | {\"choice\":\"release\",\"token\":\"x\",\"vote\":1}"
      })
  void whatIsWrongIsNamed(String field, String body) throws Exception {
    postern.shelf.put(aCase("PN-5354-D3F3").file());
    HttpResponse<String> answer = vote(body);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(json(answer).path("field").asText()).isEqualTo(field);
    assertThat(postern.shelf.clicks).isEmpty();
  }

  @Test
  void aBodyBeyondTheBoundIsRefused() throws Exception {
    postern.shelf.put(aCase("PN-5354-D3F3").file());
    assertThat(vote(release(",\"reason\":\"" + "x".repeat(70_000) + "\"")).statusCode())
        .isEqualTo(413);
  }

  @Test
  void listsArePagedAndFiltered() throws Exception {
    for (int i = 0; i < 5; i++) {
      postern.shelf.put(aCase("PN-0000-000" + i).heldFor(Duration.ofMinutes(i)).file());
    }
    JsonNode first = json(get("/v1/cases?limit=2&state=asking", "token-of-mara"));
    assertThat(first.path("cases")).hasSize(2);
    assertThat(first.path("next").asText()).isEqualTo("PN-0000-0001");
    JsonNode last = json(get("/v1/cases?limit=3&after=PN-0000-0001", "token-of-mara"));
    assertThat(last.path("cases")).hasSize(3);
    assertThat(last.path("next").isNull()).isTrue();
    assertThat(json(get("/v1/cases?state=done", "token-of-mara")).path("cases")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"state,lost", "after,x", "limit,0", "limit,201", "limit,many"})
  void aWrongQueryIsNamed(String name, String value) throws Exception {
    HttpResponse<String> answer = get("/v1/cases?" + name + "=" + value, "token-of-mara");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(json(answer).path("field").asText()).isEqualTo(name);
  }
}
