package dev.postern.slack;

import static dev.postern.card.Findings.only;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.card.Finding;
import dev.postern.card.Finding.Grade;
import dev.postern.card.pace.Pacing;
import dev.postern.fake.Mishap;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlackDoctorTest {
  private static final URI NOBODY = URI.create("http://127.0.0.1:1");

  private FakeSlack slack;
  private Watched watched = new Watched(Set.of(FakeSlack.CHANNEL), Set.of());
  private Surroundings around = new Surroundings(false, NOBODY);
  private Duration off = Duration.ZERO;
  private Optional<SlackSettings> settings = Optional.empty();

  @BeforeEach
  void open() {
    slack = new FakeSlack();
  }

  @AfterEach
  void close() {
    slack.close();
  }

  private List<Finding> look() {
    try (SlackDoctor doctor = doctor()) {
      return doctor.look();
    }
  }

  private SlackDoctor doctor() {
    return new SlackDoctor(
        settings.orElseGet(slack::settings), watched, around, () -> Instant.now().plus(off));
  }

  private void socketMode() {
    settings =
        Optional.of(
            new SlackSettings(
                FakeSlack.BOT_TOKEN,
                "",
                FakeSlack.APP_TOKEN,
                slack.url(),
                FakeSlack.CHANNEL,
                Pacing.ON));
  }

  @Test
  void whereAllIsWellItSaysSoOfEachThing() {
    socketMode();

    List<Finding> findings = look();

    assertThat(findings).allMatch(f -> f.grade() == Grade.WELL);
    only(findings, Grade.WELL, "The bot token is good: app A0POSTERN1 in workspace T0CORP0001");
    only(findings, Grade.WELL, "clock agrees");
    only(findings, Grade.WELL, "the scopes that are needed, and no others");
    only(findings, Grade.WELL, "Postern is in channel C0MAILOPS1");
    only(findings, Grade.WELL, "The app token opens Socket Mode");
  }

  @ParameterizedTest
  @ValueSource(strings = {"invalid_auth", "token_revoked", "account_inactive"})
  void aTokenThatIsNotTaken(String error) {
    slack.refuse("auth.test", error);

    List<Finding> findings = look();

    assertThat(only(findings, Grade.WRONG, error).mend()).contains("Bot User OAuth Token");
    assertThat(slack.methods()).doesNotContain("conversations.info");
  }

  @Test
  void aSlackThatDoesNotAnswerIsNoDefectOfTheSettings() {
    slack.http.order("auth.test", Mishap.UNAVAILABLE);

    only(look(), Grade.UNKNOWN, "HTTP 503");
  }

  @ParameterizedTest
  @ValueSource(strings = {"chat:write", "commands", "users:read"})
  void aScopeThatIsMissing(String scope) {
    slack.scopes.remove(scope);

    Finding finding = only(look(), Grade.WRONG, "The scope " + scope + " is missing");

    assertThat(finding.why()).contains(Scopes.named(scope).orElseThrow().purpose());
    assertThat(finding.mend()).contains("App Manifest", "Reinstall");
  }

  @Test
  void theScopesOfWhatIsNotUsedAreNotMissed() {
    slack.scopes.removeAll(Set.of("users:read.email", "usergroups:read", "channels:read"));
    slack.scopes.remove("channels:history");

    only(look(), Grade.WELL, "the scopes that are needed");

    around = new Surroundings(true, NOBODY);
    watched = new Watched(Set.of(FakeSlack.CHANNEL), Set.of("S1OPS"));
    only(look(), Grade.WRONG, "users:read.email is missing");
    only(look(), Grade.WRONG, "usergroups:read is missing");
  }

  @Test
  void withoutAHistoryScopeThereIsAdviceOnly() {
    slack.scopes.removeAll(Set.of("channels:history", "groups:history"));

    assertThat(only(look(), Grade.ADVICE, "history is missing").why()).contains("second card");
  }

  @Test
  void aScopeThatIsTooMany() {
    slack.scopes.add("files:read");
    slack.scopes.add("<!channel>");

    List<Finding> findings = look();

    only(findings, Grade.ADVICE, "The scope files:read is not used");
    only(findings, Grade.ADVICE, "The scope of an odd name is not used");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "is_ext_shared         | true  | Slack Connect  | slack.channels.default",
        "is_pending_ext_shared | true  | Slack Connect  | slack.channels.default",
        "is_archived           | true  | archived       | slack.channels.default",
        "is_member             | false | not in         | /invite @Postern"
      })
  void aChannelThatTakesNoCards(String field, boolean value, String what, String mend) {
    watched = new Watched(Set.of(FakeSlack.CHANNEL, "C0TREASURY"), Set.of());
    slack.channels.put("C0TREASURY", Kit.object().put(field, value));

    List<Finding> findings = look();

    assertThat(only(findings, Grade.WRONG, what).mend()).contains(mend);
    assertThat(only(findings, Grade.WRONG, what).what()).contains("C0TREASURY");
    only(findings, Grade.WELL, "Postern is in channel C0MAILOPS1");
  }

  @Test
  void aChannelThatSlackDoesNotKnow() {
    slack.channels.put(FakeSlack.CHANNEL, Kit.object().put("error", "channel_not_found"));

    only(look(), Grade.WRONG, "channel_not_found");
  }

  @Test
  void aUserGroupThatIsReadableEmptyOrNotThere() {
    watched = new Watched(Set.of(FakeSlack.CHANNEL), Set.of("S1OPS", "S2EMPTY", "S3GONE"));
    slack.groups.put("S1OPS", List.of("U1KIM", "U1LEE"));
    slack.groups.put("S2EMPTY", List.of());

    List<Finding> findings = look();

    only(findings, Grade.WELL, "User group S1OPS has 2 members");
    only(findings, Grade.WRONG, "User group S2EMPTY has no members");
    only(findings, Grade.WRONG, "no_such_subteam");
  }

  @Test
  void aClockThatIsWrong() {
    off = Duration.ofSeconds(400);
    assertThat(only(look(), Grade.WRONG, "clock").mend()).contains("NTP");

    off = Duration.ofSeconds(-100);
    only(look(), Grade.ADVICE, "clock");
  }

  @Test
  void anAppTokenThatDoesNotOpenSocketMode() {
    socketMode();
    slack.refuse("apps.connections.open", "invalid_auth");

    Finding finding = only(look(), Grade.WRONG, "Socket Mode does not open");

    assertThat(finding.what()).contains("invalid_auth").doesNotContain("slack.bot-token");
    assertThat(finding.mend()).contains("connections:write");
  }

  @Test
  void aSigningSecretOfAnotherForm() {
    settings =
        Optional.of(
            new SlackSettings(
                FakeSlack.BOT_TOKEN,
                "not-a-signing-secret-but-32-long",
                "",
                slack.url(),
                FakeSlack.CHANNEL,
                Pacing.ON));

    List<Finding> findings = look();

    assertThat(only(findings, Grade.WRONG, "slack.signing-secret").mend())
        .contains("Signing Secret");
    assertThat(findings.toString()).doesNotContain("not-a-signing-secret");
  }

  @Test
  void whetherTheSecretIsTheRightOneOnlyARunningPosternKnows() {
    assertThat(only(look(), Grade.ADVICE, "whether it is this app's").mend()).contains("/postern");

    try (Far postern = new Far("/readyz")) {
      around = new Surroundings(false, postern.url());
      postern.says(200, "store: ok\nslack: ok\n");
      only(look(), Grade.WELL, "slack.signing-secret has the form");

      postern.says(200, "store: ok\nslack: " + Slack.REFUSED + " (3)\n");
      assertThat(only(look(), Grade.WRONG, "signature is not right").mend()).contains("proxy");
    }
  }

  @Test
  void aTestCardStandsThereOnlyWhenItIsAskedFor() {
    look();
    assertThat(slack.messages.all()).isEmpty();

    try (SlackDoctor doctor = doctor()) {
      assertThat(doctor.testCard().grade()).isEqualTo(Grade.WELL);
    }

    SlackMessages.Message card = slack.messages.all().getFirst();
    assertThat(BlockKitRules.ofMessage(card.blocks())).isEmpty();
    assertThat(card.button("pn.probe").path("value").asText()).isEqualTo("probe");
  }

  @Test
  void aTestCardThatIsNotTaken() {
    slack.refuse("chat.postMessage", "not_in_channel");

    try (SlackDoctor doctor = doctor()) {
      assertThat(only(List.of(doctor.testCard()), Grade.WRONG, "not_in_channel").why())
          .isNotEmpty();
    }
  }
}
