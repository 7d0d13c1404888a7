package dev.postern.app.command;

import dev.postern.app.settings.Settings;
import dev.postern.store.Backup;
import dev.postern.store.StoreTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code postern backup}. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    versionProvider = PosternCommand.Version.class,
    header = "Writes a backup of the H2 database, also while Postern runs.",
    synopsisHeading = "%nUsage: ",
    descriptionHeading = "%n",
    description = {
      "Everything that was acknowledged before is in it: held mail, cases, votes, the"
          + " tamper-evident log. A running Postern makes it, and gives it to members of the group"
          + " admins; where none runs, the file in the data folder is read. PostgreSQL has"
          + " pg_dump (docs/operating.md, \"Backup\").",
      "",
      "Whoever reads the file reads the held mail. The keys in the data folder are not in it"
          + " unless you say so; a restored Postern needs them.",
      "",
      "Exits with 0 when the whole file is on the disk, 1 when you may not, 2 for wrong usage, 3"
          + " when it could not be made; then nothing is left of it."
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  postern backup --out /backup/postern-monday.zip --token-file kim.token")
final class BackupCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private Connection connection = new Connection();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "File to write; only you may read it.")
  private String file = "";

  @Option(names = "--replace", description = "Write it in place of an older file of that name.")
  private boolean replace;

  @Option(
      names = "--with-keys",
      description =
          "Put the keys of the data folder into it. Whoever reads the file can then vote for"
              + " anybody and rewrite the log: encrypt it.")
  private boolean withKeys;

  BackupCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandFailure {
    Settings.Keeping keeping = CommandLineTool.keeping(terminal, connection.file());
    Path whole = terminal.workingFolder().resolve(file).toAbsolutePath().normalize();
    if (Files.exists(whole) && !replace) {
      throw CommandFailure.usage(file + " exists: choose another name, or say --replace");
    }
    List<Path> keys = withKeys ? keys(keeping) : List.of();
    Path made = whole.resolveSibling(whole.getFileName() + ".made");
    try {
      try {
        BackupFile.fresh(made);
        boolean closed = !connection.named() && closed(keeping, made);
        if (!closed) {
          connection.open(terminal).backup(made);
        }
        new BackupFile(whole).write(made, keys);
        terminal.out().println(wrote(whole, closed));
        return Exit.OK;
      } finally {
        Files.deleteIfExists(made);
      }
    } catch (IOException full) {
      throw CommandFailure.unavailable(
          file + " cannot be written, and nothing is left of it: " + reason(full));
    }
  }

  private static boolean closed(Settings.Keeping keeping, Path made) throws CommandFailure {
    try {
      return Backup.ofClosed(keeping.store().opened(1), made);
    } catch (StoreTrouble trouble) {
      throw CommandFailure.unavailable(String.valueOf(trouble.getMessage()));
    }
  }

  private static List<Path> keys(Settings.Keeping keeping) throws CommandFailure {
    Path folder = keeping.data().resolve("keys");
    List<Path> keys = BackupFile.KEYS.stream().map(folder::resolve).toList();
    for (Path key : keys) {
      if (!Files.isReadable(key)) {
        throw CommandFailure.usage(
            "--with-keys: " + key + " cannot be read: run this as the user that runs Postern");
      }
    }
    return keys;
  }

  private String wrote(Path whole, boolean closed) throws IOException {
    return "wrote %s, %,d KiB, from %s, %s"
        .formatted(
            file,
            (Files.size(whole) + 1023) >> 10,
            closed ? "the data folder" : "the running Postern",
            withKeys
                ? "with its keys: encrypt it"
                : "without its keys: keep keys/ of the data folder elsewhere, once");
  }

  static String reason(IOException e) {
    String said = String.valueOf(e.getMessage());
    return said.isBlank() || said.equals("null") ? e.getClass().getSimpleName() : said;
  }
}
