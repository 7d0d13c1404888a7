package dev.postern.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What concerns one grant. */
abstract sealed class GrantOneCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private Connection connection = new Connection();

  @Parameters(index = "0", paramLabel = "GRANT", description = "Its id, such as PG-7F3K-2QXD.")
  private String id = "";

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  private GrantOneCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Does it. */
  abstract JsonNode send(CaseClient client, String grant) throws CommandFailure;

  @Override
  public Integer call() throws CommandFailure {
    JsonNode answer = send(connection.open(terminal), id);
    terminal.out().println(json ? Json.write(answer) : GrantText.one(answer));
    return Exit.OK;
  }

  /** {@code postern grant show}. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      versionProvider = PosternCommand.Version.class,
      descriptionHeading = "%n",
      description =
          "Shows one grant: its terms, who asked for it and why, and how often it decided.",
      parameterListHeading = "%nParameters:%n",
      optionListHeading = "%nOptions:%n",
      footerHeading = "%nExample:%n",
      footer = "  postern grant show PG-7F3K-2QXD")
  static final class Show extends GrantOneCommand {
    Show(Terminal terminal) {
      super(terminal);
    }

    @Override
    JsonNode send(CaseClient client, String grant) throws CommandFailure {
      return client.grant(grant);
    }
  }

  /** {@code postern grant revoke}. */
  @Command(
      name = "revoke",
      mixinStandardHelpOptions = true,
      versionProvider = PosternCommand.Version.class,
      descriptionHeading = "%n",
      description =
          "Ends a grant at once, or takes a request back. Who asked for it may, and those who may"
              + " approve it.",
      parameterListHeading = "%nParameters:%n",
      optionListHeading = "%nOptions:%n",
      footerHeading = "%nExample:%n",
      footer = "  postern grant revoke PG-7F3K-2QXD")
  static final class Revoke extends GrantOneCommand {
    Revoke(Terminal terminal) {
      super(terminal);
    }

    @Override
    JsonNode send(CaseClient client, String grant) throws CommandFailure {
      return client.revokeGrant(grant);
    }
  }
}
