package dev.postern.app.command;

import dev.postern.audit.AuditExport;
import dev.postern.audit.Census;
import dev.postern.audit.Checkpoint;
import dev.postern.audit.LogKey;
import dev.postern.audit.LogVerifier;
import dev.postern.audit.Verdict;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description =
          "What \"postern audit export\" wrote; - reads it from standard input. Without, the log in"
              + " the store.")
  private Optional<String> file = Optional.empty();

  @Option(
      names = "--since",
      paramLabel = "FILE",
      description =
          "Checkpoints that were kept elsewhere, one or many: proves that the log then is the"
              + " beginning of the log now.")
  private Optional<Path> since = Optional.empty();

  @Option(
      names = "--keep",
      paramLabel = "FILE",
      description =
          "When the log is intact, writes its newest checkpoint there, for --since of the next"
              + " time.")
  private Optional<Path> keep = Optional.empty();

  @Option(
      names = "--key",
      paramLabel = "FILE|TEXT",
      description =
          "The public key of the log, or a file that holds it; without, the second line of"
              + " keys/log.key in the data folder.")
  private Optional<String> key = Optional.empty();

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  AuditVerifyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandFailure {
    LogKey verifierKey = verifierKey();
    LogVerifier verifier = new LogVerifier(verifierKey);
    List<String> kept = since.isPresent() ? kept(since.get()) : List.of();
    kept.forEach(verifier::since);
    Census census = new Census(verifier);
    if (file.isPresent()) {
      readFile(file.get(), census);
    } else {
      LogOfStore.open(CommandLineTool.keeping(terminal, settled.file()).store())
          .check(census, verifier);
    }
    Verdict verdict = verifier.verdict();
    LogReport report = new LogReport(file.orElse("the store"), verifierKey, census, kept.size());
    terminal.out().println(json ? report.json(verdict) : report.text(verdict));
    if (verdict instanceof Verdict.Whole) {
      keep(census);
      return Exit.OK;
    }
    return Exit.NO;
  }

  private void readFile(String name, Census census) throws CommandFailure {
    try (InputStream in = name.equals("-") ? terminal.in() : Files.newInputStream(path(name))) {
      BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
      AuditExport.read(buffered, census);
    } catch (IOException | UncheckedIOException unreadable) {
      throw CommandFailure.usage("there is no readable file " + name);
    }
    if (census.isEmpty()) {
      census.malformed("the file is empty: nothing was exported, or everything was cut off");
    }
  }

  private List<String> kept(Path from) throws CommandFailure {
    try {
      List<String> notes = Checkpoint.notes(Files.readString(path(from.toString())));
      if (!notes.isEmpty()) {
        return notes;
      }
    } catch (IOException unreadable) {
      throw CommandFailure.usage("--since: there is no readable file " + from);
    }
    throw CommandFailure.usage("--since: " + from + " holds no checkpoint");
  }

  private void keep(Census census) throws CommandFailure {
    if (keep.isEmpty() || census.newest().isEmpty()) {
      return;
    }
    try {
      Files.writeString(path(keep.get().toString()), census.newest().get());
    } catch (IOException full) {
      throw CommandFailure.usage("--keep: " + keep.get() + " cannot be written");
    }
  }

  private LogKey verifierKey() throws CommandFailure {
    if (key.isPresent()) {
      Optional<LogKey> itself = LogKey.parse(key.get());
      return itself.isPresent() ? itself.get() : keyOf(path(key.get()), "--key: ");
    }
    Path data = CommandLineTool.keeping(terminal, settled.file()).data();
    return keyOf(data.resolve("keys").resolve("log.key"), "name the log's public key with --key: ");
  }

  /** The line of a file that is a public key; beside it a key file holds the secret half. */
  private static LogKey keyOf(Path from, String option) throws CommandFailure {
    try (Stream<String> lines = Files.lines(from)) {
      return lines
          .flatMap(line -> LogKey.parse(line).stream())
          .findFirst()
          .orElseThrow(() -> CommandFailure.usage(option + from + " holds no public key"));
    } catch (IOException | UncheckedIOException unreadable) {
      throw CommandFailure.usage(option + "there is no readable file " + from);
    }
  }

  private Path path(String name) {
    return terminal.workingFolder().resolve(name);
  }
}
