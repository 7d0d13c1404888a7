package dev.postern.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code postern doctor}. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    versionProvider = PosternCommand.Version.class,
    header = "Looks over what Postern is connected to, and says what to mend.",
    synopsisHeading = "%nUsage: ",
    descriptionHeading = "%n",
    description = "Needs no running Postern, and reads the same settings.",
    synopsisSubcommandLabel = "PART",
    commandListHeading = "%nParts:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  postern doctor slack --config /etc/postern.conf")
final class DoctorCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which part? There is: slack, teams, mail");
  }
}
