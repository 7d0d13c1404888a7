package dev.postern.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Judgement;
import dev.postern.approval.People;
import dev.postern.evidence.Answer;
import dev.postern.policy.APlan;
import dev.postern.policy.GrantLaw;
import dev.postern.policy.Grouping;
import dev.postern.store.Databases;
import dev.postern.store.World;
import dev.postern.web.Running.Browser;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Console and API on the real desk and store. */
class DeskConsoleTest {
  @TempDir private Path folder;
  private World world;
  private Running postern;

  @BeforeEach
  void start() {
    People people = new People().and("mara").and("jonas");
    world =
        new World(
            Databases.h2(folder), people, (_, _, _) -> Answer.without(Answer.Status.NXDOMAIN, 60));
    postern = new Running(world, people, List::of);
  }

  @AfterEach
  void stop() {
    postern.close();
    world.close();
  }

  private Browser mara() {
    return postern.browser().signedInBy("token-of-mara");
  }

  private static Map<String, String> form(String page, String choice, String... to) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("csrf", Browser.csrf(page));
    form.put("token", Browser.hidden(page, "token"));
    form.put("nonce", Browser.hidden(page, "nonce"));
    form.put("choice", choice);
    for (String one : to) {
      form.put("to#" + one, one);
    }
    return form;
  }

  private HttpResponse<String> vote(CaseId id, String json) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(postern.at("/v1/cases/" + id + "/votes"))
              .header("Authorization", "Bearer token-of-mara")
              .POST(BodyPublishers.ofString(json))
              .build(),
          BodyHandlers.ofString());
    }
  }

  @Test
  void whoMayBreakTheGlassReadsTheCaseAndDecidesItAtOnce() {
    world.chain = APlan.of("Break-glass", "jonas").besides(APlan.of("Mail", "mara").chain("mail"));
    CaseId id = world.held("h1");
    Browser jonas = postern.browser().signedInBy("token-of-jonas");

    String page = jonas.get("/cases/" + id).body();
    assertThat(page).contains("Break-glass: your word decides at once");
    assertThat(jonas.get("/").body()).contains(id.text());
    Map<String, String> form = form(page, "release", "1", "2");
    form.put("reason", "the house is on fire");
    assertThat(jonas.post("/cases/" + id + "/votes", form).statusCode()).isEqualTo(200);
    assertThat(world.find(id).state()).isEqualTo(CaseState.DECIDED);
  }

  @Test
  void aVoteIsTakenBackOnThePage() {
    world.chain = APlan.of("Mail", "group:admins").quorum(2).chain("mail");
    CaseId id = world.held("h1");
    Browser mara = mara();
    mara.post("/cases/" + id + "/votes", form(mara.get("/cases/" + id).body(), "discard"));
    String page = mara.get("/cases/" + id).body();
    mara.post("/cases/" + id + "/votes", form(page, "release", "1", "2"));
    assertThat(world.find(id).votes()).hasSize(1);

    page = mara.get("/cases/" + id).body();
    assertThat(page).contains("Take my vote back", "Leave it to the others");
    mara.post("/cases/" + id + "/votes", form(page, "withdraw"));
    assertThat(world.find(id).votes()).isEmpty();
  }

  @Test
  void whoIsAwayHandsTheDecisionOverOnThePageAndByTheApi() throws Exception {
    world.chain =
        APlan.chain("mail", APlan.of("Mail", "mara"), APlan.of("Bosses", "jonas", "mara"));
    CaseId id = world.held("h1");
    Browser jonas = postern.browser().signedInBy("token-of-jonas");
    String page = mara().get("/cases/" + id).body();
    assertThat(page).contains("Hand it over", "<option value=\"jonas\">");
    String token = Browser.hidden(page, "token");
    assertThat(vote(id, "{\"choice\":\"hand-over\",\"token\":\"" + token + "\"}").body())
        .contains("\"field\":\"person\"");
    HttpResponse<String> refused =
        vote(id, "{\"choice\":\"hand-over\",\"person\":\"eve\",\"token\":\"" + token + "\"}");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("not-them", "Choose somebody else");

    Browser mara = mara();
    Map<String, String> form = form(mara.get("/cases/" + id).body(), "hand-over");
    form.put("person", "jonas");
    assertThat(mara.post("/cases/" + id + "/votes", form).statusCode()).isEqualTo(200);
    assertThat(world.find(id).openStage().orElseThrow().approvers()).containsExactly("jonas");
    assertThat(jonas.get("/cases/" + id).body()).contains("Release");
  }

  private CaseId three() {
    world.grouping = Grouping.USUAL;
    CaseId first = world.held("h1");
    world.held("h2");
    world.held("h3");
    world.now = world.now.plusSeconds(20);
    world.campaigns.gather(1, 1);
    return first;
  }

  @Test
  void messagesOfOneKindAreListed_andOneIsTakenOutOnThePage() {
    CaseId first = three();
    Browser mara = mara();
    String page = mara.get("/cases/" + first).body();
    assertThat(page).contains("Release these 3 held messages?", "3 messages, decided together");
    assertThat(page).contains("/grants?about=" + first + "&amp;kind=true");
    assertThat(page).doesNotContain("type=\"checkbox\" name=\"to\"");
    CaseId third = world.records.backstory(first).together().orElseThrow().set().get(2).id();
    assertThat(mara.get("/cases/" + third).body())
        .contains("Held: decided together", "The card of case " + first, "Take this one out");

    HttpResponse<String> answer =
        mara.post("/cases/" + third + "/apart", Map.of("csrf", Browser.csrf(page)));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("Taken out");
    world.campaigns.follow(third, 1);
    assertThat(mara.get("/cases/" + third).body()).contains("Release this held message?");

    page = mara.get("/cases/" + first).body();
    assertThat(page).contains("Release these 2 held messages?");
    mara.post("/cases/" + first + "/votes", form(page, "release", "1", "2"));
    assertThat(mara.get("/cases/" + first).body())
        .contains("1 other message of its kind, each with an outcome of its own");
  }

  @Test
  void P11_aVoteOnASetCoversLaterOnesWhereTheBoxIsTicked() {
    world.law = GrantLaw.USUAL.withOwnRequests();
    CaseId first = three();
    Browser mara = mara();
    String page = mara.get("/cases/" + first).body();
    assertThat(page)
        .contains("Delete later ones like these, too: for 30 days, at most 100")
        .contains("A vote covers these, and later ones only where it says so.");
    Map<String, String> form = form(page, "discard");
    form.put("later", "yes");
    form.put("reason", "spam");
    mara.post("/cases/" + first + "/votes", form);
    world.later.settle(1);

    assertThat(mara.get("/cases/" + first).body()).contains("With the decision began grant PG-");
    assertThat(world.desk.judge(world.message("h4"))).isInstanceOf(Judgement.Reject.class);
  }

  @Test
  void programsSayItOfLaterOnesToo_andReadOnWhatTerms() throws Exception {
    world.law = GrantLaw.USUAL.withOwnRequests();
    CaseId first = three();
    String shown = call("GET", "/v1/cases/" + first).body();
    assertThat(shown).contains("\"later\":{\"release\":null,\"discard\":\"PT720H\",\"most\":100}");
    String token = shown.replaceAll("(?s).*\"token\":\"([^\"]+)\".*", "$1");

    assertThat(later(first, "release", token, "true")).contains("\"refusal\":\"not-later\"");
    assertThat(later(first, "discard", token, "1")).contains("true or false");
    assertThat(later(first, "discard", token, "true")).contains("\"result\":\"decided\"");
    world.later.settle(1);
    assertThat(call("GET", "/v1/cases/" + first).body())
        .contains("\"later\":true", "\"laterCame\":\"With the decision began grant PG-");
  }

  private String later(CaseId id, String choice, String token, String later) throws Exception {
    return vote(
            id,
            """
            {"choice": "%s", "token": "%s", "reason": "ok", "later": %s}
            """
                .formatted(choice, token, later))
        .body();
  }

  @Test
  void programsReadTheSet_andTakeOneOut() throws Exception {
    CaseId first = three();
    CaseId third = world.records.backstory(first).together().orElseThrow().set().get(2).id();
    assertThat(call("GET", "/v1/cases/" + third).body())
        .contains("\"together\":{\"leader\":\"" + first + "\",\"state\":\"ASKING\"");

    assertThat(call("POST", "/v1/cases/" + third + "/apart").body())
        .isEqualTo("{\"result\":\"noted\",\"case\":\"" + third + "\"}");
    world.campaigns.follow(third, 1);
    world.grouping = Grouping.OFF;
    HttpResponse<String> refused = call("POST", "/v1/cases/" + world.held("h9") + "/apart");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("\"refusal\":\"not-together\"");
    assertThat(call("POST", "/v1/cases/PN-0000-0000/apart").statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> call(String method, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(postern.at(path))
              .header("Authorization", "Bearer token-of-mara")
              .method(method, BodyPublishers.noBody())
              .build(),
          BodyHandlers.ofString());
    }
  }

  @Test
  void P8_aReleaseIsSaidToBeUnderWayAndThenShownWithItsProof() {
    CaseId id = world.held("h1");
    Browser mara = mara();
    String page = mara.get("/cases/" + id).body();
    HttpResponse<String> answer = mara.post("/cases/" + id + "/votes", form(page, "release", "2"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("id=\"said\"").contains("Releasing…");
    assertThat(answer.body()).doesNotContain("queued as TEST1");

    world.effects.carryOut(1);
    assertThat(world.quarantine.calls).containsExactly("release [bo@corp.example] attempt 1");
    assertThat(mara.get("/cases/" + id).body())
        .contains("<bdi class=\"f\">250 2.0.0 Ok: queued as TEST1</bdi>")
        .contains("Released to 1 of 2 recipients");
    assertThat(mara.get("/?tab=decided").body()).contains(id.text());
    assertThat(mara.get("/").body()).doesNotContain(id.text());
  }

  @Test
  void aStageThatWantsWordsSaysSoAndKeepsTheForm() {
    CaseId id = world.held("h1");
    Browser mara = mara();
    String page = mara.get("/cases/" + id).body();
    HttpResponse<String> answer = mara.post("/cases/" + id + "/votes", form(page, "discard"));
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("id=\"e-why\"");

    Map<String, String> again = form(answer.body(), "discard");
    again.put("reason", "Größe passt nicht");
    assertThat(mara.post("/cases/" + id + "/votes", again).statusCode()).isEqualTo(200);
    assertThat(world.find(id).votes().getFirst().reason()).isEqualTo("Größe passt nicht");
  }

  @Test
  void P5_aTokenOfAnotherCaseActsOnNeither() throws Exception {
    CaseId here = world.held("h1");
    CaseId there = world.held("h2");
    Browser mara = mara();
    Map<String, String> form = form(mara.get("/cases/" + here).body(), "release", "1", "2");
    form.put("token", Browser.hidden(mara.get("/cases/" + there).body(), "token"));
    assertThat(mara.post("/cases/" + here + "/votes", form).statusCode()).isEqualTo(409);
    HttpResponse<String> answer =
        vote(here, "{\"choice\":\"release\",\"token\":\"" + form.get("token") + "\"}");
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("\"refusal\":\"wrong-place\"");
    assertThat(world.find(here).state()).isEqualTo(CaseState.ASKING);
    assertThat(world.find(there).state()).isEqualTo(CaseState.ASKING);
  }

  @Test
  void aVoteOfAScriptSentAgainGetsTheSameAnswer() throws Exception {
    CaseId id = world.held("h1");
    String token = Browser.hidden(mara().get("/cases/" + id).body(), "token");
    String body = "{\"choice\":\"release\",\"token\":\"" + token + "\"}";
    HttpResponse<String> first = vote(id, body);
    assertThat(first.body()).contains("\"result\":\"decided\"");
    assertThat(vote(id, body).body()).isEqualTo(first.body());

    String other = body.replace("release", "discard").replace("}", ",\"reason\":\"too late\"}");
    assertThat(vote(id, other).statusCode()).isEqualTo(409);
    assertThat(world.find(id).votes()).hasSize(1);
  }

  @Test
  void aWindowThatClosedRefusesTheVoteAndKeepsTheTypedReason() {
    CaseId id = world.held("h1");
    Browser mara = mara();
    Map<String, String> form = form(mara.get("/cases/" + id).body(), "release", "1", "2");
    form.put("reason", "typed before the time was up");
    world.now = world.now.plusSeconds(5 * 3600);
    HttpResponse<String> answer = mara.post("/cases/" + id + "/votes", form);
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body())
        .contains("Too late")
        .contains(">typed before the time was up</textarea>");
    assertThat(world.find(id).votes()).isEmpty();
  }

  @Test
  void everyLineOfTheHistoryIsInWords() {
    CaseId id = world.held("h1");
    Browser mara = mara();
    String page = mara.get("/cases/" + id).body();
    mara.post("/cases/" + id + "/votes", form(page, "release", "1", "2"));
    world.effects.carryOut(1);
    assertThat(world.records.history(id))
        .hasSizeGreaterThan(5)
        .allSatisfy(l -> assertThat(Words.ofEvent(l.what())).doesNotContain("."));
  }
}
