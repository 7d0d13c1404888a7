package dev.postern.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** How rules in shadow are remembered, on H2, in a file. */
final class H2ShadowLedgerTest extends ShadowLedgerContract {
  @TempDir Path folder;

  @Override
  Store.Access database() {
    return Databases.h2(folder);
  }
}
