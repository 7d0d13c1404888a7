package dev.postern.store;

import java.nio.file.Path;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.io.TempDir;

/** Query plans of H2. */
final class H2PlanTest extends PlanContract {
  @TempDir Path folder;

  @Override
  Store.Access database() {
    return Databases.h2(folder);
  }

  /** H2 chooses by what there is an index for, not by how many rows there are. */
  @Override
  int cases() {
    return 2_000;
  }

  @Override
  void settle(Handle handle) {
    handle.execute("ANALYZE");
  }

  @Override
  Map<String, Long> wholeReads(Store.Access access) {
    return Map.of();
  }
}
