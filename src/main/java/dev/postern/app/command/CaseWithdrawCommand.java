package dev.postern.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.app.command.Ballots.Wish;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
final class CaseWithdrawCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private Connection connection = new Connection();

  @Parameters(paramLabel = "CASE", description = "Its id, such as PN-7F3K-2QXD.")
  private String id = "";

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  CaseWithdrawCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandFailure {
    Wish wish = new Wish("withdraw", List.of(), Optional.empty(), false);
    JsonNode answer = new Ballots(connection.open(terminal)).vote(id, wish);
    terminal.out().println(json ? Json.write(answer) : Ballots.sentence(answer));
    return Exit.OK;
  }
}
