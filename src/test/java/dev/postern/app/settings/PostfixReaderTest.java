package dev.postern.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.quarantine.postfix.PostfixSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostfixReaderTest {
  @TempDir Path folder;

  @Test
  void aNameSwitchesItOnAndTheRestIsDebians() throws SettingsProblem {
    PostfixSettings settings =
        new AHome(folder).conf("mail.postfix.name = mx1\n").forTry().mail().postfix().orElseThrow();

    assertThat(settings.source()).isEqualTo("mx1");
    assertThat(settings.helper())
        .containsExactly("sudo", "-n", "/usr/local/sbin/postern-postfix-helper");
    assertThat(settings.programs()).isEqualTo(Path.of("/usr/sbin"));
    assertThat(settings.config()).isEmpty();
    assertThat(settings.reinject()).isEmpty();
    assertThat(settings.log()).isEmpty();
    assertThat(settings.largest()).isEqualTo(50 << 20);
  }

  @Test
  void withoutItsNameNothingElseOfItIsTakenSilently() {
    assertThat(new AHome(folder).conf("mail.postfix.log = /var/log/mail.log\n").complaint())
        .contains("mail.postfix.log does nothing without mail.postfix.name", "postern.conf");
  }

  @ParameterizedTest
  @ValueSource(strings = {"smtp", "milter", "rspamd"})
  void aPostfixCannotHaveTheNameOfASourceOfPosternsOwn(String name) {
    assertThat(new AHome(folder).conf("mail.postfix.name = " + name + "\n").complaint())
        .contains("mail.postfix.name: the name " + name + " is Postern's own");
  }
}
