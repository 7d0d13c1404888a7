package dev.postern.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code postern teams}. */
@Command(
    name = "teams",
    mixinStandardHelpOptions = true,
    versionProvider = PosternCommand.Version.class,
    header = "Makes what Microsoft Teams needs to know Postern.",
    synopsisHeading = "%nUsage: ",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  postern teams package --out postern-teams.zip")
final class TeamsCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command? There is: package");
  }
}
