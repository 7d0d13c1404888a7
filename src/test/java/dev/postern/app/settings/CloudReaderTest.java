package dev.postern.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.quarantine.google.GoogleSettings;
import dev.postern.quarantine.m365.M365Settings;
import dev.postern.teams.TestCertificate;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudReaderTest {
  private static final Instant END = Instant.parse("2049-01-01T00:00:00Z");
  private static final TestCertificate PAIR = TestCertificate.until(END);
  private static final String M365 =
      """
      mail.m365 {
        name = m365, tenant = 72f988bf-86f1-41af-91ab-2d7cd011db47
        app-id = 3f9c1a20-5b7d-4c1e-9a41-0d6f1f2a7b11
        certificate-file = m365.crt, key-file = m365.key
      }
      """;
  private static final String GOOGLE =
      """
      mail.google {
        name = ws, customer = C01abc23de, admin = "admin@firm.example", key-file = google.json
      }
      """;

  @TempDir Path folder;

  private AHome home(String conf) {
    String account =
        "{\"type\":\"service_account\",\"client_email\":\"p@x.iam.gserviceaccount.com\","
            + "\"private_key_id\":\"a1\",\"private_key\":\""
            + PAIR.keyPem().replace("\n", "\\n")
            + "\"}";
    return new AHome(folder)
        .file("m365.crt", PAIR.pem(), "rw-------")
        .file("m365.key", PAIR.keyPem(), "rw-------")
        .file("google.json", account, "rw-------")
        .conf(conf);
  }

  @Test
  void microsoft365IsReadWithItsUsualAddresses() throws SettingsProblem {
    M365Settings settings = home(M365).forTry().mail().m365().orElseThrow();

    assertThat(settings.source()).isEqualTo("m365");
    assertThat(settings.app().certificate().certificate()).isEqualTo(PAIR.certificate());
    assertThat(settings.login()).isEqualTo(URI.create("https://login.microsoftonline.com"));
    assertThat(settings.api()).isEqualTo(URI.create("https://outlook.office365.com"));
    assertThat(settings.poll()).isEqualTo(Duration.ofSeconds(60));
    assertThat(settings.toString()).doesNotContain("BEGIN", PAIR.keyPem().substring(30, 60));
  }

  @Test
  void googleIsReadWithoutTheLetterThatTheConsoleShows() throws SettingsProblem {
    GoogleSettings settings =
        home(GOOGLE + "mail.google.api-url = \"http://127.0.0.1:9/\"\n")
            .forTry()
            .mail()
            .google()
            .orElseThrow();

    assertThat(settings.source()).isEqualTo("ws");
    assertThat(settings.account().customer()).isEqualTo("01abc23de");
    assertThat(settings.account().admin()).isEqualTo("admin@firm.example");
    assertThat(settings.token()).isEqualTo(URI.create("https://oauth2.googleapis.com/token"));
    assertThat(settings.api()).isEqualTo(URI.create("http://127.0.0.1:9"));
    assertThat(settings.toString()).doesNotContain("BEGIN", PAIR.keyPem().substring(30, 60));
  }

  @ParameterizedTest
  @ValueSource(strings = {"login-url", "api-url"})
  void tokensGoToMicrosoftEncryptedOnly(String key) {
    assertThat(home(M365 + "mail.m365." + key + " = \"http://proxy.example\"\n").complaint())
        .contains("mail.m365." + key + " must begin with https://");
  }

  @ParameterizedTest
  @ValueSource(strings = {"token-url", "api-url"})
  void tokensGoToGoogleEncryptedOnly(String key) {
    assertThat(home(GOOGLE + "mail.google." + key + " = \"http://proxy.example\"\n").complaint())
        .contains("mail.google." + key + " must begin with https://");
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThat(home("mail.m365.name = m365\nmail.google.name = ws\n").complaint())
        .contains("mail.m365.name is set, and mail.m365.tenant is not")
        .contains("mail.m365.name is set, and mail.m365.key is not")
        .contains("mail.google.name is set, and mail.google.admin is not")
        .contains("mail.google.name is set, and mail.google.key is not");
    assertThat(home("mail.m365.poll = 5s\n").complaint())
        .contains("mail.m365.poll does nothing without mail.m365.name");
  }

  @Test
  void aKeyOfAnotherCertificateIsRefusedWithoutBeingQuoted() {
    TestCertificate other = TestCertificate.until(END);

    String complaint = home(M365).file("m365.key", other.keyPem(), "rw-------").complaint();

    assertThat(complaint)
        .contains("mail.m365.key does not belong to mail.m365.certificate")
        .doesNotContain("BEGIN");
  }

  @Test
  void aFileThatIsNoKeyOfAServiceAccountIsRefusedWithoutBeingQuoted() {
    String other = "{\"type\":\"authorized_user\",\"refresh_token\":\"s3cr3t-and-more\"}";

    assertThat(home(GOOGLE).file("google.json", other, "rw-------").complaint())
        .contains("mail.google.key is not the key of a service account")
        .doesNotContain("s3cr3t");
  }

  @Test
  void twoMailSystemsHaveTwoNames() {
    assertThat(home(M365 + GOOGLE.replace("name = ws", "name = m365")).complaint())
        .contains("mail.google.name: mail.m365.name has that name");
  }
}
