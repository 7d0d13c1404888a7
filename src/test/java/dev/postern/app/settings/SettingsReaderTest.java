package dev.postern.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.postern.app.settings.Settings.Audit;
import dev.postern.app.settings.Settings.Http;
import dev.postern.app.settings.Settings.Log;
import dev.postern.app.settings.Settings.PersonEntry;
import dev.postern.app.settings.Settings.Resolvers;
import dev.postern.app.settings.Settings.Smtp;
import dev.postern.app.settings.Settings.StoreAccess;
import dev.postern.card.pace.Pacing;
import dev.postern.teams.TeamsSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
  private static final String TOKEN = "a-token-of-at-least-24-characters";
  private static final String OTHER_TENANT = "72f988bf-86f1-41af-91ab-2d7cd011db47";
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  @TempDir private Path folder;

  @Test
  void nothingAtAllIsEnoughForATrial() throws SettingsProblem {
    Settings settings = new AHome(folder).forTry();

    assertThat(settings.data()).isEqualTo(folder.resolve("data"));
    assertThat(settings.http()).isEqualTo(new Http("127.0.0.1", 8080, Optional.empty()));
    assertThat(settings.smtp())
        .isEqualTo(
            new Smtp(
                new HostPort("127.0.0.1", 2525),
                Optional.empty(),
                50L << 20,
                List.of("127.0.0.0/8", "::1"),
                "localhost",
                SmtpLinks.usual()));
    assertThat(settings.mail().milter()).isEmpty();
    assertThat(settings.mail().postfix()).isEmpty();
    assertThat(settings.dns()).isEqualTo(new Resolvers(List.of(), Duration.ofSeconds(20)));
    assertThat(settings.people()).containsExactly(SettingsReader.OPERATOR);
    assertThat(settings.slack()).isEmpty();
    assertThat(settings.teams()).isEmpty();
    assertThat(settings.store())
        .isEqualTo(
            new StoreAccess(
                "jdbc:h2:file:" + folder.resolve("data/postern"), "", Optional.empty(), true));
    assertThat(settings.audit()).isEqualTo(new Audit(Optional.empty(), Optional.empty()));
    assertThat(settings.log()).isEqualTo(new Log(false, "info"));
  }

  @Test
  void examiningAMessageMindsOnlyWhatItNeeds() throws SettingsProblem {
    AHome home =
        new AHome(folder)
            .conf(
                """
                dns.timeout = 3s
                evidence.own-domains = [firm.example]
                http.port = many
                slack.bot-token = x
                unheard.of = 1
                """)
            .environment("POSTERN_UNHEARD", "of");

    Settings.Examination examination = SettingsReader.examination(home.places());
    assertThat(examination.dns().timeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(examination.home().domains()).hasSize(1);
  }

  @Test
  void readingTheLogMindsOnlyDataAndStore() throws SettingsProblem {
    AHome home = new AHome(folder).conf("data = d\nhttp.port = many\nslack.bot-token = x\n");

    Settings.Keeping keeping = SettingsReader.keeping(home.places());
    assertThat(keeping.data()).isEqualTo(folder.resolve("d"));
    assertThat(keeping.store().url()).isEqualTo("jdbc:h2:file:" + folder.resolve("d/postern"));
    assertThatThrownBy(
            () -> SettingsReader.keeping(home.conf("store.url = \"jdbc:oracle:x\"\n").places()))
        .isInstanceOf(SettingsProblem.class)
        .hasMessageContaining("store.url");
  }

  @Test
  void examiningAMessageMindsAllThatItNeeds() {
    AHome home =
        new AHome(folder)
            .conf(
                """
                http.port = many
                dns.timeout = soon
                dns.timout = 3s
                evidence.colleagues = [{ name = Kim }]
                """)
            .environment("POSTERN_EVIDENCE_OWN_DOMAIN", "firm.example");

    assertThatThrownBy(() -> SettingsReader.examination(home.places()))
        .isInstanceOf(SettingsProblem.class)
        .message()
        .contains("dns.timeout is", "did you mean dns.timeout?", "evidence.colleagues")
        .contains("POSTERN_EVIDENCE_OWN_DOMAIN")
        .doesNotContain("http.port");
  }

  @Test
  void theOperatorOfATrialCanBeGivenASlackAccountAlone() throws SettingsProblem {
    Settings settings =
        new AHome(folder).environment("POSTERN_PEOPLE_OPERATOR_SLACK", "U012AB3CD").forTry();

    PersonEntry operator = settings.people().getFirst();
    assertThat(operator.slackUser()).contains("U012AB3CD");
    assertThat(operator.groups()).containsExactly("admins");
    assertThat(operator.name()).isEqualTo("Operator");
  }

  @Test
  void anAccountOfAnotherTenantIsNamedWithIt() throws SettingsProblem {
    String account = "7FAF8BAC-cf7c-4d2b-a4a4-d8b0b1d1f1d1";
    AHome home =
        new AHome(folder)
            .conf(
                "people.kim.teams = \"%s\"\npeople.lee.teams = \"%s/%s\"\n"
                    .formatted(account, OTHER_TENANT, account.replace("7FAF", "8FAF")));

    List<PersonEntry> people = home.forTry().people();

    assertThat(people)
        .filteredOn(person -> person.teamsUser().isPresent())
        .extracting(PersonEntry::teamsTenant, person -> person.teamsUser().orElseThrow())
        .containsExactlyInAnyOrder(
            tuple("", "7faf8bac-cf7c-4d2b-a4a4-d8b0b1d1f1d1"),
            tuple(OTHER_TENANT, "8faf8bac-cf7c-4d2b-a4a4-d8b0b1d1f1d1"));
  }

  @Test
  void graphIsOffUntilItIsSwitchedOn() throws SettingsProblem {
    String teams =
        """
        teams.app-id = 00000000-0000-4000-8000-000000000002
        teams.app-secret = s3cr3t~value
        teams.tenant-id = 00000000-0000-4000-8000-000000000003
        teams.channels.default = "19:mail@thread.tacv2"
        """;

    assertThat(graph(teams + "teams.graph-url = \"https://graph.microsoft.us\"")).isEmpty();
    assertThat(graph(teams + "teams.graph = on")).contains(TeamsSettings.GRAPH);
    assertThat(graph(teams + "teams.graph = on\nteams.graph-url = \"https://graph.microsoft.us\""))
        .contains(URI.create("https://graph.microsoft.us/"));
  }

  private Optional<URI> graph(String conf) throws SettingsProblem {
    return new AHome(folder).conf(conf).forTry().teams().orElseThrow().outside().graph();
  }

  @Test
  void aTrialHasItsOperatorBesideConfiguredPeople() throws SettingsProblem {
    AHome home = new AHome(folder).conf("people.kim.name = Kim\n");

    assertThat(home.forTry().people())
        .extracting(PersonEntry::id)
        .containsExactly("operator", "kim");
  }

  @Test
  void theEnvironmentWinsOverDotEnvOverTheFile() throws SettingsProblem {
    AHome home =
        new AHome(folder)
            .conf("http.port = 1\nmail.smtp.hostname = one\nlog.format = json\n")
            .dotEnv("POSTERN_HTTP_PORT=2\nexport POSTERN_MAIL_SMTP_HOSTNAME='two' # why\nOTHER=x\n")
            .environment("POSTERN_HTTP_PORT", "3")
            .environment("POSTERN_LOG_FORMAT", "  ");

    assertThat(home.forTry().http().port()).isEqualTo(3);
    assertThat(home.forTry().smtp().hostname()).isEqualTo("two");
    assertThat(home.forTry().log().json()).isTrue();
  }

  @Test
  void everySettingHasAVariable() throws SettingsProblem {
    Settings settings =
        new AHome(folder)
            .conf("people.kim_lee.name = Kim\n")
            .environment("POSTERN_DATA", "elsewhere")
            .environment("POSTERN_MAIL_SMTP_NEXT_HOP", "127.0.0.1:10025")
            .environment("POSTERN_DNS_SERVERS", "192.0.2.1, 192.0.2.2")
            .environment("POSTERN_PEOPLE_KIM_LEE_GROUPS", "admins,finance")
            .environment("POSTERN_PEOPLE_ALEX_B_TOKEN", TOKEN)
            .environment("POSTERN_INTAKE_SECRETS_GATEWAY", SECRET)
            .environment("POSTERN_TOKEN", "of the command line")
            .environment("POSTERN_SERVICE_HOST", "10.0.0.1")
            .environment("POSTERN_PORT_8080_TCP_ADDR", "10.0.0.1")
            .environment("HOME", "/root")
            .forServe();

    assertThat(settings.data()).isEqualTo(folder.resolve("elsewhere"));
    assertThat(settings.smtp().nextHop()).contains(new HostPort("127.0.0.1", 10025));
    assertThat(settings.dns().servers()).hasSize(2);
    assertThat(settings.people()).extracting(PersonEntry::id).containsExactly("alex-b", "kim_lee");
    assertThat(settings.people().get(1).groups()).containsExactlyInAnyOrder("admins", "finance");
    assertThat(settings.intakeSecrets()).containsEntry("gateway", new Secret(SECRET));
  }

  @Test
  void secretsCanStandInFiles() throws SettingsProblem {
    AHome home =
        new AHome(folder)
            .file("kim.token", TOKEN + "\n", "rw-------")
            .file("gw.secret", SECRET, "rw-r-----")
            .conf("people.kim.token-file = kim.token\npeople.kim.name = Kim\n")
            .environment("POSTERN_INTAKE_SECRETS_GW_FILE", "gw.secret");

    assertThat(home.forTry().people().getLast().token()).contains(new Secret(TOKEN));
    assertThat(home.forTry().intakeSecrets()).containsEntry("gw", new Secret(SECRET));
  }

  @Test
  void aSecretOfTheEnvironmentReplacesTheFileThatPosternConfNames() throws SettingsProblem {
    AHome home =
        new AHome(folder)
            .conf("people.kim.token-file = nowhere\n")
            .environment("POSTERN_PEOPLE_KIM_TOKEN", TOKEN);

    assertThat(home.forTry().people().getLast().token()).contains(new Secret(TOKEN));
  }

  @Test
  void theFileMayUseVariablesAndItself() throws SettingsProblem {
    AHome home =
        new AHome(folder)
            .conf("http.host = localhost\nmail.smtp.hostname = ${http.host}\ndata = ${WHERE}/d\n")
            .environment("WHERE", "/somewhere");

    assertThat(home.forTry().smtp().hostname()).isEqualTo("localhost");
    assertThat(home.forTry().data()).isEqualTo(Path.of("/somewhere/d"));
  }

  @Test
  void P14_printingSettingsShowsNoSecret() throws SettingsProblem {
    Settings settings =
        new AHome(folder)
            .conf("people.kim.token = " + TOKEN + "\nintake.secrets.gw = " + SECRET + "\n")
            .forTry();

    assertThat(settings.toString()).doesNotContain(TOKEN).doesNotContain(SECRET);
  }

  @Test
  void theDocumentationListsEverySetting() throws IOException {
    assertThat(Files.readString(Path.of("docs/settings.md"))).contains(Keys.table());
  }

  @Test
  void everyDefaultHasItsForm() {
    assertThat(Keys.ALL)
        .allSatisfy(
            key ->
                assertThat(
                        key.fallback().isEmpty()
                            || key.form().read().apply(key.fallback()).isPresent())
                    .as(key.name())
                    .isTrue());
  }

  @Test
  void whoHasAnAccountOnAPlatformThatIsOffIsReachedOnTheOther() throws Exception {
    String both =
        """
        people.kim { slack = U04KIMPARK1, teams = "7faf8bac-cf7c-4d2b-a4a4-d8b0b1d1f1d1" }
        """;
    String teams =
        """
        teams {
          app-id = "8c3e0d4b-1f7a-4f0e-9d53-2b6a7c9e1f20"
          app-secret = "s3cr3t~value"
          tenant-id = ["0d1c2b3a-4958-4766-8574-839201a0b1c2"]
          channels.default = "19:mail-ops@thread.tacv2"
          pace = "1/3"
          digest = "19:leads@thread.tacv2 08:00 Europe/Berlin always"
        }
        """;
    Settings settings = new AHome(folder).conf(both + teams).forTry();
    Settings off = new AHome(folder).conf(both).forTry();

    assertThat(settings.reachable())
        .filteredOn(person -> person.id().equals("kim"))
        .singleElement()
        .satisfies(
            kim -> {
              assertThat(kim.slackUser()).as("Slack is off").isEmpty();
              assertThat(kim.teamsUser()).isPresent();
            });
    assertThat(off.reachable()).allMatch(it -> it.slackUser().or(it::teamsUser).isEmpty());
    TeamsSettings.Manner manner = settings.teams().orElseThrow().manner();
    assertThat(manner.pacing()).isEqualTo(new Pacing(3));
    assertThat(manner.digest().orElseThrow().channel()).isEqualTo("19:leads@thread.tacv2");
    assertThat(manner.digest().orElseThrow().always()).isTrue();
  }
}
