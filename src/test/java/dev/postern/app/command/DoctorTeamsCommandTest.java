package dev.postern.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.teams.StrictTeams;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DoctorTeamsCommandTest extends ChatDoctorContract {
  private final StrictTeams teams = new StrictTeams();

  @Override
  String name() {
    return "teams";
  }

  @Override
  Map<String, String> settings() {
    Map<String, String> all = new HashMap<>(teams.settings());
    all.put("people.operator.teams", StrictTeams.KIM);
    return all;
  }

  @Override
  int messages() {
    return teams.messages();
  }

  @Override
  String secret() {
    return StrictTeams.SECRET;
  }

  @Override
  String signedIn() {
    return "Entra lets app";
  }

  @Override
  String channel() {
    return StrictTeams.CHANNEL;
  }

  @Override
  Wrong wrong() {
    return new Wrong("teams.app-secret", "another~secret", "Entra gives no token (AADSTS7000215)");
  }

  @Override
  Wrong unreachable() {
    return new Wrong("teams.login-url", "http://127.0.0.1:1/", "Entra does not answer");
  }

  @Override
  String off() {
    return "Teams is off: set teams.app-id";
  }

  @Override
  void closePlatform() {
    teams.close();
  }

  @Test
  void thePeopleOfTheSettingsAreLookedAt() {
    assertThat(terminal.run("doctor", "teams")).isZero();

    assertThat(terminal.out()).contains("are full members where cards stand: 1");
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
}
