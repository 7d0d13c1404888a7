package dev.postern.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.app.command.Ballots.Wish;
import dev.postern.approval.Act;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What somebody does about the own vote on a case, with nothing more to say. */
abstract sealed class CaseActCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final Act act;
  @Mixin private Connection connection = new Connection();

  @Parameters(paramLabel = "CASE", description = "Its id, such as PN-7F3K-2QXD.")
  private String id = "";

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  private CaseActCommand(Terminal terminal, Act act) {
    this.terminal = terminal;
    this.act = act;
  }

  @Override
  public Integer call() throws CommandFailure {
    Wish wish = new Wish(act.word(), List.of(), Optional.empty(), false);
    JsonNode answer = new Ballots(connection.open(terminal)).vote(id, wish);
    terminal.out().println(json ? Json.write(answer) : Ballots.sentence(answer));
    return Exit.OK;
  }

  /** {@code postern case withdraw}. */
  @Command(
      name = "withdraw",
      mixinStandardHelpOptions = true,
      versionProvider = PosternCommand.Version.class,
      descriptionHeading = "%n",
      description = "Takes the own vote on a held message back, while the others have not decided.",
      parameterListHeading = "%nParameters:%n",
      optionListHeading = "%nOptions:%n",
      footerHeading = "%nExample:%n",
      footer = "  postern case withdraw PN-7F3K-2QXD")
  static final class Withdraw extends CaseActCommand {
    Withdraw(Terminal terminal) {
      super(terminal, new Act.Withdraw());
    }
  }

  /** {@code postern case step-aside}. */
  @Command(
      name = "step-aside",
      mixinStandardHelpOptions = true,
      versionProvider = PosternCommand.Version.class,
      descriptionHeading = "%n",
      description = "Leaves the decision on a held message to the others who are asked, for good.",
      parameterListHeading = "%nParameters:%n",
      optionListHeading = "%nOptions:%n",
      footerHeading = "%nExample:%n",
      footer = "  postern case step-aside PN-7F3K-2QXD")
  static final class StepAside extends CaseActCommand {
    StepAside(Terminal terminal) {
      super(terminal, new Act.StepAside());
    }
  }
}
