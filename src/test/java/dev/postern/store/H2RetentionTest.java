package dev.postern.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Retention on H2, in a file. */
final class H2RetentionTest extends RetentionContract {
  @TempDir Path folder;

  @Override
  Store.Access fresh() {
    return Databases.h2(folder);
  }
}
