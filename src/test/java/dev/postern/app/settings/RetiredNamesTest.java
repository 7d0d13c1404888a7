package dev.postern.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetiredNamesTest {
  @TempDir Path folder;

  @Test
  void severalMailSystemsCanBeRetired() throws SettingsProblem {
    assertThat(
            new AHome(folder)
                .conf("mail.postfix.name = mx2\nmail.retired = \"mx1, mx0\"\n")
                .forTry()
                .mail()
                .retired())
        .containsExactlyInAnyOrder("mx1", "mx0");
  }

  @Test
  void whatIsFollowedIsNotRetired() {
    assertThat(
            new AHome(folder).conf("mail.postfix.name = mx1\nmail.retired = [mx1]\n").complaint())
        .contains("mail.retired: mail.postfix.name has that name: mx1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"smtp", "milter", "rspamd", "mta-hooks"})
  void nothingOfPosternsOwnIsRetired(String name) {
    assertThat(new AHome(folder).conf("mail.retired = [" + name + "]\n").complaint())
        .contains("mail.retired: an entrance of Postern's own has that name: " + name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mail.postfix.name = mx1", "mail.retired = [mx1]"})
  void nobodyIsGivenASecretToReportUnderTheNameOfAMailSystem(String line) {
    String secret = "intake.secrets.mx1 = \"a secret of 32 characters, for tests\"\n";

    assertThat(new AHome(folder).conf(line + "\n" + secret).complaint())
        .contains("intake.secrets.mx1: Postern asks the mail system of that name itself");
  }
}
