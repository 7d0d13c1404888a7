package dev.postern.slack;

import dev.postern.store.Databases;
import dev.postern.store.Store;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class H2SlackStormTest extends SlackStormContract {
  @TempDir Path folder;

  @Override
  Store.Access database() {
    return Databases.h2(folder);
  }
}
