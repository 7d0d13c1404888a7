package dev.postern.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.app.settings.Settings.Mode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that are wrong stop the start, with one sentence each that says how to mend it. */
class SettingsProblemTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  @TempDir private Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          http.prot = 8080               | postern.conf:1: http.prot is no setting; did you mean http.port?
          htttp.port = 8080              | did you mean http.port?
          mail.smtp.nexthop = x          | did you mean mail.smtp.next-hop?
          people.kim.tokn = x            | people.kim.tokn is no setting
          kubernetes.namespace = x       | kubernetes.namespace is no setting
          http = 8080                    | http is no setting
          http.port = 80a                | http.port is "80a"; it must be a port number from 0
          http.port = 65536              | it must be a port number
          http.port = [1]                | OK
          http.host = "a b"              | it must be a host name or an address
          http.public-url = "postern.example"        | it must be an address such as https://
          http.public-url = "ftp://x"                | it must be an address such as https://
          http.public-url = "https://me:pw@x/"       | it must be an address such as https://
          mail.smtp.listen = "2525"      | it must be a host and port such as 127.0.0.1:2525
          mail.smtp.listen = "127.0.0.1" | it must be a host and port
          mail.smtp.next-hop = "a:b"     | it must be a host and port
          mail.smtp.max-size = 1         | it must be a size such as 25MiB
          mail.smtp.max-size = 2000MiB   | it must be a size such as 25MiB
          mail.smtp.trusted-relays = [relay.example] | it must be a list of addresses or networks
          mail.smtp.trusted-relays = [10.0.0.0/33]   | it must be a list of addresses or networks
          mail.smtp.trusted-relays = [{a: 1}]        | must be a list of plain values
          dns.servers = ["a b"]          | it must be a list of addresses
          dns.timeout = 5                | it must be a duration such as 500ms
          policy.file = nowhere.yaml     | policy.file: there is no readable file
          people.kim.email = kim         | it must be a mail address
          people.kim.slack = "@kim"      | it must be a Slack member id
          people.kim.groups = ["a b"]    | it must be a list of names
          people.kim.token = "short"     | people.kim.token is 5 characters; it must be at least 24
          people.Kim.name = Kim          | people.Kim: a person's id is lower-case letters
          people."k.l".name = Kim        | a person's id is lower-case letters
          intake.secrets.gw = "changeme" | intake.secrets.gw is 8 characters; it must be at least 32
          intake.secrets."g w" = 0123456789abcdef0123456789abcdef | a source is letters
          people.kim.token-file = none   | people.kim.token-file: there is no readable file none
          store.url = "jdbc:mysql:x"     | it must be jdbc:postgresql://HOST/DATABASE or jdbc:h2:file:PATH
          store.url = "jdbc:h2:file:./x;WRITE_DELAY=500" | store.url delays writes (WRITE_DELAY=500)
          store.url = "jdbc:postgresql://h/d?user=a&password=b" | store.url carries a password
          store.sync = maybe             | store.sync is "maybe"; it must be on or off
          log.format = xml               | it must be text or json
          http.host = "0.0.0.0"          | http.host 0.0.0.0 can be reached by others and nobody has a token
          http.port = ${nothing}         | a ${…} names a setting or variable that does not exist
          http { port = 1                | look for a missing quote, brace
          """)
  void aWrongSettingIsNamedWithItsMend(String line, String what) throws SettingsProblem {
    AHome home = new AHome(folder).conf(line + "\n");

    if (what.equals("OK")) {
      assertThat(home.forTry().http().port()).isEqualTo(1);
    } else {
      assertThat(home.complaint()).contains(what).startsWith("postern.conf").doesNotContain("\n");
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          slack.bot-token = xoxb-1, slack.channels.default = C0MAILOPS1 | slack.bot-token also needs slack.signing-secret
          slack.app-token = xapp-1                           | slack is half configured: slack.bot-token is not set
          slack.bot-token = xoxb-1, slack.app-token = xapp-1 | slack.channels.default must say where cards go
          slack.bot-token = xoxp-1                           | slack.bot-token is 6 characters; it must be a token that begins with xoxb-
          slack.signing-secret = short                       | slack.signing-secret is 5 characters; it must be 32
          slack.channels.default = "#mail"                   | it must be a channel's id such as C0MAILOPS1
          slack.bot-token = xoxb-1, slack.app-token = xapp-1, slack.channels.default = C0MAILOPS1, slack.api-url = "http://slack.example/" | slack.api-url must begin with https://
          """)
  void slackIsWholeOrOff(String lines, String what) {
    AHome home = new AHome(folder).conf(lines.replace(", ", "\n") + "\n");

    assertThat(home.complaint()).contains(what);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          teams.app-id = 8c3e0d4b-1f7a-4f0e-9d53-2b6a7c9e1f20 | teams is half configured: not set: teams.app-secret, teams.tenant-id, teams.channels.default
          teams.channels.default = "19:a@thread.tacv2"        | not set: teams.app-id, teams.app-secret, teams.tenant-id
          teams.app-id = postern                              | teams.app-id is "postern"; it must be a GUID
          teams.app-secret = short                            | teams.app-secret is 5 characters; it must be at least 8
          teams.tenant-id = firm.onmicrosoft.com              | teams.tenant-id is "firm.onmicrosoft.com"; it must be a GUID, or a list
          teams.channels.default = General                    | it must be the id of a channel or chat such as 19:abc@thread.tacv2
          teams.emulator-issuers = sts.windows.net            | it must be a list of issuers
          teams.service-urls = "ftp://x/"                     | it must be a list of addresses
          teams.login-url = "http://login.example/", %s | postern.conf:1: teams.login-url must begin with https://
          teams.metadata-url = "http://login.example/x", %s | postern.conf:1: teams.metadata-url must begin with https://
          teams.emulator-issuers = unsigned, http.public-url = "https://postern.example/", %s | teams.emulator-issuers is for trials on one machine
          teams.service-urls = "http://smba.example/", %s | postern.conf:1: teams.service-urls must begin with https://
          """)
  void teamsIsWholeOrOff(String lines, String what) {
    String whole =
        """
        teams.app-id = 8c3e0d4b-1f7a-4f0e-9d53-2b6a7c9e1f20
        teams.app-secret = s3cr3t~value
        teams.tenant-id = 0d1c2b3a-4958-4766-8574-839201a0b1c2
        teams.channels.default = "19:a@thread.tacv2"
        """;
    AHome home = new AHome(folder).conf(lines.replace(", ", "\n").formatted(whole) + "\n");

    assertThat(home.complaint()).contains(what).doesNotContain("\n");
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POSTERN_HTTP_PROT      | 1     | environment POSTERN_HTTP_PROT: POSTERN_HTTP_PROT is no setting; did you mean POSTERN_HTTP_PORT?
          POSTERN_HTTP_PORT      | 1x    | environment POSTERN_HTTP_PORT: http.port is "1x"
          POSTERN_PEOPLE_KIM     | x     | POSTERN_PEOPLE_KIM is no setting
          POSTERN_STORE_PASSWORD_FILE | /nowhere | store.password-file: there is no readable file /nowhere
          """)
  void aWrongVariableIsNamed(String name, String value, String what) {
    assertThat(new AHome(folder).environment(name, value).complaint()).contains(what);
  }

  @Test
  void everythingThatIsWrongIsFoundInOneRun() {
    String complaint =
        new AHome(folder)
            .conf("http.prot = 1\nhttp.port = x\nlog.format = y\n")
            .dotEnv("not a line\nPOSTERN_DNS_TIMEOUT=never\n")
            .environment("POSTERN_STORE_SYNC", "z")
            .complaint(Mode.SERVE);

    assertThat(complaint.split("\n"))
        .hasSize(8)
        .anyMatch(l -> l.startsWith("postern.conf:1: http.prot"))
        .anyMatch(l -> l.startsWith("postern.conf:2: http.port"))
        .anyMatch(l -> l.startsWith("postern.conf:3: log.format"))
        .anyMatch(l -> l.equals(".env:1: a line must read NAME=value"))
        .anyMatch(l -> l.startsWith(".env:2: dns.timeout"))
        .anyMatch(l -> l.startsWith("environment POSTERN_STORE_SYNC: store.sync"))
        .anyMatch(l -> l.startsWith("mail.smtp.next-hop is not set"))
        .anyMatch(l -> l.startsWith("people is empty"));
  }

  @Test
  void aSecretThatEverybodyCanReadIsRefused() {
    AHome home =
        new AHome(folder)
            .file(
                "postern.conf",
                "intake.secrets.a = " + SECRET + "\nintake.secrets.b-file = b\n",
                "rw-r--r--")
            .file("b", SECRET, "rw----r--")
            .file(".env", "POSTERN_STORE_PASSWORD=pw\n", "rw-r--r--");

    assertThat(home.complaint().split("\n"))
        .hasSize(3)
        .anyMatch(l -> l.contains("postern.conf holds intake.secrets.a and everybody"))
        .anyMatch(l -> l.contains("b holds intake.secrets.b and everybody"))
        .anyMatch(l -> l.startsWith(".env:1: .env holds store.password and everybody"))
        .allMatch(l -> l.contains("chmod 600"));
  }

  @Test
  void aFileWithoutSecretsMayBeReadByEverybody() throws SettingsProblem {
    AHome home = new AHome(folder).file("postern.conf", "http.port = 7\n", "rw-r--r--");

    assertThat(home.forTry().http().port()).isEqualTo(7);
  }

  @Test
  void P14_noComplaintShowsASecret() {
    String secret = "hunter2";
    String complaint =
        new AHome(folder)
            .conf(
                """
                slack.bot-token = %1$s
                slack.signing-secret = %1$s
                slack.app-token = %1$s
                teams.app-secret = %1$s
                people.kim.token = %1$s
                intake.secrets.gw = %1$s
                store.url = "jdbc:mysql:x?password=%1$s"
                """
                    .formatted(secret))
            .complaint();

    assertThat(complaint.split("\n")).hasSizeGreaterThanOrEqualTo(6);
    assertThat(complaint).doesNotContain(secret);
    assertThat(new AHome(folder).conf("slack.bot-token = \"" + secret + " = {\n").complaint())
        .doesNotContain(secret);
  }

  @Test
  void twoWaysToGiveOneSecretAreRefused() {
    AHome home =
        new AHome(folder)
            .file("pw", "x", "rw-------")
            .conf("store.password = x\nstore.password-file = pw\n");

    assertThat(home.complaint()).contains("store.password and store.password-file are both set");
  }

  @Test
  void P6_twoPeopleBehindOneAccountAreRefused() {
    AHome home =
        new AHome(folder)
            .conf(
                """
                people.a { slack = U012AB3CD, email = "A@x.example" }
                people.b { slack = U012AB3CD, email = "a@x.example" }
                """);

    assertThat(home.complaint())
        .contains("people.b.slack is the same as people.a.slack")
        .contains("people.b.email is the same as people.a.email");
  }

  @Test
  void aNamedFileMustExist() {
    AHome home = new AHome(folder).environment("POSTERN_CONFIG", "nowhere.conf");

    assertThat(home.complaint()).startsWith("nowhere.conf: the file ").endsWith("cannot be read");
  }

  @Test
  void aH2UrlMaySayThatItDoesNotDelay() throws SettingsProblem {
    AHome home = new AHome(folder).conf("store.url = \"jdbc:h2:file:./x;write_delay=0\"\n");

    assertThat(home.forTry().store().url()).endsWith("write_delay=0");
  }

  @Test
  void aPublicAddressIsFineOnceSomebodyCanSignIn() throws SettingsProblem {
    AHome home =
        new AHome(folder).conf("http.host = \"0.0.0.0\"\npeople.kim.token = " + SECRET + "\n");

    assertThat(home.forTry().http().host()).isEqualTo("0.0.0.0");
  }
}
