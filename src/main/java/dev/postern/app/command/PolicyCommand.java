package dev.postern.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code postern policy}. */
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    versionProvider = PosternCommand.Version.class,
    header = "Checks, tests and simulates policies, and explains rulings.",
    synopsisHeading = "%nUsage: ",
    descriptionHeading = "%n",
    description = "Works with policy files (docs/policy.md).",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  postern policy check policy.yaml", "  postern policy test ."})
final class PolicyCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command of policy?");
  }
}
