package dev.postern.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Cases of the past on H2, in a file. */
final class H2PrecedentTest extends PrecedentContract {
  @TempDir Path folder;

  @Override
  Store.Access database() {
    return Databases.h2(folder);
  }
}
