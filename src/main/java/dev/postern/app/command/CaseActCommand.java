package dev.postern.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.app.command.Ballots.Wish;
import dev.postern.approval.Act;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What somebody does about the own vote on a case, with nothing more to say. */
abstract sealed class CaseActCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private Connection connection = new Connection();

  @Parameters(index = "0", paramLabel = "CASE", description = "Its id, such as PN-7F3K-2QXD.")
  private String id = "";

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  private CaseActCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** What is wanted. */
  abstract Act act();

  @Override
  public Integer call() throws CommandFailure {
    JsonNode answer = new Ballots(connection.open(terminal)).vote(id, Wish.of(act()));
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
      super(terminal);
    }

    @Override
    Act act() {
      return new Act.Withdraw();
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
      super(terminal);
    }

    @Override
    Act act() {
      return new Act.StepAside();
    }
  }

  /** {@code postern case hand-over}. */
  @Command(
      name = "hand-over",
      mixinStandardHelpOptions = true,
      versionProvider = PosternCommand.Version.class,
      descriptionHeading = "%n",
      description =
          "Lets somebody else decide in your place, whom the chain of the case names as well:"
              + " \"postern case show CASE --json\" lists them under ballot.substitutes. Not after"
              + " you have voted.",
      parameterListHeading = "%nParameters:%n",
      optionListHeading = "%nOptions:%n",
      footerHeading = "%nExample:%n",
      footer = "  postern case hand-over PN-7F3K-2QXD noor")
  static final class HandOver extends CaseActCommand {
    @Parameters(index = "1", paramLabel = "PERSON", description = "The id of that person.")
    private String person = "";

    HandOver(Terminal terminal) {
      super(terminal);
    }

    @Override
    Act act() {
      return new Act.HandOver(person);
    }
  }
}
