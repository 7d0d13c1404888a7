package dev.postern.app.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.app.bench.Corpus;
import dev.postern.app.bench.EvidenceBench;
import dev.postern.dns.DnsJavaResolver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code postern bench evidence}. */
@Command(
    name = "evidence",
    mixinStandardHelpOptions = true,
    versionProvider = PosternCommand.Version.class,
    header = "Evaluates a corpus of messages, one at a time, and prints how long it took.",
    synopsisHeading = "%nUsage: ",
    descriptionHeading = "%n",
    description =
        "Prints one line of JSON. bench/run_all.sh in the source tree makes the corpus, starts a"
            + " name server for it, and runs other programs beside this one.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  postern bench evidence --corpus bench/work/corpus --dns 127.0.0.1:5353")
final class BenchEvidenceCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--corpus",
      required = true,
      paramLabel = "FOLDER",
      description = "Holds manifest.tsv and the messages it names.")
  private Path corpus = Path.of("");

  @Option(
      names = "--dns",
      required = true,
      paramLabel = "HOST:PORT",
      description = "The name server that knows the corpus.")
  private String dns = "";

  @Option(
      names = "--mode",
      paramLabel = "warm|cold",
      description =
          "warm (the default) keeps DNS answers for their TTL; cold forgets them before each"
              + " message.")
  private Mode mode = Mode.WARM;

  @Option(
      names = "--passes",
      paramLabel = "N",
      description = "Timed passes. Default: ${DEFAULT-VALUE}.")
  private int passes = 10;

  @Option(
      names = "--warmup",
      paramLabel = "N",
      description = "Passes before the clock starts. Default: ${DEFAULT-VALUE}.")
  private int warmup = 20;

  @Option(
      names = "--every",
      paramLabel = "N",
      description = "Takes every n-th message. Default: ${DEFAULT-VALUE}.")
  private int every = 1;

  @Option(
      names = "--verdicts",
      paramLabel = "FILE",
      description = "Writes the verdicts there, one line per message.")
  private Optional<Path> verdicts = Optional.empty();

  /** What stays in the cache between messages. */
  private enum Mode {
    WARM,
    COLD
  }

  BenchEvidenceCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandFailure {
    if (passes < 1 || warmup < 0 || every < 1) {
      throw CommandFailure.usage("--passes and --every must be at least 1, --warmup at least 0");
    }
    List<Corpus.Item> items = items();
    EvidenceBench bench = new EvidenceBench(items, nameServer(), Clock.systemUTC().instant());
    EvidenceBench.Figures figures = bench.run(mode == Mode.COLD, warmup, passes);
    if (verdicts.isPresent()) {
      write(verdicts.get(), figures.verdicts());
    }
    terminal.out().println(json(figures));
    return Exit.OK;
  }

  private List<Corpus.Item> items() throws CommandFailure {
    Path folder = terminal.workingFolder().resolve(corpus);
    try {
      List<Corpus.Item> items = Corpus.read(folder, every);
      if (items.isEmpty()) {
        throw CommandFailure.usage(folder.resolve("manifest.tsv") + " lists no message");
      }
      return items;
    } catch (NoSuchFileException missing) {
      throw CommandFailure.usage("--corpus: there is no file " + missing.getFile());
    } catch (IOException unreadable) {
      throw CommandFailure.usage("--corpus: " + unreadable.getMessage());
    }
  }

  private InetSocketAddress nameServer() throws CommandFailure {
    try {
      return DnsJavaResolver.server(dns);
    } catch (IllegalArgumentException noAddress) {
      throw CommandFailure.usage("--dns: " + noAddress.getMessage());
    }
  }

  private void write(Path file, String text) throws CommandFailure {
    try {
      Files.writeString(terminal.workingFolder().resolve(file), text);
    } catch (IOException unwritable) {
      throw CommandFailure.usage("--verdicts: " + file + " cannot be written");
    }
  }

  private static String json(EvidenceBench.Figures figures) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("name", "postern");
    line.put("version", CommandLineTool.version() + ", JDK " + Runtime.version());
    line.put("messages", figures.messages());
    line.put("seconds_cpu", figures.cpuSeconds());
    line.put("seconds_wall", figures.wallSeconds());
    line.put("ms_p50", figures.p50());
    line.put("ms_p90", figures.p90());
    line.put("ms_p99", figures.p99());
    line.put("verdict_hash", sha256(figures.verdicts()));
    return line.toString();
  }

  private static String sha256(String text) {
    try {
      byte[] octets = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
