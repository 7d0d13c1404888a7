package dev.postern.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.teams.TestCertificate;
import dev.postern.teams.wire.CertifiedKey;
import dev.postern.teams.wire.Credential;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TeamsReaderTest {
  private static final TestCertificate PAIR =
      TestCertificate.until(Instant.parse("2027-01-01T00:00:00Z"));
  private static final String REST =
      """
      teams.app-id = 8c3e0d4b-1f7a-4f0e-9d53-2b6a7c9e1f20
      teams.tenant-id = 0d1c2b3a-4958-4766-8574-839201a0b1c2
      teams.channels.default = "19:mail-ops@thread.tacv2"
      """;

  @TempDir Path folder;

  private static Optional<Credential> credential(AHome home) throws SettingsProblem {
    return home.forTry().teams().orElseThrow().app().credential();
  }

  @Test
  void aCertificateAndItsKeyStandInFiles() throws SettingsProblem {
    AHome home =
        new AHome(folder)
            .file("app.crt", PAIR.pem(), "rw-------")
            .file("app.key", PAIR.keyPem(), "rw-------")
            .conf(REST + "teams.app-certificate-file = app.crt\nteams.app-key-file = app.key\n");

    assertThat(credential(home))
        .contains(new Credential.Certificate(CertifiedKey.parse(PAIR.pem(), PAIR.keyPem())));
  }

  @Test
  void aFederatedTokenIsNamedByItsFileAndNotReadYet() throws SettingsProblem {
    AHome home =
        new AHome(folder)
            .conf(REST)
            .environment("POSTERN_TEAMS_FEDERATED_TOKEN_FILE", "tokens/postern");

    assertThat(credential(home))
        .contains(new Credential.Federated(folder.resolve("tokens/postern")));
  }

  @Test
  void twoProofsAreRefusedAtTheirPlace() {
    String complaint =
        new AHome(folder)
            .conf(REST + "teams.app-secret = s3cr3t~value\nteams.federated-token-file = t\n")
            .complaint();

    assertThat(complaint)
        .contains("teams.app-secret and teams.federated-token-file are both set: keep one")
        .contains("postern.conf")
        .doesNotContain("s3cr3t");
  }

  @Test
  void P14_aKeyThatIsNoneIsRefusedWithoutItsText() {
    String complaint =
        new AHome(folder)
            .file("app.crt", PAIR.pem(), "rw-------")
            .file("app.key", PAIR.keyPem().replace("PRIVATE", "SECRET"), "rw-------")
            .conf(REST + "teams.app-certificate-file = app.crt\nteams.app-key-file = app.key\n")
            .complaint();

    assertThat(complaint)
        .contains("teams.app-key is ", "PKCS #8")
        .doesNotContain(PAIR.keyPem().substring(40, 80));
  }
}
