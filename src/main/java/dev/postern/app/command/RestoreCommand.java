package dev.postern.app.command;

import dev.postern.app.settings.Settings;
import dev.postern.audit.Census;
import dev.postern.audit.LogVerifier;
import dev.postern.audit.Verdict;
import dev.postern.store.Backup;
import dev.postern.store.Restoration;
import dev.postern.store.Store;
import dev.postern.store.StoreTrouble;
import dev.postern.store.StoredLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code postern restore}. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    versionProvider = PosternCommand.Version.class,
    header = "Brings a backup back into an empty data folder.",
    synopsisHeading = "%nUsage: ",
    descriptionHeading = "%n",
    description = {
      "Checks the backup first: its schema, and its log from the first entry on, against its own"
          + " signatures. The keys come from the backup, or lie in keys/ of the data folder"
          + " already; nothing else may be there.",
      "",
      "The mail system has gone on since the backup. Cases that were still held in it are marked:"
          + " their cards warn that the message may have been delivered since, and what was"
          + " decided and not yet proved is looked up before anything is sent. What came after the"
          + " backup is not in it (docs/operating.md, \"Backup\").",
      "",
      "Exits with 0 when everything is in place, 1 when the log of the backup is not intact, 2 for"
          + " wrong usage, 3 when it could not be done; then the data folder is as it was."
    },
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  postern restore /backup/postern-monday.zip",
      "  postern restore /backup/postern-monday.zip --check"
    })
final class RestoreCommand implements Callable<Integer> {
  private static final Set<String> MAY_BE_THERE = Set.of("keys", "lost+found", "restoring");

  private final Terminal terminal;
  @Mixin private Settled settled = new Settled();

  @Parameters(paramLabel = "FILE", description = "What \"postern backup\" wrote.")
  private String file = "";

  @Option(
      names = "--check",
      description = "Only check the backup, beside the data folder, and leave nothing there.")
  private boolean check;

  RestoreCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandFailure {
    Settings.Keeping keeping = CommandLineTool.keeping(terminal, settled.file());
    Path backup = terminal.workingFolder().resolve(file);
    if (!Files.isReadable(backup)) {
      throw CommandFailure.usage("there is no readable file " + file);
    }
    try {
      Path database = Backup.file(keeping.store().opened(1));
      if (!check) {
        refuseIfUsed(keeping.data(), database);
      }
      privateFolder(keeping.data());
      // On the disk of the database: what is checked there is put into place in one step.
      Path beside = database.resolveSibling("restoring");
      try {
        return restored(new BackupFile(backup), beside, keeping, database);
      } finally {
        delete(beside);
      }
    } catch (StoreTrouble trouble) {
      throw CommandFailure.unavailable(String.valueOf(trouble.getMessage()));
    } catch (IOException broken) {
      throw CommandFailure.unavailable(
          file + " cannot be restored, and nothing was changed: " + BackupCommand.reason(broken));
    }
  }

  private void refuseIfUsed(Path data, Path database) throws CommandFailure, IOException {
    Optional<Path> found = Optional.of(database).filter(Files::exists);
    if (found.isEmpty() && Files.isDirectory(data)) {
      try (Stream<Path> files = Files.list(data)) {
        found = files.filter(it -> !MAY_BE_THERE.contains(it.getFileName().toString())).findFirst();
      }
    }
    if (found.isPresent()) {
      throw CommandFailure.usage(
          found.get() + " is there: restore into an empty folder, or move that away first");
    }
  }

  private int restored(BackupFile backup, Path beside, Settings.Keeping keeping, Path database)
      throws IOException, CommandFailure {
    delete(beside);
    privateFolder(beside);
    List<Path> keys = backup.unpack(beside);
    Path folder = keeping.data().resolve("keys");
    if (!keys.isEmpty() && Files.exists(folder) && !check) {
      throw CommandFailure.usage(
          folder + " is there, and the backup brings keys of its own: move one of them away");
    }
    Store.Access copy =
        Store.Access.to("jdbc:h2:file:" + beside.resolve("postern").toAbsolutePath());
    Backup.check(copy);
    String log = verified(copy, keys.isEmpty() ? folder : beside);
    Restoration restoration = Restoration.of(copy, () -> now());
    if (!check) {
      putInPlace(beside, keys, folder, database);
    }
    terminal.out().println(told(restoration, log, keys.isEmpty()));
    return Exit.OK;
  }

  private static void privateFolder(Path folder) throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  private static String verified(Store.Access copy, Path keys) throws CommandFailure {
    Path key = keys.resolve("log.key");
    if (!Files.exists(key)) {
      throw CommandFailure.usage(
          "the backup holds no keys: copy the keys of the lost Postern to "
              + keys
              + " first; its log cannot be continued with others");
    }
    LogVerifier verifier = new LogVerifier(Trusted.keyOf(key, ""));
    Census census = new Census(verifier);
    StoredLog.of(copy).check(census, verifier);
    return switch (verifier.verdict()) {
      case Verdict.Whole _ -> LogReport.counted(census.entries(), "entry", "entries");
      case Verdict.Broken broken ->
          throw CommandFailure.no(
              "the log in the backup is not intact, and nothing was restored: " + broken.reason());
    };
  }

  /** The database comes last: without it nothing starts. */
  private static void putInPlace(Path beside, List<Path> keys, Path folder, Path database)
      throws IOException {
    if (!keys.isEmpty()) {
      privateFolder(folder);
      for (Path key : keys) {
        Files.move(key, folder.resolve(key.getFileName()));
      }
      BackupFile.force(folder);
    }
    Path copy = beside.resolve(BackupFile.DATABASE);
    BackupFile.force(copy);
    Files.move(copy, database, StandardCopyOption.ATOMIC_MOVE);
    BackupFile.force(database.resolveSibling(""));
  }

  private String told(Restoration restoration, String log, boolean ownKeys) {
    StringBuilder text = new StringBuilder();
    text.append(check ? "The backup is good.\n" : "Restored.\n");
    line(text, "as of", restoration.newest().map(Instant::toString).orElse("an empty store"));
    line(text, "cases", String.valueOf(restoration.cases()));
    line(text, "held", restoration.held() + ", each marked: it may have been delivered since");
    line(text, "look up", restoration.lookedUp() + " decided and not proved: asked, not repeated");
    line(text, "log", "intact, " + log);
    line(text, "keys", ownKeys ? "those in the data folder" : "those of the backup");
    if (!check) {
      text.append("Mail and clicks that came after the backup are not in it. Now: postern serve");
    }
    return text.toString().stripTrailing();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("  %-8s %s\n".formatted(name, value));
  }

  private static void delete(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path inside : files.toList()) {
          Files.delete(inside);
        }
      }
      Files.delete(folder);
    }
  }
}
