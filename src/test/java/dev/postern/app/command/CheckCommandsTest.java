package dev.postern.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandsTest {
  private static final String TOKEN = "a-token-of-at-least-24-characters";
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final String CHAINS = "chains: {a: {name: A, approvers: [kim], window: 1h}}\n";

  @TempDir private Path folder;
  private ATerminal terminal = new ATerminal(Path.of(""));

  @BeforeEach
  void openTerminal() {
    terminal = new ATerminal(folder);
  }

  @Test
  void aPolicyThatIsFineIsToldInOneLine() {
    terminal.file("p.yaml", CHAINS + "rules: [{name: r, when: uncertain, do: release}]\n");

    assertThat(terminal.run("policy", "check", "p.yaml")).isZero();
    assertThat(terminal.out()).matches("p.yaml is fine: 1 rule, chains a, version [0-9a-f]{12}\n");
  }

  @Test
  void rulesThatAreOverAreNamed() throws JsonProcessingException {
    terminal.file(
        "p.yaml",
        CHAINS
            + """
            rules:
              - {name: old, when: uncertain, do: release, until: 2020-01-01}
              - {name: new, when: uncertain, do: release, until: 2999-12-31}
            """);

    assertThat(terminal.run("policy", "check", "p.yaml")).isZero();
    assertThat(terminal.out()).endsWith("\nover by their until, and deciding nothing: old\n");
    assertThat(terminal.run("policy", "check", "p.yaml", "--json")).isZero();
    assertThat(Json.read(terminal.out()).path("ended").toString()).isEqualTo("[\"old\"]");
  }

  @Test
  void everyMistakeOfAPolicyIsShown() {
    terminal.file("p.yaml", CHAINS + "rules: [{name: r, when: dmrac, do: relase}]\n");

    assertThat(terminal.run("policy", "check", "p.yaml")).isEqualTo(Exit.NO);
    assertThat(terminal.err().lines()).hasSize(2).allMatch(line -> line.startsWith("p.yaml:2:"));
    assertThat(terminal.out()).isEmpty();
  }

  @Test
  void aPolicyIsCheckedForAProgram() throws JsonProcessingException {
    terminal.file("good.yaml", CHAINS + "rules: [{name: r, when: uncertain, do: release}]\n");
    terminal.file(
        "bad.yaml", CHAINS + "rules: [{name: r, when: dmrac.result == '', do: release}]\n");

    assertThat(terminal.run("policy", "check", "good.yaml", "--json")).isZero();
    assertThat(Json.read(terminal.out()).path("rules").get(0).asText()).isEqualTo("r");
    assertThat(terminal.run("policy", "check", "bad.yaml", "--json")).isEqualTo(Exit.NO);
    JsonNode problem = Json.read(terminal.out()).path("problems").get(0);
    assertThat(problem.path("line").asInt()).isEqualTo(2);
    assertThat(problem.path("nearest").asText()).isEqualTo("dmarc");
  }

  @Test
  void aPolicyFileThatIsNotThereIsWrongUsage() {
    assertThat(terminal.run("policy", "check", "p.yaml")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).startsWith("there is no readable policy file ");
  }

  @Test
  void theBuiltInPolicyPassesItsOwnCheck() {
    String file = Path.of("src/main/resources/policy/default.yaml").toAbsolutePath().toString();

    assertThat(terminal.run("policy", "check", file)).isZero();
  }

  @Test
  void settingsThatAreFineShowWhatIsOn() {
    terminal.file(
        "postern.conf",
        """
        mail.smtp.next-hop = "127.0.0.1:10025"
        people.kim { groups = [admins], token = %s }
        people.alex.groups = [admins]
        intake.secrets.gateway = %s
        slack { bot-token = xoxb-1, app-token = xapp-1, channels.default = C0MAILOPS1 }
        """
            .formatted(TOKEN, SECRET));

    assertThat(terminal.run("config", "check")).isZero();
    assertThat(terminal.out())
        .startsWith("settings are fine\n")
        .contains("console  http://127.0.0.1:8080\n")
        .contains("smtp     127.0.0.1:2525, delivers to 127.0.0.1:10025\n")
        .contains("dns      resolvers of the system\n")
        .contains("policy   built in, ")
        .contains("people   2, of whom 1 have a token\n")
        .contains("webhook  gateway\n")
        .contains("slack    channel C0MAILOPS1, by Socket Mode\n")
        .contains("store    jdbc:h2:file:");
  }

  @Test
  void P14_theCheckShowsNoSecret() {
    terminal.file(
        "postern.conf",
        """
        mail.smtp.next-hop = "127.0.0.1:10025"
        people.kim { groups = [admins], token = %s }
        intake.secrets.gateway = %s
        store { url = "jdbc:postgresql://h/d?a=b", password = hunter2 }
        """
            .formatted(TOKEN, SECRET));

    assertThat(terminal.run("config", "check", "--json")).isZero();
    assertThat(terminal.out()).doesNotContain(TOKEN, SECRET, "hunter2", "a=b");
  }

  @Test
  void everythingThatIsWrongWithSettingsIsShown() throws JsonProcessingException {
    terminal.file("postern.conf", "http.prot = 1\n");

    assertThat(terminal.run("config", "check")).isEqualTo(Exit.NO);
    assertThat(terminal.err())
        .contains("postern.conf:1: http.prot is no setting; did you mean http.port?")
        .contains("mail.smtp.next-hop is not set")
        .contains("people is empty");
    assertThat(terminal.run("config", "check", "--json")).isEqualTo(Exit.NO);
    assertThat(Json.read(terminal.out()).path("problems").get(0).path("where").asText())
        .isEqualTo("postern.conf:1");
  }
}
