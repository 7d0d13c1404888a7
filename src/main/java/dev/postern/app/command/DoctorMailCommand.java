package dev.postern.app.command;

import dev.postern.app.settings.Settings;
import dev.postern.app.settings.Settings.Mode;
import dev.postern.card.Finding;
import dev.postern.quarantine.postfix.PostfixCheck;
import dev.postern.quarantine.postfix.PostfixParts;
import dev.postern.quarantine.postfix.PostfixSettings;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code postern doctor mail}. */
@Command(
    name = "mail",
    mixinStandardHelpOptions = true,
    versionProvider = PosternCommand.Version.class,
    header = "Looks the mail system over: its settings, queue, helper, log, the way back.",
    synopsisHeading = "%nUsage: ",
    descriptionHeading = "%n",
    description =
        "Says of each finding what it is, why it matters and what to do. Run it as the user of"
            + " Postern. Changes nothing. Exits with 0 when nothing is wrong, 1 when something is,"
            + " 2 for wrong usage or settings, 3 when something could not be asked and nothing else"
            + " is wrong.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  postern doctor mail --config /etc/postern.conf")
final class DoctorMailCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private Settled settled = new Settled();

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  DoctorMailCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandFailure {
    Settings settings = CommandLineTool.settings(terminal, settled.file(), Mode.TRY);
    PostfixSettings postfix =
        settings
            .postfix()
            .orElseThrow(
                () ->
                    CommandFailure.usage(
                        "No mail system is followed: set mail.postfix.name"
                            + " (docs/mail/postfix.md)"));
    List<Finding> findings = new PostfixCheck(new PostfixParts(postfix)).look();
    return new Diagnosis(findings).tell(terminal, json);
  }
}
