package dev.postern.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.intake.mtahooks.MtaHooksSettings;
import dev.postern.quarantine.HttpTrust;
import dev.postern.quarantine.mailcow.MailcowSettings;
import dev.postern.quarantine.proxmox.ProxmoxSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mail systems that are reached over HTTP, or ask over HTTP. */
class RemoteReadersTest {
  private static final String PROXMOX =
      "mail.proxmox { name = pmg, url = \"https://pmg.example:8006\", password = \"12345678\" }\n";
  private static final String MAILCOW =
      "mail.mailcow { name = cow, url = \"https://cow.example\", api-key = \"11AA22-33BB44-55CC66\""
          + " }\n";

  @TempDir Path folder;

  private String complaint(String conf) {
    return new AHome(folder).conf(conf).complaint();
  }

  @Test
  void aNameSwitchesEachOnAndTheRestIsUsual() throws SettingsProblem {
    MailSettings mail = new AHome(folder).conf(PROXMOX + MAILCOW).forTry().mail();
    ProxmoxSettings proxmox = mail.proxmox().orElseThrow();
    MailcowSettings mailcow = mail.mailcow().orElseThrow();

    assertThat(proxmox.source()).isEqualTo("pmg");
    assertThat(proxmox.user()).isEqualTo("postern@pmg");
    assertThat(proxmox.kinds()).containsExactly("spam", "virus", "attachment");
    assertThat(proxmox.window()).isEqualTo(Duration.ofDays(30));
    assertThat(proxmox.trust()).isEqualTo(new HttpTrust.Usual());
    assertThat(mailcow.url()).isEqualTo(URI.create("https://cow.example"));
    assertThat(mailcow.timeout()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void aSecretSwitchesTheHookOnAndTheRestIsUsual() throws SettingsProblem {
    MtaHooksSettings hooks =
        new AHome(folder)
            .conf("mail.mta-hooks.secret = \"0123456789abcdef\"\n")
            .forTry()
            .mail()
            .hooks()
            .orElseThrow();

    assertThat(hooks.onTrouble()).isEqualTo(MtaHooksSettings.OnTrouble.TEMPFAIL);
    assertThat(hooks.scope().authenticated()).isFalse();
    assertThat(hooks.scope().releasePort()).isEmpty();
    assertThat(hooks.patience()).isLessThan(Duration.ofSeconds(30));
    assertThat(hooks.toString()).doesNotContain("0123456789abcdef");
  }

  @ParameterizedTest
  @CsvSource({
    "http://pmg.example:8006, must begin with https://",
    "https://pmg.example:8006/api2, must have no path",
    "ftp://pmg.example, must be an address",
  })
  void whatEverybodyOnTheWayCouldReadIsNoAddress(String url, String words) {
    assertThat(complaint(PROXMOX.replace("https://pmg.example:8006", url)))
        .contains("mail.proxmox.url", words);
    assertThat(complaint(MAILCOW.replace("https://cow.example", url)))
        .contains("mail.mailcow.url", words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:8006", "http://localhost:1", "http://[::1]:8006"})
  void thisMachineNeedsNoTls(String url) throws SettingsProblem {
    assertThat(
            new AHome(folder)
                .conf(PROXMOX.replace("https://pmg.example:8006", url))
                .forTry()
                .mail()
                .proxmox())
        .isPresent();
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThat(complaint("mail.proxmox.name = pmg\n"))
        .contains("mail.proxmox.url is not set")
        .contains("mail.proxmox.password is not set, nor is mail.proxmox.password-file");
    assertThat(complaint("mail.mailcow.name = cow\n"))
        .contains("mail.mailcow.url is not set")
        .contains("mail.mailcow.api-key is not set, nor is mail.mailcow.api-key-file");
  }

  @Test
  void withoutANameNothingElseIsTakenSilently() {
    assertThat(complaint("mail.proxmox.kinds = spam\n"))
        .contains("mail.proxmox.kinds does nothing without mail.proxmox.name");
  }

  @Test
  void aNameIsNobodyElses() {
    assertThat(complaint(MAILCOW.replace("cow,", "mta-hooks,")))
        .contains("mail.mailcow.name: the name mta-hooks is Postern's own");
    assertThat(complaint(PROXMOX + MAILCOW.replace("cow,", "pmg,")))
        .contains("mail.mailcow.name: mail.proxmox.name has that name: pmg");
  }

  @Test
  void oneKindOfTrustIsEnough() {
    String both = "mail.proxmox { ca-file = a.pem, fingerprint = \"" + "ab".repeat(32) + "\" }\n";

    assertThat(complaint(PROXMOX + both)).contains("are both set: keep one");
    assertThat(complaint(PROXMOX + "mail.proxmox.fingerprint = abcd\n"))
        .contains("a SHA-256 fingerprint");
  }
}
