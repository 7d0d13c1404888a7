package dev.postern.quarantine.mailbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.postern.quarantine.HoldingSystem;
import dev.postern.quarantine.QuarantineContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A Maildir keeps to it. */
class MaildirContractTest extends QuarantineContract {
  private final AtomicInteger delivered = new AtomicInteger();

  @Override
  protected HoldingSystem start(Path folder) throws IOException {
    for (String name : List.of("", ".Released", ".Discarded")) {
      for (String part : List.of("new", "cur", "tmp")) {
        Files.createDirectories(folder.resolve(name).resolve(part));
      }
    }
    return new MailboxSystem(
        folder,
        new MailboxSettings.Maildir(folder),
        new MailboxSettings.Maildir(folder.resolve("nowhere")),
        message -> deliver(folder, message));
  }

  private void deliver(Path folder, String message) {
    try {
      String name = "1790000000.M%dP1.mx".formatted(delivered.incrementAndGet());
      Files.writeString(folder.resolve("new").resolve(name), message, ISO_8859_1);
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException(cannotWrite);
    }
  }
}
