package dev.postern.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code postern grant ls}. */
@Command(
    name = "ls",
    mixinStandardHelpOptions = true,
    versionProvider = PosternCommand.Version.class,
    descriptionHeading = "%n",
    description =
        "Lists grants that are asked for or in force, the newest first: all of them for those who may"
            + " approve them, own ones for others.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  postern grant ls --all")
final class GrantListCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private Connection connection = new Connection();

  @Option(names = "--all", description = "Also those that are over.")
  private boolean all;

  @Option(
      names = "--after",
      paramLabel = "GRANT",
      description = "Only older than this one: the next page.")
  private String after = "";

  @Option(names = "--limit", paramLabel = "N", description = "At most so many, 1 to 200.")
  private int limit = 50;

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  GrantListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandFailure {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("open", all ? "" : "true");
    parameters.put("after", after);
    parameters.put("limit", String.valueOf(limit));
    JsonNode page = connection.open(terminal).grants(parameters);
    terminal.out().println(json ? Json.write(page) : GrantText.list(page));
    return Exit.OK;
  }
}
