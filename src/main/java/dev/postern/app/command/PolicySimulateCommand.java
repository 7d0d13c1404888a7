package dev.postern.app.command;

import dev.postern.app.command.Simulation.Named;
import dev.postern.app.settings.Settings;
import dev.postern.app.settings.Settings.Mode;
import dev.postern.policy.Policy;
import dev.postern.policy.Replay;
import dev.postern.web.PrecedentFrames.Opening;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code postern policy simulate}. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    versionProvider = PosternCommand.Version.class,
    header = "Tries a policy on the mail of the past (docs/policy.md).",
    synopsisHeading = "%nUsage: ",
    descriptionHeading = "%n",
    description = {
      "Replays the evidence that Postern kept of each case of the last days: no DNS, no mail,"
          + " nothing changes. Shows for each rule how many cases it would settle and what people"
          + " decided of these, which cases would go another way, and what work that saves. With"
          + " --policy that file is compared with the policy in force; without, the policy in"
          + " force with what was ruled then.",
      "",
      "A running Postern gives the cases to members of the group admins; where none runs, and on"
          + " PostgreSQL, the store that the settings name is read.",
      "",
      "Exits with 0 when all was replayed, 1 when a policy file has mistakes or you may not, 2 for"
          + " wrong usage, 3 when the cases cannot be read."
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  postern policy simulate --policy new.yaml",
      "  postern policy simulate --days 30 --json"
    })
final class PolicySimulateCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final InstantSource clock;
  @Mixin private Connection connection = new Connection();
  @Mixin private LookBack lookBack = new LookBack();

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "The policy to try; otherwise the one in force.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--cases",
      paramLabel = "N",
      description = "How many changed cases to name, up to 50. Default: ${DEFAULT-VALUE}.")
  private int named = 10;

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  PolicySimulateCommand(Terminal terminal, InstantSource clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public Integer call() throws CommandFailure {
    int days = lookBack.days();
    if (named < 0 || named > Replay.MOST_NAMED) {
      throw CommandFailure.usage("--cases must be from 0 to " + Replay.MOST_NAMED);
    }
    Settings settings = CommandLineTool.settings(terminal, connection.file(), Mode.TRY);
    Named inForce = inForce(settings);
    Named after = file.isPresent() ? tried(file.get()) : inForce;
    Simulation simulation = simulated(settings, inForce, after, days);
    terminal
        .out()
        .println(
            json
                ? SimulationJson.of(simulation, named)
                : new SimulationText(simulation, named).text());
    return Exit.OK;
  }

  private Named inForce(Settings settings) throws CommandFailure {
    return settings.policyFile().isPresent()
        ? tried(settings.policyFile().get())
        : new Named("the built-in policy", Policy.builtIn());
  }

  private Named tried(Path policy) throws CommandFailure {
    return new Named(
        String.valueOf(policy.getFileName()), CommandLineTool.policy(terminal, policy));
  }

  private Simulation simulated(Settings settings, Named inForce, Named after, int days)
      throws CommandFailure {
    Optional<Named> before = file.map(_ -> inForce);
    Replay replay = new Replay(before.map(Named::policy), after.policy());
    Opening opening = opening(settings, inForce, replay, days);
    Optional<String> elsewhere =
        Optional.of(opening.policy()).filter(it -> !it.equals(inForce.policy().version()));
    return new Simulation(
        new Simulation.Head(
            opening.when(), days, before, after, connection.console(settings), elsewhere),
        replay.done());
  }

  private Opening opening(Settings settings, Named inForce, Replay replay, int days)
      throws CommandFailure {
    try (PastCases cases = PastCases.open(terminal, connection, settings, clock)) {
      return cases.give(terminal, days, inForce.policy().version(), replay);
    }
  }
}
