package dev.postern.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code postern config}. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    versionProvider = PosternCommand.Version.class,
    header = "Checks settings.",
    synopsisHeading = "%nUsage: ",
    descriptionHeading = "%n",
    description = "Works with settings (docs/settings.md).",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  postern config check --config /etc/postern.conf")
final class ConfigCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command of config?");
  }
}
