package dev.postern.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrantCommandsTest {
  private static final String ID = "PG-7F3K-2QXD";
  private static final String GRANT =
      """
      {"id":"PG-7F3K-2QXD","state":"requested","case":"PN-4W8T-1RMB","kind":"allow",
       "from":"brightwater.example","to":"lee@here.example","until":"2026-11-27T18:31:00Z","most":100,
       "used":3,"evenUnproved":false,"owner":"kim","ownerName":"Kim","reason":"a \\u001b[2Jtender",
       "endedBy":null,"result":"asked"}
      """;

  @TempDir private Path folder;
  private ATerminal terminal = new ATerminal(Path.of(""));
  private final AnApi api;

  GrantCommandsTest() throws IOException {
    api = new AnApi();
  }

  @BeforeEach
  void openTerminal() {
    terminal = new ATerminal(folder);
    terminal.environment.put("POSTERN_TOKEN", "the-token");
  }

  @AfterEach
  void closeApi() {
    api.close();
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("grant"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--url", api.url()));
    return terminal.run(all.toArray(String[]::new));
  }

  @Test
  void aGrantIsAskedFor() {
    api.answer("POST /v1/grants", 200, GRANT);

    assertThat(
            run(
                "allow",
                "brightwater.example",
                "--for",
                "lee@here.example",
                "--until",
                "2026-11-27T18:31:00Z",
                "--most",
                "7",
                "--even-unproved",
                "--reason",
                "a tender"))
        .isZero();
    assertThat(terminal.out()).isEqualTo("PG-7F3K-2QXD is requested: case PN-4W8T-1RMB\n");
    assertThat(api.asked.getFirst().replace(" : ", ":"))
        .contains(
            "\"kind\":\"allow\"",
            "\"from\":\"brightwater.example\"",
            "\"to\":\"lee@here.example\"",
            "\"until\":\"2026-11-27T18:31:00Z\"",
            "\"most\":7",
            "\"evenUnproved\":true",
            "\"reason\":\"a tender\"");
  }

  @Test
  void aGrantForAKindNamesACase() {
    api.answer("POST /v1/grants", 200, GRANT);

    assertThat(run("allow", "--kind-of", "PN-4W8T-1RMB", "--reason", "ours")).isZero();
    assertThat(api.asked.getFirst().replace(" : ", ":"))
        .contains("\"kindOf\":\"PN-4W8T-1RMB\"")
        .doesNotContain("\"from\"");
    assertThat(run("allow", "--reason", "x")).as("neither").isEqualTo(2);
    assertThat(run("allow", "a.example", "--kind-of", "PN-4W8T-1RMB", "--reason", "x"))
        .as("both")
        .isEqualTo(2);
    assertThat(api.asked).hasSize(1);
  }

  @Test
  void P13_theSubjectOfAKindIsShownWithoutControlCharacters() {
    String like = "\"kindOf\":\"PN-4W8T-1RMB\",\"subject\":\"Pay \\u001b[2J now\",";
    api.answer(
        "GET /v1/grants/" + ID, 200, GRANT.replaceFirst("\\{", "{" + like.replace("\\", "\\\\")));

    assertThat(run("show", ID)).isZero();
    assertThat(terminal.out())
        .contains("brightwater[.]example like PN-4W8T-1RMB to")
        .contains("of the same kind as case PN-4W8T-1RMB: subject Pay ")
        .doesNotContain("\u001b");
  }

  @Test
  void aBlockKnowsNoProof() {
    assertThat(run("block", "a.example", "--even-unproved", "--reason", "x")).isEqualTo(2);
    assertThat(run("block", "a.example", "--hours", "4", "--until", "x", "--reason", "x"))
        .isEqualTo(2);
    assertThat(run("block", "a.example")).as("without a reason").isEqualTo(2);
    assertThat(api.asked).isEmpty();
  }

  @Test
  void whatIsWrongOfItIsNamed() {
    api.answer("POST /v1/grants", 422, "{\"detail\":\"Name a mail address.\",\"field\":\"from\"}");

    assertThat(run("block", "nothing", "--hours", "4", "--reason", "x")).isEqualTo(2);
    assertThat(terminal.err()).contains("from: Name a mail address.");
  }

  @Test
  void grantsAreListed() {
    api.answer(
        "GET /v1/grants?open=true&limit=50",
        200,
        "{\"grants\":[" + GRANT + "],\"next\":\"" + ID + "\"}");

    assertThat(run("ls")).isZero();
    assertThat(terminal.out())
        .isEqualTo(
            "PG-7F3K-2QXD  requested  allow  brightwater[.]example to lee@here[.]example"
                + "  until 2026-11-27T18:31:00Z  3 of 100  by kim\nmore: --after PG-7F3K-2QXD\n");
  }

  @Test
  void noneAreToldToo() {
    api.answer("GET /v1/grants?limit=50", 200, "{\"grants\":[],\"next\":null}");

    assertThat(run("ls", "--all")).isZero();
    assertThat(terminal.out()).isEqualTo("no grants\n");
  }

  @Test
  void P13_oneIsShownWithoutControlCharacters() {
    api.answer("GET /v1/grants/" + ID, 200, GRANT);

    assertThat(run("show", ID)).isZero();
    assertThat(terminal.out())
        .contains("allow brightwater[.]example to lee@here[.]example until 2026-11-27T18:31:00Z")
        .contains("3 of at most 100 messages, DMARC pass only")
        .doesNotContain("\u001b");
  }

  @Test
  void oneIsEnded() {
    api.answer("POST /v1/grants/" + ID + "/revoke", 200, GRANT.replace("requested", "revoked"));

    assertThat(run("revoke", ID)).isZero();
    assertThat(terminal.out()).contains("PG-7F3K-2QXD is revoked");
    assertThat(run("revoke", "PG-0000-0000")).isEqualTo(1);
  }
}
