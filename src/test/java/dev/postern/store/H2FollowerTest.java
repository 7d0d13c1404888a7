package dev.postern.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Following a mail system on H2, in a file. */
final class H2FollowerTest extends FollowerContract {
  @TempDir Path folder;

  @Override
  Store.Access database() {
    return Databases.h2(folder);
  }
}
