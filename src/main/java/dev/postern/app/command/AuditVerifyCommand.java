package dev.postern.app.command;

import dev.postern.audit.Census;
import dev.postern.audit.LogKey;
import dev.postern.audit.LogVerifier;
import dev.postern.audit.ProofFile;
import dev.postern.audit.Verdict;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code postern audit verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = PosternCommand.Version.class,
    header = "Says whether anybody changed the log.",
    synopsisHeading = "%nUsage: ",
    descriptionHeading = "%n",
    description = {
      "Recomputes the log from its first entry on and checks every signature. Finds what was"
          + " changed, removed, added or put in another order, and says where. With FILE it needs"
          + " that export and the public key only, and works anywhere; without, it reads the store"
          + " that the settings name (on H2, stop Postern first).",
      "",
      "A FILE of \"postern audit prove\" holds a few entries with their proofs: they are shown when"
          + " they stand in the log.",
      "",
      "That the end of the log was cut off together with its checkpoints shows only against a"
          + " checkpoint that was kept elsewhere: --since.",
      "",
      "Exits with 0 when the log is intact, 1 when it is not, 2 for wrong usage, 3 when the store"
          + " cannot be read."
    },
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  postern audit verify",
      "  postern audit verify log.jsonl --key postern.pub --since kept.txt --keep kept.txt"
    })
final class AuditVerifyCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private Settled settled = new Settled();
  @Mixin private Trusted trusted = new Trusted();

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description =
          "What \"postern audit export\" or \"audit prove\" wrote; - reads it from standard input."
              + " Without, the log in the store.")
  private Optional<String> file = Optional.empty();

  @Option(
      names = "--keep",
      paramLabel = "FILE",
      description =
          "When the log is intact, writes its newest checkpoint there, for --since of the next"
              + " time.")
  private Optional<Path> keep = Optional.empty();

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  AuditVerifyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandFailure {
    LogKey key = trusted.key(terminal, settled);
    List<String> kept = trusted.notes(terminal);
    LogVerifier verifier = new LogVerifier(key);
    kept.forEach(verifier::since);
    Census census = new Census(verifier);
    Optional<String> proofs = Optional.empty();
    if (file.isPresent()) {
      proofs = new ExportedLog(terminal, file.get()).opened(in -> logOrProofs(in, census));
    } else {
      LogOfStore.open(CommandLineTool.keeping(terminal, settled.file()).store())
          .check(census, verifier);
    }
    return proofs.isPresent()
        ? answer(proofs.get(), key)
        : answer(
            new LogReport(file.orElse("the store"), key, census, kept.size()), verifier.verdict());
  }

  /** The text, where the file holds proofs; a log is given to the census. */
  private static Optional<String> logOrProofs(BufferedInputStream in, Census census)
      throws IOException {
    if (ProofFile.begins(ExportedLog.firstLine(in))) {
      return Optional.of(ExportedLog.proofs(in));
    }
    ExportedLog.read(in, census);
    return Optional.empty();
  }

  private int answer(String proofs, LogKey key) throws CommandFailure {
    String name = file.orElseThrow();
    ProofFile parsed =
        ProofFile.parse(proofs)
            .orElseThrow(() -> CommandFailure.no(name + " is cut off, or was changed"));
    ProofReport report = new ProofReport(name, parsed, key, trusted.checkpoints(terminal, key));
    Optional<String> wrong = report.wrong();
    terminal.out().println(json ? report.json(wrong) : report.text(wrong));
    return wrong.isEmpty() ? Exit.OK : Exit.NO;
  }

  private int answer(LogReport report, Verdict verdict) throws CommandFailure {
    terminal.out().println(json ? report.json(verdict) : report.text(verdict));
    if (verdict instanceof Verdict.Whole) {
      keep(report.census());
      return Exit.OK;
    }
    return Exit.NO;
  }

  private void keep(Census census) throws CommandFailure {
    if (keep.isEmpty() || census.newest().isEmpty()) {
      return;
    }
    try {
      Files.writeString(terminal.workingFolder().resolve(keep.get()), census.newest().get());
    } catch (IOException full) {
      throw CommandFailure.usage("--keep: " + keep.get() + " cannot be written");
    }
  }
}
