package dev.postern.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code postern case take-out}. */
@Command(
    name = "take-out",
    mixinStandardHelpOptions = true,
    versionProvider = PosternCommand.Version.class,
    descriptionHeading = "%n",
    description =
        "Takes a held message out of those of one kind that are decided together: it is asked about"
            + " on its own. Again it changes nothing.",
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  postern case take-out PN-7F3K-2QXD")
final class CaseTakeOutCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private Connection connection = new Connection();

  @Parameters(paramLabel = "CASE", description = "Its id, such as PN-7F3K-2QXD.")
  private String id = "";

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  CaseTakeOutCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandFailure {
    JsonNode answer = connection.open(terminal).takeOut(Ballots.caseId(id));
    String taken = CaseText.plain(answer.path("case").asText());
    terminal.out().println(json ? Json.write(answer) : taken + " is asked about on its own.");
    return Exit.OK;
  }
}
