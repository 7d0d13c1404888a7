package dev.postern.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.policy.Policy;
import dev.postern.slack.Watched;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a policy asks for that the settings must have, and what is watched for it. */
class PolicyNeedsTest {
  @TempDir private Path folder;

  /** Who is in the group shows only when Postern runs. */
  @Test
  void aChainThatAsksAUserGroupNeedsSlackAndNobodyElse() throws Exception {
    AHome home =
        new AHome(folder)
            .file(
                "p.yaml",
                """
                chains:
                  a: {name: A, approvers: ["slack-group:S0MAILOPS"], quorum: 2, window: 1h}
                rules: []
                """,
                "rw-------");
    Settings without = home.conf("policy.file = p.yaml").forTry();
    assertThatThrownBy(() -> PolicyInForce.carried(without))
        .hasMessageContaining("the policy asks slack-group:S0MAILOPS, and Slack is off");

    Settings with =
        home.conf(
                "policy.file = p.yaml, slack { bot-token = xoxb-1, app-token = xapp-1,"
                    + " channels.default = C0MAILOPS1 }")
            .forTry();
    Policy policy = PolicyInForce.carried(with);
    assertThat(SlackInForce.watched(with.slack().orElseThrow(), policy).groups())
        .containsExactly("S0MAILOPS");
    assertThat(SlackInForce.watched(with.slack().orElseThrow(), policy).channels())
        .containsExactly("C0MAILOPS1");
  }

  @Test
  void aChainThatAsksAGroupOfTeamsOrEntraNeedsWhatReadsIt() throws Exception {
    String team = "teams-group:19:ops@thread.tacv2";
    String entra = "entra-group:02BD9FD6-8f93-4758-87c3-1fb73740a315";
    AHome home =
        new AHome(folder)
            .file(
                "p.yaml",
                """
                may-freeze: ["%s"]
                chains:
                  a: {name: A, approvers: ["%s"], quorum: all, window: 1h}
                rules: []
                """
                    .formatted(team, entra),
                "rw-------");
    Settings without = home.conf("policy.file = p.yaml").forTry();
    assertThatThrownBy(() -> PolicyInForce.carried(without))
        .hasMessageContaining("the policy asks " + team + ", and Teams is off: set teams.app-id")
        .hasMessageContaining(
            "the policy asks " + entra + ", and Microsoft Graph is off: set teams.graph = on");

    String teams =
        """
        policy.file = p.yaml
        teams.app-id = 00000000-0000-4000-8000-000000000002
        teams.app-secret = s3cr3t~value
        teams.tenant-id = 00000000-0000-4000-8000-000000000003
        teams.channels.default = "19:mail@thread.tacv2"
        """;
    Settings noGraph = home.conf(teams).forTry();
    assertThatThrownBy(() -> PolicyInForce.carried(noGraph))
        .hasMessageContaining("set teams.graph = on")
        .hasMessageNotContaining("Teams is off");

    Settings with = home.conf(teams + "teams.graph = on").forTry();
    var watched =
        TeamsInForce.watched(
            with.teams().orElseThrow(), PolicyInForce.carried(with), with.people());
    assertThat(watched.groups())
        .containsExactly("19:ops@thread.tacv2", "02bd9fd6-8f93-4758-87c3-1fb73740a315");
    assertThat(watched.channels()).containsExactly("19:mail@thread.tacv2");
  }

  @Test
  void aChainThatAsksInOwnChatsNeedsOneOfTheChats_andNoChannelOfThem() throws Exception {
    AHome home =
        new AHome(folder)
            .file(
                "p.yaml",
                """
                chains:
                  a: {name: Duty, approvers: [operator], window: 1h, channels: [own-chats]}
                rules: []
                """,
                "rw-------");
    Settings without = home.conf("policy.file = p.yaml").forTry();
    assertThatThrownBy(() -> PolicyInForce.carried(without))
        .hasMessageContaining("Duty asks in own-chats, and Slack and Teams are off");

    Settings with =
        home.conf(
                "policy.file = p.yaml, slack { bot-token = xoxb-1, app-token = xapp-1,"
                    + " channels.default = C0MAILOPS1 }")
            .forTry();
    assertThat(
            SlackInForce.watched(with.slack().orElseThrow(), PolicyInForce.carried(with))
                .channels())
        .containsExactly("C0MAILOPS1");
  }

  @Test
  void theGroupsThatMayFreezeAndTheChannelOfTheDigestAreWatchedToo() throws Exception {
    AHome home =
        new AHome(folder)
            .file(
                "p.yaml",
                """
                may-freeze: ["slack-group:S0BRAKES"]
                chains:
                  a: {name: A, approvers: ["slack-group:S0MAILOPS"], window: 1h}
                rules: []
                """,
                "rw-------");
    Settings without = home.conf("policy.file = p.yaml").forTry();
    assertThatThrownBy(() -> PolicyInForce.carried(without))
        .hasMessageContaining("the policy asks slack-group:S0BRAKES, and Slack is off");

    Settings with =
        home.conf(
                "policy.file = p.yaml, slack { bot-token = xoxb-1, app-token = xapp-1,"
                    + " channels.default = C0MAILOPS1, digest = \"C0DIGEST01 08:00 Europe/Berlin\" }")
            .forTry();
    Watched watched = SlackInForce.watched(with.slack().orElseThrow(), PolicyInForce.carried(with));
    assertThat(watched.groups()).containsExactlyInAnyOrder("S0BRAKES", "S0MAILOPS");
    assertThat(watched.channels()).containsExactlyInAnyOrder("C0MAILOPS1", "C0DIGEST01");
  }
}
