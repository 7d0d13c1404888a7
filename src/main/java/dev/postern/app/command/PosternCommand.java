package dev.postern.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code postern}. */
@Command(
    name = "postern",
    mixinStandardHelpOptions = true,
    versionProvider = PosternCommand.Version.class,
    descriptionHeading = "%n",
    description =
        "Asks the right person about a held e-mail, in the chat they already have open, and acts"
            + " the moment they answer.",
    synopsisSubcommandLabel = "COMMAND",
    subcommandsRepeatable = false,
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  postern try                          see it work, with sample mail, in a minute",
      "  postern serve                        run it with the settings of postern.conf",
      "  postern case release PN-7F3K-2QXD    vote to release a held message",
      "",
      "Exit codes: 0 done, 1 the answer is no, 2 wrong usage or settings, 3 something needed does",
      "not answer. \"postern COMMAND --help\" tells more about a command."
    })
final class PosternCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }

  /** What {@code --version} says. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "postern " + CommandLineTool.version() + " (Java " + Runtime.version() + ")"
      };
    }
  }
}
