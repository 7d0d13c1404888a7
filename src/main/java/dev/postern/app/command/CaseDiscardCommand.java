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

/** {@code postern case discard}. */
@Command(
    name = "discard",
    mixinStandardHelpOptions = true,
    versionProvider = PosternCommand.Version.class,
    descriptionHeading = "%n",
    description = "Votes to delete a held message for everybody it was sent to.",
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  postern case discard PN-7F3K-2QXD --reason \"invoice fraud\"")
final class CaseDiscardCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private Connection connection = new Connection();

  @Parameters(paramLabel = "CASE", description = "Its id, such as PN-7F3K-2QXD.")
  private String id = "";

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why, for the record; most chains want one.")
  private Optional<String> reason = Optional.empty();

  @Option(
      names = "--break-glass",
      description = "Decide at once, past those who are asked; for those whom the policy names.")
  private boolean breakGlass;

  @Option(
      names = "--messages",
      paramLabel = "N",
      description = "Decide about all N messages of one kind that the case stands for.")
  private int messages = 1;

  @Option(
      names = "--and-later",
      description =
          "With --messages: have later ones like them deleted, too, on the terms that \"postern case show\""
              + " names.")
  private boolean later;

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  CaseDiscardCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandFailure {
    JsonNode answer =
        new Ballots(connection.open(terminal))
            .vote(id, new Wish("discard", List.of(), reason, breakGlass, messages, later));
    terminal.out().println(json ? Json.write(answer) : Ballots.sentence(answer));
    return Exit.OK;
  }
}
