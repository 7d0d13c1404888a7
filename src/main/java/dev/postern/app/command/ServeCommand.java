package dev.postern.app.command;

import dev.postern.app.settings.Settings;
import dev.postern.app.settings.Settings.Mode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code postern serve}. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    versionProvider = PosternCommand.Version.class,
    header = "Runs Postern.",
    synopsisHeading = "%nUsage: ",
    descriptionHeading = "%n",
    description =
        "Takes its settings from postern.conf, .env and the environment (docs/settings.md). Prints one line \"postern ready ...\" when it can take mail,"
            + " and stops in order on SIGTERM or Ctrl-C.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = {
      "  POSTERN_MAIL_SMTP_NEXT_HOP=mail.firm.example:25 postern serve --config /etc/postern.conf"
    })
final class ServeCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final Starter starter;
  @Mixin private Settled settled = new Settled();

  ServeCommand(Terminal terminal, Starter starter) {
    this.terminal = terminal;
    this.starter = starter;
  }

  @Override
  public Integer call() throws CommandFailure {
    Settings settings = CommandLineTool.settings(terminal, settled.file(), Mode.SERVE);
    return starter.run(settings, CommandLineTool.policy(settings), Mode.SERVE);
  }
}
