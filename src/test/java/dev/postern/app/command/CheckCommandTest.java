package dev.postern.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckCommandTest {
  private static final String ZONE =
      """
      quiet.example:
        MX: ["0 ."]
        TXT: ["v=spf1 -all"]
      _dmarc.quiet.example: {TXT: ["v=DMARC1; p=reject; rua=mailto:d@quiet.example"]}
      open.example:
        MX: ["10 mx.open.example"]
        TXT: ["v=spf1 +all \\e[31m\\x9b"]
      xn--bcher-kva.example: {A: [192.0.2.1]}
      half.example: {MX: ["0 ."], TXT: ["v=spf1 -all"]}
      _dmarc.half.example: {timeout: true}
      """;

  @TempDir private Path folder;
  private ATerminal terminal = new ATerminal(Path.of(""));

  @BeforeEach
  void openTerminal() {
    terminal = new ATerminal(folder).file("zone.yaml", ZONE);
  }

  @ParameterizedTest(name = "{0} exits with {1}")
  @CsvSource({"quiet.example, 0", "open.example, 1", "half.example, 3", "none.example, 1"})
  void theExitCodeSaysWhatWasFound(String domain, int exit) {
    assertThat(check(domain)).isEqualTo(exit);
    assertThat(terminal.out()).startsWith(domain + ": ");
    assertThat(terminal.err()).isEmpty();
  }

  @Test
  void dnsThatDoesNotAnswerIsToldApartFromWhatIsWanting() {
    assertThat(terminal.run("check", "firm.example")).isEqualTo(Exit.UNAVAILABLE);
    assertThat(terminal.out()).startsWith("firm.example: 7 without answer\n");
  }

  @Test
  void aNameInItsOwnScriptIsUnderstood() {
    check("bücher.example");
    assertThat(terminal.out()).startsWith("xn--bcher-kva.example: ");
  }

  @Test
  void selectorsMayBeNamed() {
    assertThat(check("quiet.example", "--selector", "one", "--selector=two.deep"))
        .isEqualTo(Exit.NO);
    assertThat(terminal.out())
        .contains("no key at one._domainkey.quiet.example", "two.deep._domainkey.quiet.example");
  }

  @Test
  void programsGetFindingsAndRecords() throws JsonProcessingException {
    assertThat(check("open.example", "--json")).isEqualTo(Exit.NO);
    JsonNode posture = Json.read(terminal.out());
    assertThat(posture.path("domain").asText()).isEqualTo("open.example");
    assertThat(posture.path("wanting").asBoolean()).isTrue();
    assertThat(posture.findValuesAsText("topic"))
        .containsExactly("MX", "SPF", "DKIM", "DMARC", "MTA-STS", "TLS-RPT", "BIMI");
    assertThat(posture.path("dmarc").path("walk").findValuesAsText("name"))
        .containsExactly("_dmarc.open.example", "_dmarc.example");
  }

  @Test
  void P13_recordsThatSteerTheTerminalAreShownHarmless() {
    for (String form : List.of("--json", "--config=postern.conf")) {
      terminal.file("postern.conf", "");
      check("open.example", form);
      assertThat(terminal.out()).matches("(?s)[\\x20-\\x7e§├└│─…\n]+");
    }
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          kim@firm.example             | "kim@firm.example" is no domain such as firm.example
          localhost                    | "localhost" is no domain such as firm.example
          a..example                   | "a..example" is no domain such as firm.example
          firm.example --selector=a_b/ | --selector "a_b/" is no selector such as mail1
          firm.example --zone=nowhere  | there is no readable file nowhere
          --json                       | Missing required parameter: 'DOMAIN'
          """)
  void wrongUsageIsNamed(String options, String what) {
    List<String> arguments = new ArrayList<>(List.of("check"));
    arguments.addAll(List.of(options.split(" +")));

    assertThat(terminal.run(arguments.toArray(String[]::new))).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).startsWith(what);
  }

  private int check(String domain, String... more) {
    List<String> arguments = new ArrayList<>(List.of("check", domain, "--zone", "zone.yaml"));
    arguments.addAll(List.of(more));
    return terminal.run(arguments.toArray(String[]::new));
  }
}
