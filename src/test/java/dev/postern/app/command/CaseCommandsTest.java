package dev.postern.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaseCommandsTest {
  private static final String ID = "PN-7F3K-2QXD";
  private static final String CASE =
      """
      {"id":"PN-7F3K-2QXD","state":"ASKING","receivedAt":"2026-11-25T09:00:00Z",
       "envelope":{"mailFrom":"a@b.example","recipients":["kim@firm.example","lee@firm.example"]},
       "message":{"from":"a@b.example","fromName":"A","subject":"\\u001b[2Jpay\\nspf pass",
                  "attachments":[{"name":"in.pdf","type":"application/pdf","size":9}]},
       "evidence":{"spf":{"result":"fail","domain":"b.example"},
                   "dkim":[{"result":"pass","domain":"b.example"}],"arc":{"result":"none"},
                   "dmarc":{"result":"fail","fromDomain":"b.example"}},
       "ruling":{"action":"ask","rule":"not proved","reason":"Nothing proves it."},
       "stage":{"name":"Mail admins","quorum":2,"closesAt":"2026-11-25T13:00:00Z",
                "votes":[{"name":"Alex","choice":"release","reason":"known"}]},
       "outcome":[],"trouble":"","ballot":{"token":"pn1.t","choices":["release","discard"]}}
      """;

  @TempDir private Path folder;
  private ATerminal terminal = new ATerminal(Path.of(""));
  private AnApi api;

  CaseCommandsTest() throws IOException {
    api = new AnApi();
  }

  @BeforeEach
  void openTerminal() {
    terminal = new ATerminal(folder);
    terminal.environment.put("POSTERN_TOKEN", "the-token");
    api.answer("GET /v1/cases/" + ID, 200, CASE);
  }

  @AfterEach
  void closeApi() {
    api.close();
  }

  @Test
  void casesAreListed() {
    api.answer(
        "GET /v1/cases?state=asking%2Cfailed&q=b+c&limit=50",
        200, "{\"cases\":[" + CASE + "],\"next\":\"PN-7F3K-2QXD\"}");

    assertThat(run("ls", "--state", "asking,failed", "--query", "b c")).isZero();
    assertThat(terminal.out().lines())
        .hasSize(3)
        .anyMatch(line -> line.startsWith("PN-7F3K-2QXD  asking    a@b[.]example"))
        .anyMatch(line -> line.equals("more: --after PN-7F3K-2QXD"));
  }

  @Test
  void noCasesAreToldToo() {
    api.answer("GET /v1/cases?limit=50", 200, "{\"cases\":[],\"next\":null}");

    assertThat(run("ls")).isZero();
    assertThat(terminal.out()).isEqualTo("no cases\n");
  }

  @Test
  void aCaseIsShownWithWhatHelpsToDecide() {
    assertThat(run("show", "7f3k2qxd")).isZero();
    assertThat(terminal.out())
        .contains("to         kim@firm[.]example, lee@firm[.]example")
        .contains("files      in.pdf")
        .contains("dmarc      fail b[.]example")
        .contains("rule       not proved: Nothing proves it.")
        .contains("asked      Mail admins: 1 of 2 votes, until 2026-11-25T13:00:00Z")
        .contains("vote       Alex release known")
        .contains("you may vote: postern case release PN-7F3K-2QXD");
  }

  @Test
  void aMessageIsTakenOutOfASet() {
    String path = "POST /v1/cases/" + ID + "/apart";
    api.answer(path, 200, "{\"result\":\"noted\",\"case\":\"PN-7F3K-2QXD\"}");

    assertThat(run("take-out", "7f3k2qxd")).isZero();
    assertThat(terminal.out()).isEqualTo("PN-7F3K-2QXD is asked about on its own.\n");

    api.answer(path, 409, "{\"detail\":\"This message is not decided together with others.\"}");
    assertThat(run("take-out", ID, "--json")).isEqualTo(1);
    assertThat(terminal.err()).contains("not decided together");
    assertThat(run("take-out", "../x")).isEqualTo(2);
  }

  @Test
  void P13_aSubjectCannotSteerTheTerminalOrAddLines() {
    run("show", ID);

    assertThat(terminal.out()).doesNotContain("\u001b");
    assertThat(terminal.out().lines().filter(line -> line.startsWith("spf"))).hasSize(1);
  }

  @Test
  void aCaseIsShownForAProgramAsItCame() throws JsonProcessingException {
    assertThat(run("show", ID, "--json")).isZero();
    assertThat(Json.read(terminal.out())).isEqualTo(Json.read(CASE));
  }

  @Test
  void aReleaseSendsTheBallotsToken() throws JsonProcessingException {
    api.answer(
        "POST /v1/cases/" + ID + "/votes",
        200,
        "{\"result\":\"decided\",\"case\":\"PN-7F3K-2QXD\",\"choice\":\"release\"}");

    assertThat(run("release", ID, "--to", "kim@firm.example", "--reason", "known")).isZero();
    assertThat(terminal.out())
        .isEqualTo("PN-7F3K-2QXD is decided: release; the mail system is being told\n");
    String sent = api.asked.getLast().replaceFirst("POST \\S+ ", "");
    assertThat(Json.read(sent))
        .isEqualTo(
            Json.read(
                """
                {"choice":"release","token":"pn1.t","recipients":["kim@firm.example"],
                 "reason":"known"}
                """));
  }

  /** Whoever types one id must know that it stands for several messages. */
  @Test
  void P11_aVoteOnASetSaysHowManyMessagesItIsAbout() {
    String together =
        CASE.replace(
            "\"outcome\"",
            "\"together\":{\"leader\":\"PN-7F3K-2QXD\",\"members\":[{\"id\":\"PN-7F3K-2QXD\"},"
                + "{\"id\":\"PN-AAAA-BBBB\"}]},\"outcome\"");
    api.answer("GET /v1/cases/" + ID, 200, together);
    api.answer(
        "POST /v1/cases/" + ID + "/votes",
        200,
        "{\"result\":\"decided\",\"case\":\"PN-7F3K-2QXD\",\"choice\":\"release\"}");

    assertThat(run("show", ID)).isZero();
    assertThat(terminal.out())
        .contains("together   2 messages of one kind: PN-7F3K-2QXD, PN-AAAA-BBBB");
    assertThat(run("release", ID)).isEqualTo(Exit.NO);
    assertThat(terminal.err())
        .isEqualTo(
            "PN-7F3K-2QXD stands for 2 messages of one kind: add --messages 2 to decide about all"
                + " of them, which \"postern case show PN-7F3K-2QXD\" lists\n");
    assertThat(run("release", ID, "--messages", "2")).isZero();
  }

  @Test
  void aMemberOfASetNamesTheCaseThatIsAskedAbout() {
    api.answer(
        "GET /v1/cases/" + ID,
        200,
        "{\"id\":\"PN-7F3K-2QXD\",\"state\":\"ASKING\",\"together\":{\"leader\":\"PN-AAAA-BBBB\"}}");

    assertThat(run("release", ID)).isEqualTo(Exit.NO);
    assertThat(terminal.err())
        .isEqualTo(
            "there is nothing for you to decide on PN-7F3K-2QXD: it is decided together with"
                + " PN-AAAA-BBBB\n");
  }

  @Test
  void aDiscardThatNeedsMoreVotesSaysSo() throws JsonProcessingException {
    api.answer(
        "POST /v1/cases/" + ID + "/votes",
        200,
        "{\"result\":\"counted\",\"case\":\"PN-7F3K-2QXD\",\"missing\":1}");

    assertThat(run("discard", ID)).isZero();
    assertThat(terminal.out()).isEqualTo("your vote on PN-7F3K-2QXD counts; 1 more must agree\n");
    assertThat(
            Json.read(api.asked.getLast().replaceFirst("POST \\S+ ", "")).path("choice").asText())
        .isEqualTo("discard");
  }

  @Test
  void whereThereIsNoBallotNothingIsSent() {
    api.answer("GET /v1/cases/" + ID, 200, "{\"id\":\"PN-7F3K-2QXD\",\"state\":\"DONE\"}");

    assertThat(run("release", ID)).isEqualTo(Exit.NO);
    assertThat(terminal.err())
        .isEqualTo("there is nothing for you to decide on PN-7F3K-2QXD: it is DONE\n");
    assertThat(api.asked).hasSize(1);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          409 | {"detail":"You voted already.","refusal":"voted-already"} | 1 | You voted already.
          404 | {"detail":"There is no such case."}                      | 1 | There is no such case.
          422 | {"detail":"Too long.","field":"reason"}                  | 2 | reason: Too long.
          429 | {"detail":"Try later."}                                  | 3 | Try later.
          500 | {"detail":"It broke.\\u001b[31m"}                        | 3 | It broke. [31m
          200 | <html>                                                   | 3 | is no Postern: it said 200
          302 | ``                                                       | 3 | is no Postern: it said 302
          200 | []                                                       | 3 | is no Postern: it said 200
          """)
  void aRefusalIsOneClearSentence(int status, String body, int exit, String sentence) {
    api.answer("GET /v1/cases/" + ID, status, body);

    assertThat(run("show", ID)).isEqualTo(exit);
    assertThat(terminal.err()).contains(sentence).hasLineCount(1);
    assertThat(terminal.out()).isEmpty();
  }

  @Test
  void aTokenThatNobodyKnowsIsSaidToBeSo() {
    terminal.environment.put("POSTERN_TOKEN", "another-token");

    assertThat(run("show", ID)).isEqualTo(Exit.NO);
    assertThat(terminal.err())
        .contains("does not know this access token")
        .doesNotContain("another-token");
  }

  @Test
  void theTokenComesFromTheFileTheVariableOrTheDataFolder() throws IOException {
    terminal.file("kim.token", "the-token\n");
    terminal.environment.put("POSTERN_TOKEN", "wrong");
    assertThat(run("show", ID, "--token-file", "kim.token")).isZero();

    terminal.environment.remove("POSTERN_TOKEN");
    Files.createDirectory(folder.resolve("data"));
    terminal.file("data/operator.token", "the-token");
    assertThat(run("show", ID)).isZero();

    terminal.file("data/operator.token", "\u0000\n");
    assertThat(run("show", ID)).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains("operator.token holds no access token");
  }

  @Test
  void theAddressComesFromTheSettings() {
    terminal.environment.put("POSTERN_HTTP_PORT", String.valueOf(api.port()));

    assertThat(terminal.run("case", "show", ID)).isZero();
  }

  @Test
  void withoutATokenNothingIsAsked() {
    terminal.environment.remove("POSTERN_TOKEN");

    assertThat(run("show", ID)).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).startsWith("there is no access token: set --token-file or");
    assertThat(api.asked).isEmpty();
  }

  @Test
  void whereNothingListensIsSaidHowToStart() {
    api.close();

    assertThat(run("ls")).isEqualTo(Exit.UNAVAILABLE);
    assertThat(terminal.err())
        .startsWith("no Postern answers at " + api.url() + "/: start it with");
  }

  @ParameterizedTest
  @CsvSource({"ftp://x", "postern", "http:///x"})
  void anAddressThatIsNoneIsWrongUsage(String url) {
    assertThat(terminal.run("case", "ls", "--url", url)).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains("is no address such as");
  }

  @Test
  void anIdThatIsNoneIsWrongUsage() {
    assertThat(run("release", "../../x")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains("is no case id such as PN-7F3K-2QXD");
    assertThat(api.asked).isEmpty();
  }

  @Test
  void releasingByRuleIsFrozenAndFreed() {
    String frozen =
        "{\"frozen\":true,\"by\":\"kim\",\"name\":\"Kim \\u001b[2J\","
            + "\"since\":\"2026-11-25T09:00:00Z\",\"reason\":\"taken over\"}";
    api.answer("PUT /v1/freeze", 200, frozen).answer("GET /v1/freeze", 200, frozen);
    api.answer("DELETE /v1/freeze", 200, "{\"frozen\":false}");

    assertThat(terminal.run("freeze", "--url", api.url(), "--reason", "taken over")).isZero();
    assertThat(terminal.out())
        .contains("frozen by Kim ", "since 2026-11-25T09:00:00Z: taken over")
        .doesNotContain("\u001b");
    assertThat(terminal.run("freeze", "--url", api.url(), "--look")).isZero();
    assertThat(terminal.run("unfreeze", "--url", api.url())).isZero();

    assertThat(terminal.out()).isEqualTo("rules release as the policy says\n");
    assertThat(api.asked.getFirst())
        .startsWith("PUT /v1/freeze {")
        .contains("\"reason\" : \"taken over\"");
    assertThat(api.asked).endsWith("GET /v1/freeze", "DELETE /v1/freeze");
  }

  @Test
  void whoMayNotFreezeIsToldSo() {
    api.answer(
        "PUT /v1/freeze", 403, "{\"status\":403,\"detail\":\"The policy does not let you.\"}");

    assertThat(terminal.run("freeze", "--url", api.url())).isEqualTo(Exit.NO);
    assertThat(terminal.err()).contains("The policy does not let you.");
  }

  private int run(String command, String... arguments) {
    String[] all = new String[arguments.length + 4];
    all[0] = "case";
    all[1] = command;
    all[2] = "--url";
    all[3] = api.url() + "/";
    System.arraycopy(arguments, 0, all, 4, arguments.length);
    return terminal.run(all);
  }
}
