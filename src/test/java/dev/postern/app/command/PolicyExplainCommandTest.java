package dev.postern.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyExplainCommandTest {
  private static final String ID = "PN-7F3K-2QXD";
  private static final String CASE =
      """
      {"id":"PN-7F3K-2QXD","ruling":{"action":"ask","rule":"not proved",
       "reason":"Nothing proves\\u001b[2J it.","policyVersion":"0123456789ab",
       "frozen":{"by":"kim","since":"2026-11-25T09:00:00Z","reason":"odd"},
       "shadows":[{"rule":"new","would":"release"}],
       "trace":[{"rule":"new","matched":false,"why":"in shadow: would release"},
                {"rule":"proved","matched":false,"why":"dmarc.result == \\"pass\\""},
                {"rule":"not proved","matched":true,"why":"dmarc.result == \\"fail\\""}]}}
      """;

  @TempDir private Path folder;
  private ATerminal terminal = new ATerminal(Path.of(""));
  private AnApi api;

  PolicyExplainCommandTest() throws IOException {
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
  void ofEachRuleItSaysWhetherItDecidedOrWhatDidNotHold() {
    assertThat(explain("7f3k2qxd")).isZero();
    assertThat(terminal.out())
        .isEqualTo(
            """
            PN-7F3K-2QXD: ask by rule not proved: Nothing proves [2J it.
            policy version 0123456789ab
            releasing by rule was frozen by kim
               new                      in shadow: would release
               proved                   not: dmarc.result == "pass"
            -> not proved               dmarc.result == "fail"
            in shadow: rule new would release
            """);
  }

  @Test
  void aProgramReadsTheRulingWithItsCase() throws JsonProcessingException {
    assertThat(explain(ID, "--json")).isZero();
    JsonNode document = Json.read(terminal.out());

    assertThat(document.path("case").asText()).isEqualTo(ID);
    assertThat(document.path("policyVersion").asText()).isEqualTo("0123456789ab");
    assertThat(document.path("trace")).hasSize(3);
  }

  @Test
  void aCaseThatWasNotRuledYetIsToldSo() {
    api.answer("GET /v1/cases/" + ID, 200, "{\"id\":\"PN-7F3K-2QXD\",\"ruling\":null}");

    assertThat(explain(ID)).isEqualTo(Exit.NO);
    assertThat(terminal.err()).startsWith("PN-7F3K-2QXD was not ruled yet");
  }

  private int explain(String... arguments) {
    String[] all = new String[arguments.length + 4];
    all[0] = "policy";
    all[1] = "explain";
    all[2] = "--url";
    all[3] = api.url() + "/";
    System.arraycopy(arguments, 0, all, 4, arguments.length);
    return terminal.run(all);
  }
}
