package dev.postern.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.intake.milter.MilterSettings;
import dev.postern.intake.milter.MilterSettings.Keeping;
import dev.postern.intake.milter.MilterSettings.OnTrouble;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MilterReaderTest {
  @TempDir Path folder;

  private MilterSettings read(String conf) throws SettingsProblem {
    return new AHome(folder).conf(conf).forTry().mail().milter().orElseThrow();
  }

  @Test
  void anAddressSwitchesItOnAndTheRestIsSafe() throws SettingsProblem {
    MilterSettings settings = read("mail.milter.listen = 127.0.0.1\n");

    assertThat(settings.listen().getPort()).isEqualTo(8893);
    assertThat(settings.peers()).hasSize(2);
    assertThat(settings.keeping()).isEqualTo(new Keeping.InQueue("postfix"));
    assertThat(settings.onTrouble()).isEqualTo(OnTrouble.TEMPFAIL);
    assertThat(settings.scope().authenticated()).isFalse();
    assertThat(settings.scope().own()).isEmpty();
    assertThat(settings.results().written()).isTrue();
    assertThat(settings.results().authservId()).isEqualTo(Optional.empty());
    assertThat(settings.limits().messageSize()).isEqualTo(50 << 20);
  }

  @Test
  void whatPosternKeepsItselfItCannotHoldOnTrouble() {
    String complaint =
        new AHome(folder).conf("mail.milter { keep-in = store, on-trouble = hold }\n").complaint();

    assertThat(complaint).contains("mail.milter.on-trouble is hold").contains("postern.conf");
  }

  @Test
  void aQueueCannotHaveTheNameOfASourceOfPosternsOwn() {
    assertThat(new AHome(folder).conf("mail.milter.queue = smtp\n").complaint())
        .contains("mail.milter.queue: the name smtp is Postern's own");
  }
}
