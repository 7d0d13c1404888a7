package dev.postern.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyTestCommandTest {
  private static final Path SAMPLES = Path.of("src/main/resources/samples");
  private static final String POLICY =
      """
      chains: {admins: {name: Mail admins, approvers: [kim], window: 4h}}
      rules:
        - {name: first, when: sender.domain.seen == 0, do: ask, chain: admins, shadow: true}
        - {name: proved, when: dmarc.result == 'pass', do: release}
      """;
  private static final String CASES =
      """
      policy: policy.yaml
      cases:
        - name: proved mail passes
          evidence: {}
          expect: {do: release, rule: proved, shadows: [first]}
      """;

  @TempDir private Path folder;
  private ATerminal terminal = new ATerminal(Path.of(""));

  @BeforeEach
  void openTerminal() {
    terminal = new ATerminal(folder).file("policy.yaml", POLICY);
  }

  @Test
  void allAsExpectedIsOneLineAFileAndZero() {
    terminal.file("a.policy-test.yaml", CASES);

    assertThat(terminal.run("policy", "test")).isZero();
    assertThat(terminal.out())
        .matches(
            """
            ok    a.policy-test.yaml: 1 of 1 as expected \\(policy.yaml, version [0-9a-f]{12}\\)
            1 case as expected
            """);
  }

  @Test
  void aCaseThatFailsShowsWhatWasExpectedWhatCameAndWhy() {
    terminal.file(
        "a.policy-test.yaml",
        CASES
            + """
              - name: spoof
                evidence: {dmarc.result: fail}
                expect: {do: discard, rule: provd}
            """);

    assertThat(terminal.run("policy", "test", "a.policy-test.yaml")).isEqualTo(Exit.NO);
    assertThat(terminal.out())
        .startsWith(
            """
            FAIL  a.policy-test.yaml:6: spoof
                  expected  discard by rule provd (the policy has no such rule; did you mean proved?)
                  came      ask by rule otherwise, chain admins, in shadow [first]
                  because   first  in shadow: would ask
                            proved  not: dmarc.result == "pass"
                            otherwise  decided: no rule matched
            FAIL  a.policy-test.yaml: 1 of 2 as expected \
            """)
        .endsWith("1 of 2 cases not as expected\n");
  }

  @Test
  void rulesThatNoCaseReachesAreNamed() {
    terminal.file(
        "a.policy-test.yaml",
        """
        policy: policy.yaml
        cases: [{name: a, evidence: {sender.domain.seen: 1, dmarc.result: none}, expect: ask}]
        """);

    assertThat(terminal.run("policy", "test")).isZero();
    assertThat(terminal.out()).contains("      no case is decided by: first, proved\n");
  }

  @Test
  void foldersAreSearchedAndAnotherPolicyCanBeAsked() throws IOException {
    Files.createDirectories(folder.resolve("deep/er"));
    terminal
        .file("deep/er/b.policy-test.yaml", CASES.replace("policy.yaml", "../../policy.yaml"))
        .file("new.yaml", POLICY.replace("do: release", "do: ask, chain: admins"));

    assertThat(terminal.run("policy", "test", "deep")).isZero();
    assertThat(terminal.out()).contains("deep/er/b.policy-test.yaml").contains("(policy.yaml,");
    assertThat(terminal.run("policy", "test", "deep", "--policy", "new.yaml")).isEqualTo(Exit.NO);
    assertThat(terminal.out()).contains("(new.yaml,");
  }

  @Test
  void aMessageIsExaminedWithTheAnswersOfItsZoneAndTheBuiltInPolicy() throws IOException {
    for (String name : new String[] {"02-bank-spoof.eml", "01-order-confirmation.eml"}) {
      Files.copy(SAMPLES.resolve(name), folder.resolve(name));
    }
    Files.copy(SAMPLES.resolve("zone.json"), folder.resolve("zone.json"));
    JsonNode sample = Json.read(Files.readString(SAMPLES.resolve("index.json"))).get(0);
    String smtp =
        "    ip: %s\n    helo: %s\n    from: %s\n    recipients: [lee@here.example]\n"
            .formatted(
                sample.path("clientIp").asText(),
                sample.path("helo").asText(),
                sample.path("mailFrom").asText());
    terminal.file(
        "a.policy-test.yaml",
        "cases:\n  - name: order\n    message: 01-order-confirmation.eml\n    zone: zone.json\n"
            + smtp
            + "    at: 2026-11-25T09:00:00Z\n    expect: {do: release, rule: proved}\n"
            + "  - name: without DNS\n    message: 01-order-confirmation.eml\n"
            + smtp
            + "    expect: {do: ask, rule: no policy published}\n");

    assertThat(terminal.run("policy", "test")).as(terminal.out() + terminal.err()).isZero();
    assertThat(terminal.out()).contains("2 of 2 as expected (the built-in policy, ");
  }

  @Test
  void programsReadJson() throws JsonProcessingException {
    terminal.file("a.policy-test.yaml", CASES.replace("do: release", "do: ask"));

    assertThat(terminal.run("policy", "test", "--json")).isEqualTo(Exit.NO);
    JsonNode report = Json.read(terminal.out());
    assertThat(report.path("failed").asInt()).isEqualTo(1);
    JsonNode it = report.path("files").get(0).path("cases").get(0);
    assertThat(it.path("ok").asBoolean()).isFalse();
    assertThat(it.path("expected").path("do").asText()).isEqualTo("ask");
    assertThat(it.path("came").path("do").asText()).isEqualTo("release");
    assertThat(it.path("came").path("trace")).hasSize(2);
  }

  @Test
  void filesThatCannotBeUsedAreWrongUsage() throws JsonProcessingException {
    terminal.file("a.policy-test.yaml", CASES.replace("name:", "nmae:"));

    assertThat(terminal.run("policy", "test")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err())
        .startsWith("a.policy-test.yaml:3:5: ")
        .contains("did you mean name?");
    assertThat(terminal.run("policy", "test", "--json")).isEqualTo(Exit.USAGE);
    assertThat(Json.read(terminal.out()).path("problems").get(0).path("nearest").asText())
        .isEqualTo("name");

    terminal.file("a.policy-test.yaml", CASES).file("policy.yaml", POLICY.replace("do:", "od:"));
    assertThat(terminal.run("policy", "test")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).startsWith("policy.yaml:3:");
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertThat(terminal.run("policy", "test")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err())
        .isEqualTo("there is no *.policy-test.yaml in the folder . or below it\n");
    assertThat(terminal.run("policy", "test", "b.yaml")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).isEqualTo("there is no file of tests b.yaml\n");

    terminal.file(
        "a.policy-test.yaml",
        """
        cases:
          - {name: a, message: a.eml, ip: 192.0.2.1, helo: a, from: <>, recipients: [a@b.example], expect: ask}
        """);
    assertThat(terminal.run("policy", "test")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains("there is no readable message").contains("a.eml");
  }
}
