package dev.postern.app.command;

import dev.postern.app.bench.clicks.ClickBench;
import dev.postern.app.bench.clicks.ClickFigures;
import dev.postern.app.bench.clicks.ClickPlan;
import dev.postern.app.bench.clicks.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code postern bench clicks}. */
@Command(
    name = "clicks",
    mixinStandardHelpOptions = true,
    versionProvider = PosternCommand.Version.class,
    header = "Clicks on cards and counts acknowledgements and effects.",
    synopsisHeading = "%nUsage: ",
    descriptionHeading = "%n",
    description =
        "Starts a Postern of its own in a temporary folder, with a stand-in for Slack, the mail"
            + " system and DNS on this machine, and measures beside it how many bare commits the"
            + " same store takes. Prints one line a run. The exit code is 1 when an acknowledged"
            + " click had no effect, a case had two, or somebody was told twice.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  postern bench clicks --scenario wide --connections 1,8,64",
      "  postern bench clicks --scenario wide --cases 500 --rate 50 --json"
    })
final class BenchClicksCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--scenario",
      split = ",",
      paramLabel = "NAME",
      description =
          "hot (one case), wide (a click a case), replay (all twice), mixed (some without right),"
              + " crash (kill -9 meanwhile). Default: all of them.")
  private List<Scenario> scenarios = List.of(Scenario.values());

  @Option(
      names = "--store",
      paramLabel = "h2|URL",
      description =
          "h2, or a PostgreSQL database as jdbc:postgresql:..., where it makes a schema of its own"
              + " and drops it; user and password come from POSTERN_STORE_USER and"
              + " POSTERN_STORE_PASSWORD. Default: ${DEFAULT-VALUE}.")
  private String store = "h2";

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description =
          "Where the temporary folder is made; its disk is what H2 is measured on. Default: that"
              + " of the system.")
  private Path folder = Path.of(System.getProperty("java.io.tmpdir"));

  @Option(
      names = "--cases",
      paramLabel = "N",
      description = "Cases of every scenario but hot. Default: ${DEFAULT-VALUE}.")
  private int cases = 2000;

  @Option(
      names = "--clicks",
      paramLabel = "N",
      description = "Clicks of hot. Default: ${DEFAULT-VALUE}.")
  private int clicks = 10_000;

  @Option(
      names = "--connections",
      split = ",",
      paramLabel = "N",
      description = "Clicks under way at once; several are several runs. Default: 64.")
  private List<Integer> connections = List.of(64);

  @Option(
      names = "--people",
      paramLabel = "N",
      description = "People who may decide. Default: ${DEFAULT-VALUE}.")
  private int people = 50;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "Clicks a second, whether or not earlier ones were answered. Default: the next when the"
              + " one before is answered.")
  private double rate;

  @Option(
      names = "--kills",
      paramLabel = "N",
      description = "How often crash kills Postern. Default: ${DEFAULT-VALUE}.")
  private int kills = 20;

  @Option(names = "--json", description = "Prints JSON, one line a run.")
  private boolean json;

  BenchClicksCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandFailure {
    check();
    boolean exact = true;
    for (Scenario scenario : scenarios) {
      for (int each : connections) {
        ClickFigures figures = run(scenario, each);
        terminal.out().println(json ? ClickText.json(figures) : ClickText.line(figures));
        exact &= figures.exact();
      }
    }
    return exact ? Exit.OK : Exit.NO;
  }

  private void check() throws CommandFailure {
    boolean few = cases < 1 || clicks < 1 || people < 1 || kills < 1;
    if (few || rate < 0 || connections.stream().anyMatch(n -> n < 1)) {
      throw CommandFailure.usage(
          "--cases, --clicks, --connections, --people and --kills must be at least 1, --rate not"
              + " below 0");
    }
    if (!store.equals("h2") && !store.startsWith("jdbc:postgresql:")) {
      throw CommandFailure.usage("--store is h2 or begins with jdbc:postgresql:");
    }
    if (!Files.isDirectory(home())) {
      throw CommandFailure.usage("--folder: there is no folder " + home());
    }
  }

  private Path home() {
    return terminal.workingFolder().resolve(folder).toAbsolutePath();
  }

  private ClickFigures run(Scenario scenario, int under) throws CommandFailure {
    ClickPlan plan =
        new ClickPlan(
            scenario,
            home(),
            database(),
            new ClickPlan.Load(cases, clicks, under, people, rate),
            kills);
    try {
      return ClickBench.run(plan);
    } catch (IOException | SQLException e) {
      throw CommandFailure.unavailable(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.unavailable("the bench was interrupted");
    }
  }

  private Optional<ClickPlan.Database> database() {
    return store.equals("h2")
        ? Optional.empty()
        : Optional.of(
            new ClickPlan.Database(
                store,
                terminal.environment().getOrDefault("POSTERN_STORE_USER", ""),
                terminal.environment().getOrDefault("POSTERN_STORE_PASSWORD", "")));
  }
}
