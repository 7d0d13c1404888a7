package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseState;
import dev.postern.policy.Action;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Freezing on H2, in a file. */
final class H2FreezeTest extends FreezeContract {
  @TempDir Path folder;

  @Override
  Store.Access database() {
    return Databases.h2(folder);
  }

  @Test
  void aRestartChangesNothing() {
    freeze();
    world.close();
    reopen();
    world.action = new Action.Release();

    assertThat(world.brake.standing()).isPresent();
    assertThat(world.find(world.held("m1")).state()).isEqualTo(CaseState.ASKING);
  }
}
