package dev.postern.app.command;

import dev.postern.app.settings.Settings;
import dev.postern.app.settings.Settings.Mode;
import dev.postern.policy.Policy;
import dev.postern.policy.ShadowReport;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code postern policy shadow}. */
@Command(
    name = "shadow",
    mixinStandardHelpOptions = true,
    versionProvider = PosternCommand.Version.class,
    header = "Says what rules in shadow would have done (docs/policy.md).",
    synopsisHeading = "%nUsage: ",
    descriptionHeading = "%n",
    description = {
      "Of each rule with \"shadow: true\" of the policy in force: since when it stands there as it"
          + " is, how much mail it would have settled, how often people decided as it would have,"
          + " and the cases on which they decided the other way.",
      "",
      "A running Postern gives the cases to members of the group admins; where none runs, and on"
          + " PostgreSQL, the store that the settings name is read.",
      "",
      "Exits with 0 when all was read, 1 when the policy has mistakes or you may not, 2 for wrong"
          + " usage, 3 when the cases cannot be read."
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  postern policy shadow", "  postern policy shadow --days 30 --json"})
final class PolicyShadowCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final InstantSource clock;
  @Mixin private Connection connection = new Connection();
  @Mixin private LookBack lookBack = new LookBack();

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "The policy file; otherwise the one that the settings name.")
  private Optional<Path> file = Optional.empty();

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  PolicyShadowCommand(Terminal terminal, InstantSource clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public Integer call() throws CommandFailure {
    int days = lookBack.days();
    Settings settings = CommandLineTool.settings(terminal, connection.file(), Mode.TRY);
    Optional<Path> path = file.or(settings::policyFile);
    Policy policy =
        path.isPresent() ? CommandLineTool.policy(terminal, path.get()) : Policy.builtIn();
    ShadowReport report = report(settings, policy, days);
    ShadowText text = new ShadowText(days, connection.console(settings));
    terminal.out().println(json ? text.document(policy, report) : text.text(policy, report));
    return Exit.OK;
  }

  private ShadowReport report(Settings settings, Policy policy, int days) throws CommandFailure {
    try (PastCases cases = PastCases.open(terminal, connection, settings, clock)) {
      ShadowReport report = new ShadowReport(policy, cases.shadows());
      cases.give(terminal, days, policy.version(), report);
      return report;
    }
  }
}
