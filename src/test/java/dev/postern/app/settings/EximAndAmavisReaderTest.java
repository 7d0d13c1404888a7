package dev.postern.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.quarantine.amavis.AmavisSettings;
import dev.postern.quarantine.exim.EximSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EximAndAmavisReaderTest {
  @TempDir Path folder;

  @Test
  void aNameSwitchesEachOnAndTheRestIsDebians() throws SettingsProblem {
    MailSettings mail =
        new AHome(folder).conf("mail.exim.name = mx\nmail.amavis.name = av\n").forTry().mail();

    assertThat(mail.exim())
        .contains(
            new EximSettings(
                "mx",
                List.of("sudo", "-n", "/usr/local/sbin/postern-exim-helper"),
                Optional.empty(),
                50 << 20));
    assertThat(mail.amavis())
        .contains(
            new AmavisSettings(
                "av",
                "127.0.0.1:9998",
                Path.of("/var/lib/amavis/virusmails"),
                List.of("spam", "banned", "badh"),
                50 << 20));
  }

  @Test
  void withoutItsNameNothingElseOfItIsTakenSilently() {
    assertThat(new AHome(folder).conf("mail.exim.log = /var/log/exim4/mainlog\n").complaint())
        .contains("mail.exim.log does nothing without mail.exim.name", "postern.conf");
    assertThat(new AHome(folder).conf("mail.amavis.kinds = spam\n").complaint())
        .contains("mail.amavis.kinds does nothing without mail.amavis.name", "postern.conf");
  }

  @Test
  void twoMailSystemsCannotHaveOneName() {
    assertThat(new AHome(folder).conf("mail.exim.name = mx\nmail.amavis.name = mx\n").complaint())
        .contains("mail.amavis.name", "mx", "mail.exim.name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere", "localhost:x", "localhost:99999", "sock/et"})
  void amavisIsReachedByAnAddressOrAPath(String where) {
    assertThat(
            new AHome(folder)
                .conf("mail.amavis { name = av, release = \"" + where + "\" }\n")
                .complaint())
        .contains("mail.amavis.release", "127.0.0.1:9998");
  }
}
