package dev.postern.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** How senders are counted, on H2, in a file. */
final class H2SenderLedgerTest extends SenderLedgerContract {
  @TempDir Path folder;

  @Override
  Store.Access database() {
    try {
      return Databases.h2(Files.createTempDirectory(folder, "store"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
