package dev.postern.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.slack.StrictSlack;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DoctorSlackCommandTest extends ChatDoctorContract {
  private final StrictSlack slack = new StrictSlack();

  @Override
  String name() {
    return "slack";
  }

  @Override
  Map<String, String> settings() {
    Map<String, String> all = new HashMap<>(slack.settings());
    all.put("http.port", "1"); // no Postern runs here
    return all;
  }

  @Override
  int messages() {
    return slack.messages();
  }

  @Override
  String secret() {
    return "xoxb-";
  }

  @Override
  String signedIn() {
    return "The bot token is good";
  }

  @Override
  String channel() {
    return StrictSlack.CHANNEL;
  }

  @Override
  Wrong wrong() {
    return new Wrong("slack.bot-token", "xoxb-another", "Slack answers invalid_auth to auth.test");
  }

  @Override
  Wrong unreachable() {
    return new Wrong("slack.api-url", "http://127.0.0.1:1/api/", "Slack does not answer auth.test");
  }

  @Override
  String off() {
    return "Slack is off: set slack.bot-token";
  }

  @Override
  void closePlatform() {
    slack.close();
  }

  @Test
  void aPartMustBeNamed() {
    assertThat(terminal.run("doctor")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains("Which part?");
  }

  @Test
  void theUserGroupsAndChannelsOfThePolicyAreLookedAt() {
    terminal.file(
        "policy.yaml",
        """
        chains:
          mail:
            stages:
              - {name: Mail, approvers: ["slack-group:S0NOSUCH"], window: 1h, notify: ["slack:C0TOLD"]}
        rules: []
        """);
    configure(Map.of("policy.file", "policy.yaml"));

    assertThat(terminal.run("doctor", "slack")).isEqualTo(Exit.NO);
    assertThat(terminal.out()).contains("User group S0NOSUCH", "channel C0TOLD");
  }
}
