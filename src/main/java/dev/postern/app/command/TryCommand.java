package dev.postern.app.command;

import dev.postern.app.settings.Settings;
import dev.postern.app.settings.Settings.Mode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code postern try}. */
@Command(
    name = "try",
    mixinStandardHelpOptions = true,
    versionProvider = PosternCommand.Version.class,
    header = "Shows Postern at work, with everything built in and sample mail.",
    synopsisHeading = "%nUsage: ",
    descriptionHeading = "%n",
    description =
        "Built in are a database in the folder \"data\", a web console, a"
            + " mail entrance on port 2525, a mailbox that shows what was delivered, and ten sample"
            + " messages. It prints where to sign in. Nothing leaves this machine but DNS questions"
            + " about mail that you send it yourself.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  postern try                           then open the sign-in link that it prints",
      "  POSTERN_HTTP_PORT=8081 postern try    where port 8080 is taken"
    })
final class TryCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final Starter starter;
  @Mixin private Settled settled = new Settled();

  TryCommand(Terminal terminal, Starter starter) {
    this.terminal = terminal;
    this.starter = starter;
  }

  @Override
  public Integer call() throws CommandFailure {
    Settings settings = CommandLineTool.settings(terminal, settled.file(), Mode.TRY);
    return starter.run(settings, CommandLineTool.policy(settings), Mode.TRY);
  }
}
