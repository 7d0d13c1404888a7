package dev.postern.intake.smtp;

import static dev.postern.intake.smtp.Entrances.client;
import static dev.postern.intake.smtp.Entrances.entrance;
import static dev.postern.intake.smtp.Entrances.listener;
import static dev.postern.intake.smtp.Entrances.noNextHop;
import static dev.postern.intake.smtp.Entrances.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.People;
import dev.postern.policy.Action;
import dev.postern.store.World;
import dev.postern.store.Worlds;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mail that a rule releases, while the rows cannot be read. */
class SmtpWithoutStoreIT {
  @TempDir Path folder;

  @Test
  void P9_nothingIsReleasedWhileNobodyCanTellWhetherThatIsFrozen() throws IOException {
    World world = Worlds.onH2(folder, new People().and("kim"));
    world.action = new Action.Release();
    try (SmtpListener listener = listener(settings(), entrance(world.desk::judge, noNextHop()));
        RawSmtpClient client = client(listener)) {
      world.close();

      client.begin("sender@supplier.example", "ann@corp.example");

      assertThat(client.data(ListenerCase.MAIL))
          .isEqualTo("451 4.3.0 Postern cannot take mail now, try again later");
    }
  }
}
