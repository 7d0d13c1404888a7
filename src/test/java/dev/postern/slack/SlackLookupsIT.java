package dev.postern.slack;

import static dev.postern.approval.CaseBuilder.HELD;
import static dev.postern.approval.CaseBuilder.aCase;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseMentions;
import dev.postern.card.HostileVector;
import dev.postern.dns.ZoneDns;
import dev.postern.evidence.Answer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlackLookupsIT {
  private static final ZoneDns ZONE =
      ZoneDns.of(
          Map.of(
              "supplier.example",
              Map.of(
                  "A", List.of("192.0.2.1"),
                  "MX", List.of("10 mx1.supplier.example"),
                  "TXT", List.of("v=spf1 ip4:192.0.2.0/24 -all")),
              "mx1.supplier.example",
              Map.of("A", List.of("192.0.2.2")),
              "_dmarc.supplier.example",
              Map.of("TXT", List.of("v=DMARC1; p=none; rua=mailto:dmarc@supplier.example"))));

  private SlackRoom room;

  @BeforeEach
  void open() throws Exception {
    room = new SlackRoom();
    room.zone = ZONE;
    room.cases.clear();
    for (int i = 0; i < 7; i++) {
      var one = aCase().id(new CaseId("PN-5T1N-000" + i)).build();
      room.cases.put(CaseMentions.heldAt(one, HELD.plusSeconds(i)));
    }
  }

  @AfterEach
  void close() {
    room.close();
  }

  private JsonNode typed(String user, String text) {
    HttpResponse<String> answer = room.hand.command(user, text);
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode body = Samples.parse(answer.body());
    assertThat(body.path("response_type").asText()).isEqualTo("ephemeral");
    assertThat(body.path("text").asText()).isNotEmpty();
    assertThat(BlockKitRules.ofMessage(body.path("blocks"))).isEmpty();
    return body;
  }

  private String kim(String text) {
    return typed(SlackRoom.KIM, text).toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "marta@supplier.example",
        "MARTA@Supplier.Example",
        "lee@corp.example",
        "<mailto:marta@supplier.example|marta@supplier.example>",
        "<20261124.77@supplier.example>",
        "20261124.77@supplier.example"
      })
  void anAddressOrAMessageIdFindsItsCases(String text) {
    assertThat(kim(text)).contains("Cases found", "PN-5T1N-0006", "Older").doesNotContain("0001");
  }

  @Test
  void aDomainTypedIsCheckedAndItsCasesStandBelow() {
    String answer = kim("supplier.example");

    assertThat(answer)
        .contains(
            "Can others send as supplier[.]example?",
            "Medium risk. ",
            "SPF good",
            "0 of 10 lookups",
            "DMARC weak",
            "mx1[.]supplier[.]example",
            "PN-5T1N-0006");
    assertThat(kim("check supplier.example"))
        .contains("Can others send as supplier[.]example?")
        .doesNotContain("PN-5T1N");
  }

  @Test
  void aDomainThatDoesNotExistIsToldSo() {
    assertThat(kim("check nowhere.example")).contains("High risk", "There is no such domain");
  }

  @Test
  void aDomainThatDnsDoesNotAnswerForIsUnknown() {
    room.zone = (_, _, _) -> Answer.failure("SERVFAIL");

    assertThat(kim("check supplier.example"))
        .contains("Risk unknown", "SPF not checked", "DMARC not checked");
  }

  @Test
  void mineAndOpenAreListed() {
    assertThat(kim("mine")).contains("Waiting for you", "decide by ", "Later");
    assertThat(kim("open")).contains("Waiting for a decision", "0 of 1 vote", "Older");
  }

  @ParameterizedTest
  @CsvSource({"hepl,help", "chekc,check", "opne,open", "min,mine"})
  void anUnknownWordGetsTheNearestCommand(String wrong, String right) {
    assertThat(kim(wrong)).contains("Did you mean /postern " + right + "?");
  }

  @ParameterizedTest
  @MethodSource("dev.postern.card.HostileVector#all")
  void P13_whateverIsTypedIsOneQuotation(HostileVector attack) {
    JsonNode answer = typed(SlackRoom.KIM, "x " + attack.raw());

    assertThat(answer.path("text").asText()).isEqualTo("Not understood.");
    assertThat(answer.path("blocks").findValuesAsText("type"))
        .doesNotContain("link", "broadcast", "mrkdwn", "user");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PN-5T1N-0001",
        "marta@supplier.example",
        "supplier.example",
        "check supplier.example",
        "open",
        "mine",
        "<20261124.77@supplier.example>",
        "what"
      })
  void aStrangerLearnsNothing(String text) {
    String answer = typed(SlackRoom.STRANGER, text).toString();

    assertThat(answer).contains("does not know you").doesNotContain("PN-", "supplier");
  }

  @Test
  void aCaseThatSomebodyMayNotReadLooksLikeNone() {
    room.cases.clear();
    var hidden = aCase().id(new CaseId("PN-5T1N-0001")).build();
    room.cases.put(CaseMentions.askingOnly(hidden, "noor"));

    String found = kim("PN-5T1N-0001").replace("0001", "");
    String absent = kim("PN-5T1N-0002").replace("0002", "");

    assertThat(found).isEqualTo(absent).contains("No such case");
    assertThat(kim("marta@supplier.example")).contains("No such case").doesNotContain("0001");
    assertThat(kim("supplier.example")).contains("No held mail from here");
  }

  @Test
  void aStoreThatIsDownIsSaid() {
    room.storeDown = true;

    assertThat(kim("PN-5T1N-0001")).contains("cannot read its cases");
  }

  @Test
  void theNextPageTakesThePlaceOfTheFirst() throws Exception {
    JsonNode first = typed(SlackRoom.KIM, "marta@supplier.example");

    room.hand.pressPrivately(SlackRoom.KIM, first, "pn.more");
    JsonNode second = room.slack.responses.next();

    assertThat(second.path("replace_original").asBoolean()).isTrue();
    assertThat(second.toString()).contains("PN-5T1N-0001", "PN-5T1N-0000").doesNotContain("0002");
    assertThat(second.toString()).doesNotContain("pn.more");
  }

  @Test
  void aCaseOfAListIsShownBelowIt() throws Exception {
    JsonNode list = typed(SlackRoom.KIM, "open");

    room.hand.pressPrivately(SlackRoom.KIM, list, "pn.open");
    JsonNode shown = room.slack.responses.next();

    assertThat(shown.path("replace_original").asBoolean()).isFalse();
    assertThat(shown.path("text").asText()).startsWith("Case PN-5T1N-0006");
  }

  @Test
  void aListThatSomebodyElseIsShownOpensNothingForThem() throws Exception {
    JsonNode list = typed(SlackRoom.KIM, "open");

    room.hand.pressPrivately(SlackRoom.STRANGER, list, "pn.open");
    room.hand.pressPrivately(SlackRoom.STRANGER, list, "pn.more");

    assertThat(room.slack.responses.next().toString()).contains("does not know you");
    assertThat(room.slack.responses.next().toString()).contains("does not know you");
  }

  @Test
  void aButtonThatWasTamperedWithShowsNothing() throws Exception {
    JsonNode list = typed(SlackRoom.KIM, "open");
    ObjectNode press = room.hand.pressingPrivately(SlackRoom.KIM, list, "pn.open");
    ((ObjectNode) press.path("actions").path(0)).put("value", "pn1.c\u0000' OR 1=1");

    room.hand.interact(press);

    assertThat(room.slack.responses.next().toString()).contains("This button does nothing");
  }

  @Test
  void whatTakesLongIsAcknowledgedAndAnsweredLater() throws Exception {
    CountDownLatch dns = new CountDownLatch(1);
    room.zone =
        (name, type, by) -> {
          await(dns);
          return ZONE.query(name, type, by);
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      ResponseUrls responses = new ResponseUrls(room.api.sdk(), room.slack.url());
      Commands commands = new Commands(room.wiring(), responses, threads, Duration.ofMillis(20));
      String url = room.slack.responses.fresh();

      Reply reply = commands.handle(fields("check supplier.example", url));
      assertThat(reply.body()).contains("Looking…");
      dns.countDown();

      assertThat(room.slack.responses.next().toString()).contains("SPF good");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, String> fields(String text, String url) {
    return Map.of(
        "text", text, "team_id", FakeSlack.TEAM, "user_id", SlackRoom.KIM, "response_url", url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "http://hooks.slack.com/commands/T0/1/x",
        "https://hooks.slack.com.evil.example/x",
        "https://hooks.slack.com@evil.example/x",
        "https://user@hooks.slack.com/x",
        "https://hooks.slack.com:8443/x",
        "https://169.254.169.254/latest/meta-data",
        "http://127.0.0.1:1/x",
        "http://localhost/x",
        "file:///etc/passwd",
        "//hooks.slack.com/x",
        "https://hooks.slack.com/ x",
        "javascript:alert(1)"
      })
  void answersGoToNoOtherAddress(String claimed) {
    ResponseUrls responses = new ResponseUrls(room.api.sdk(), "https://slack.com/api/");

    assertThat(responses.allows(claimed)).isFalse();
  }

  @Test
  void answersGoToSlackAndToTheEmulatorOfTheSettings() {
    ResponseUrls slack = new ResponseUrls(room.api.sdk(), SlackSettings.SLACK);
    ResponseUrls emulator = new ResponseUrls(room.api.sdk(), room.slack.url());

    assertThat(slack.allows("https://hooks.slack.com/commands/T0/1/x")).isTrue();
    assertThat(slack.allows(room.slack.responses.fresh())).isFalse();
    assertThat(emulator.allows(room.slack.responses.fresh())).isTrue();
  }

  @Test
  void theWidestAnswerFitsSlacksLimits() {
    room.cases.clear();
    String wide = "\u0416".repeat(4000) + "<!channel>";
    for (int i = 0; i < 7; i++) {
      var one =
          aCase()
              .id(new CaseId("PN-5T1N-000" + i))
              .from("marta@supplier.example", wide, wide)
              .subject(wide)
              .build();
      room.cases.put(CaseMentions.heldAt(one, HELD.plusSeconds(i)));
    }
    room.zone =
        (name, type, by) ->
            switch (type) {
              case TXT ->
                  Answer.of(List.of("v=spf1 " + "include:x.example ".repeat(200)), 60, false);
              default -> ZONE.query(name, type, by);
            };

    assertThat(Optional.of(kim("supplier.example"))).get().asString().hasSizeLessThan(40_000);
    kim("marta@supplier.example");
    kim("mine");
  }

  @Test
  void whoMayFreezesReleasingByRuleAndEndsIt() {
    String frozen = kim("freeze a partner was <!channel> taken over");

    assertThat(frozen).contains("Frozen", "Releasing by rule is frozen by ", "taken over");
    assertThat(room.brake.standing().orElseThrow().why())
        .isEqualTo("a partner was <!channel> taken over");
    assertThat(kim("FREEZE again")).contains("Frozen already").doesNotContain("again");
    assertThat(kim("unfreeze")).contains("No longer frozen");
    assertThat(kim("unfreeze")).contains("Not frozen");
    assertThat(room.brake.standing()).isEmpty();
  }

  @Test
  void whoMayNotFreezesNothing() {
    assertThat(typed(SlackRoom.NOOR, "freeze now").toString()).contains("You may not do that");
    assertThat(typed(SlackRoom.STRANGER, "freeze now").toString()).contains("does not know you");
    assertThat(room.brake.standing()).isEmpty();
  }
}
