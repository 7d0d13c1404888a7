package dev.postern.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code postern case}. */
@Command(
    name = "case",
    mixinStandardHelpOptions = true,
    versionProvider = PosternCommand.Version.class,
    header = "Lists, shows and decides cases of a running Postern.",
    synopsisHeading = "%nUsage: ",
    descriptionHeading = "%n",
    description =
        "Lists and shows cases of a running Postern and votes on them, as the person whose token is"
            + " used.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  postern case ls --state asking",
      "  postern case show PN-7F3K-2QXD",
      "  postern case discard PN-7F3K-2QXD --reason \"invoice fraud\""
    })
final class CaseCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command of case?");
  }
}
