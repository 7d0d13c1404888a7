package dev.postern.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code postern freeze} and {@code postern unfreeze}. */
abstract sealed class FreezeCommand implements Callable<Integer> {
  final Terminal terminal;
  @Mixin private Connection connection = new Connection();

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  private FreezeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Does it. */
  abstract JsonNode send(CaseClient client) throws CommandFailure;

  @Override
  public Integer call() throws CommandFailure {
    JsonNode answer = send(connection.open(terminal));
    terminal.out().println(json ? Json.write(answer) : sentence(answer));
    return Exit.OK;
  }

  private static String sentence(JsonNode answer) {
    if (!answer.path("frozen").asBoolean()) {
      return "rules release as the policy says";
    }
    String why = CaseText.plain(answer.path("reason").asText());
    return "releasing by rule is frozen by "
        + CaseText.plain(answer.path("name").asText())
        + " since "
        + CaseText.plain(answer.path("since").asText())
        + (why.isEmpty() ? "" : ": " + why);
  }

  /** {@code postern freeze}. */
  @Command(
      name = "freeze",
      mixinStandardHelpOptions = true,
      versionProvider = PosternCommand.Version.class,
      header = "Stops releasing by rule until it is ended.",
      synopsisHeading = "%nUsage: ",
      descriptionHeading = "%n",
      description =
          "What a rule of the policy would release is asked about instead, on all replicas, until"
              + " \"postern unfreeze\". Rules that discard, and decisions of people, go on. The"
              + " policy names who may under may-freeze.",
      optionListHeading = "%nOptions:%n",
      footerHeading = "%nExamples:%n",
      footer = {
        "  postern freeze --reason \"a partner was taken over\"",
        "  postern freeze --look"
      })
  static final class Freeze extends FreezeCommand {
    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for cards and readers.")
    private Optional<String> reason = Optional.empty();

    @Option(names = "--look", description = "Only say how it stands.")
    private boolean look;

    Freeze(Terminal terminal) {
      super(terminal);
    }

    @Override
    JsonNode send(CaseClient client) throws CommandFailure {
      return look ? client.freeze() : client.freeze(reason.orElse(""));
    }
  }

  /** {@code postern unfreeze}. */
  @Command(
      name = "unfreeze",
      mixinStandardHelpOptions = true,
      versionProvider = PosternCommand.Version.class,
      header = "Lets rules release again.",
      synopsisHeading = "%nUsage: ",
      descriptionHeading = "%n",
      description =
          "Ends what \"postern freeze\" began. What waits for people goes on waiting for them.",
      optionListHeading = "%nOptions:%n",
      footerHeading = "%nExample:%n",
      footer = "  postern unfreeze")
  static final class Unfreeze extends FreezeCommand {
    Unfreeze(Terminal terminal) {
      super(terminal);
    }

    @Override
    JsonNode send(CaseClient client) throws CommandFailure {
      return client.unfreeze();
    }
  }
}
