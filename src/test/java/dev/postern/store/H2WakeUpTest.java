package dev.postern.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class H2WakeUpTest extends WakeUpContract {
  @TempDir Path folder;

  @Override
  Store.Access database() {
    return Databases.h2(folder);
  }

  @Override
  Store.Access opened() {
    return database();
  }
}
