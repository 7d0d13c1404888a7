package dev.postern.app.command;

import dev.postern.approval.CaseId;
import dev.postern.audit.Census;
import dev.postern.audit.Checkpoint;
import dev.postern.audit.EntryProof;
import dev.postern.audit.GrowthProof;
import dev.postern.audit.LogEntry;
import dev.postern.audit.LogKey;
import dev.postern.audit.ProofFile;
import dev.postern.audit.Prover;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiPredicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code postern audit prove}. */
@Command(
    name = "prove",
    mixinStandardHelpOptions = true,
    versionProvider = PosternCommand.Version.class,
    header = "Proves what one case went through, without the rest of the log.",
    synopsisHeading = "%nUsage: ",
    descriptionHeading = "%n",
    description = {
      "Writes the entries of one case, or one entry, each with the few hashes that lead from it to"
          + " the newest signed checkpoint. Who has the public key checks the file with \"postern"
          + " audit verify FILE\" and learns nothing of other cases. The file is made of C2SP"
          + " tlog-proofs, which other programs read as well.",
      "",
      "With --since it also proves that nothing was changed before a checkpoint that somebody kept.",
      "",
      "Exits with 0 when it is written, 1 when the log has no such entry or is not intact, 2 for"
          + " wrong usage, 3 when the store cannot be read."
    },
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  postern audit prove PN-7F3K-2QXD --out case.tlog-proof",
      "  postern audit prove 20417 --in log.jsonl --since kept.txt --out entry.tlog-proof"
    })
final class AuditProveCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private Settled settled = new Settled();
  @Mixin private Trusted trusted = new Trusted();

  @Parameters(paramLabel = "CASE|ENTRY", description = "The case, or the number of the entry.")
  private String what = "";

  @Option(
      names = "--in",
      paramLabel = "FILE",
      description =
          "What \"postern audit export\" wrote; - reads it from standard input. Without, the log in"
              + " the store (on H2, stop Postern first).")
  private Optional<String> in = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "File to write, in place of an older one; - writes to standard output.")
  private String out = "";

  AuditProveCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandFailure {
    Prover prover = new Prover(wanted());
    LogKey key = trusted.key(terminal, settled);
    read(new Census(prover));
    List<GrowthProof> growth = new ArrayList<>();
    for (Checkpoint kept : trusted.checkpoints(terminal, key)) {
      if (kept.size() > 0 && kept.size() < prover.signed()) {
        growth.add(proved(prover.since(kept.size()), kept, key));
      }
    }
    List<EntryProof> entries = prover.entries();
    if (entries.isEmpty()) {
      throw CommandFailure.no("the log has no signed entry of " + what);
    }
    if (!entries.stream().allMatch(one -> one.proved(key).isPresent())) {
      throw notIntact();
    }
    OutFile to = new OutFile(terminal, out);
    byte[] text = new ProofFile(entries, growth).text().getBytes(StandardCharsets.UTF_8);
    String wrote =
        to.write(
            octets -> {
              octets.write(text);
              return LogReport.counted(entries.size(), "entry", "entries");
            });
    if (!to.standardOutput()) {
      terminal.out().println("wrote proofs of " + wrote + " to " + out);
    }
    return Exit.OK;
  }

  private void read(Census census) throws CommandFailure {
    if (in.isEmpty()) {
      LogOfStore.open(CommandLineTool.keeping(terminal, settled.file()).store()).read(census);
      return;
    }
    long entries =
        new ExportedLog(terminal, in.get())
            .opened(
                octets -> {
                  ExportedLog.read(octets, census);
                  return census.entries();
                });
    if (entries == 0) {
      throw CommandFailure.no(in.get() + " holds no log");
    }
  }

  private static GrowthProof proved(GrowthProof growth, Checkpoint kept, LogKey key)
      throws CommandFailure {
    if (growth.proved(kept, key).isEmpty()) {
      throw notIntact();
    }
    return growth;
  }

  private static CommandFailure notIntact() {
    return CommandFailure.no(
        "nothing is proved: the log was changed, or this is not its key; \"postern audit verify\""
            + " says where");
  }

  private BiPredicate<Long, LogEntry> wanted() throws CommandFailure {
    if (what.matches("[1-9]\\d{0,17}")) {
      long wanted = Long.parseLong(what);
      return (number, _) -> number == wanted;
    }
    Optional<CaseId> id = CaseId.parse(what);
    if (id.isEmpty()) {
      throw CommandFailure.usage(
          what + " is neither a case, such as PN-7F3K-2QXD, nor the number of an entry");
    }
    return (_, entry) -> entry.caseId().equals(id.get().text());
  }
}
