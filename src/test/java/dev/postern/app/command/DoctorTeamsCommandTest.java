package dev.postern.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.teams.StrictTeams;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTeamsCommandTest {
  @TempDir private Path folder;

  private StrictTeams teams;
  private ATerminal terminal;

  @BeforeEach
  void open() {
    teams = new StrictTeams();
    terminal = new ATerminal(folder);
    configure(Map.of());
  }

  @AfterEach
  void close() {
    teams.close();
  }

  private void configure(Map<String, String> others) {
    Map<String, String> all = new TreeMap<>(teams.settings());
    all.put("people.operator.teams", StrictTeams.KIM);
    all.putAll(others);
    terminal.file(
        "postern.conf",
        all.entrySet().stream()
            .map(entry -> entry.getKey() + " = \"" + entry.getValue() + "\"\n")
            .collect(Collectors.joining()));
  }

  @Test
  void whereNothingIsWrongItExitsWithZeroAndPostsNothing() {
    assertThat(terminal.run("doctor", "teams")).as(terminal.out() + terminal.err()).isZero();

    assertThat(terminal.out())
        .contains("well     Entra lets app", "are full members where cards stand: 1")
        .contains("advice   http.public-url is not set")
        .contains("         Mend: ")
        .doesNotContain(StrictTeams.SECRET);
    assertThat(teams.messages()).isZero();
  }

  @Test
  void theTestCardIsPostedWhenItIsAskedFor() {
    assertThat(terminal.run("doctor", "teams", "--card")).isZero();

    assertThat(terminal.out()).contains("A test card stands in channel " + StrictTeams.CHANNEL);
    assertThat(teams.messages()).isEqualTo(1);
  }

  @Test
  void somethingWrongIsOne() {
    configure(Map.of("teams.app-secret", "another~secret"));

    assertThat(terminal.run("doctor", "teams")).isEqualTo(Exit.NO);
    assertThat(terminal.out())
        .contains("wrong    Entra gives no token (AADSTS7000215)")
        .doesNotContain("another~secret");
    assertThat(terminal.err()).isEmpty();
  }

  @Test
  void anEntraThatCannotBeReachedIsThree() {
    configure(Map.of("teams.login-url", "http://127.0.0.1:1/"));

    assertThat(terminal.run("doctor", "teams")).isEqualTo(Exit.UNAVAILABLE);
    assertThat(terminal.out()).contains("unknown  Entra does not answer");
  }

  @Test
  void withoutTeamsThereIsNothingToLookAt() {
    terminal.file("postern.conf", "");

    assertThat(terminal.run("doctor", "teams")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains("Teams is off: set teams.app-id");
  }

  @Test
  void theChannelsOfThePolicyAreLookedAt() {
    terminal.file(
        "policy.yaml",
        """
        chains:
          mail:
            stages:
              - {name: Mail, approvers: [operator], window: 1h, notify: ["teams:19:gone@thread.tacv2"]}
        rules: []
        """);
    configure(Map.of("policy.file", "policy.yaml"));

    assertThat(terminal.run("doctor", "teams")).as(terminal.err()).isEqualTo(Exit.NO);
    assertThat(terminal.out()).contains("wrong    Channel 19:gone@thread.tacv2: Teams answers 404");
  }

  @Test
  void whereAnEmulatorNeedsNoTokenTheWayInIsNotTried() {
    configure(Map.of("teams.emulator-issuers", "unsigned"));

    assertThat(terminal.run("doctor", "teams")).as(terminal.err()).isZero();
    assertThat(terminal.out())
        .contains("advice   teams.emulator-issuers is set")
        .doesNotContain("http.public-url");
  }

  @Test
  void machinesReadJson() throws Exception {
    assertThat(terminal.run("doctor", "teams", "--json")).isZero();

    JsonNode answer = Json.read(terminal.out());
    assertThat(answer.path("ok").asBoolean()).isTrue();
    assertThat(answer.at("/findings/0/grade").asText()).isEqualTo("well");
    assertThat(answer.at("/findings/0/what").asText()).contains("Entra lets app");
    assertThat(terminal.out()).matches("\\A\\p{ASCII}*\\z");
  }
}
