package dev.postern.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code postern grant}. */
@Command(
    name = "grant",
    mixinStandardHelpOptions = true,
    versionProvider = PosternCommand.Version.class,
    header = "Asks for exceptions from the rules, lists and ends them.",
    synopsisHeading = "%nUsage: ",
    descriptionHeading = "%n",
    description =
        "A grant lets mail of a sender pass, or stops it, for a time and a number of messages. It is"
            + " asked for as the person whose token is used, and begins once those approve whom the"
            + " policy names under grants.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  postern grant allow brightwater.example --hours 24 --reason \"tender, due today\"",
      "  postern grant ls",
      "  postern grant revoke PG-7F3K-2QXD"
    })
final class GrantCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command of grant?");
  }
}
