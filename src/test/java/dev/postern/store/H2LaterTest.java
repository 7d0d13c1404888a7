package dev.postern.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** A vote that covers later messages, on H2, in a file. */
final class H2LaterTest extends LaterContract {
  @TempDir Path folder;

  @Override
  Store.Access database() {
    return Databases.h2(folder);
  }

  @Override
  Store.Access opened() {
    return Databases.h2(folder);
  }
}
