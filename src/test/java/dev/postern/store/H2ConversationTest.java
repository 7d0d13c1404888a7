package dev.postern.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Places of chat platforms on H2, in a file. */
final class H2ConversationTest extends ConversationContract {
  @TempDir Path folder;

  @Override
  Store.Access database() {
    return Databases.h2(folder);
  }
}
