package dev.postern.app.command;

import dev.postern.audit.AuditExport;
import dev.postern.audit.Census;
import dev.postern.store.StoredLog;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code postern audit export}. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    versionProvider = PosternCommand.Version.class,
    header = "Writes the whole log with its checkpoints into a file.",
    synopsisHeading = "%nUsage: ",
    descriptionHeading = "%n",
    description =
        "Reads the log from the store that the settings name, as it is at this moment. On"
            + " PostgreSQL, Postern may be running; on H2, stop it first. The file holds who, what,"
            + " when and digests, no words of any message, and is all that \"postern audit verify\""
            + " needs besides the public key. Exits with 0 when it is written, 2 for wrong usage, 3"
            + " when the store cannot be read.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  postern audit export --out log.jsonl")
final class AuditExportCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private Settled settled = new Settled();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "File to write, in place of an older one; - writes to standard output.")
  private String file = "";

  AuditExportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandFailure {
    StoredLog log = LogOfStore.open(CommandLineTool.keeping(terminal, settled.file()).store());
    OutFile to = new OutFile(terminal, file);
    Census census =
        to.write(
            out -> {
              Census counted = new Census(new AuditExport(out));
              log.read(counted);
              return counted;
            });
    PrintStream told = to.standardOutput() ? terminal.err() : terminal.out();
    told.println(
        "wrote %s and %s%s"
            .formatted(
                LogReport.counted(census.entries(), "entry", "entries"),
                LogReport.counted(census.checkpoints(), "checkpoint", "checkpoints"),
                to.standardOutput() ? "" : " to " + file));
    return Exit.OK;
  }
}
