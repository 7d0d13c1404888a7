package dev.postern.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code postern case ls}. */
@Command(
    name = "ls",
    mixinStandardHelpOptions = true,
    versionProvider = PosternCommand.Version.class,
    descriptionHeading = "%n",
    description = "Lists cases that you may see, newest first.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  postern case ls --state asking,failed --query firm.example")
final class CaseListCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private Connection connection = new Connection();

  @Option(
      names = "--state",
      split = ",",
      paramLabel = "STATE",
      description =
          "Only these: received, examined, asking, decided, done, expired, failed, withdrawn.")
  private List<String> states = List.of();

  @Option(
      names = "--query",
      paramLabel = "TEXT",
      description = "Only with this in an address, subject, Message-ID or case id.")
  private String query = "";

  @Option(
      names = "--after",
      paramLabel = "CASE",
      description = "Only older than this one: the next page.")
  private String after = "";

  @Option(names = "--limit", paramLabel = "N", description = "At most so many, 1 to 200.")
  private int limit = 50;

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  CaseListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandFailure {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("state", String.join(",", states));
    parameters.put("q", query);
    parameters.put("after", after);
    parameters.put("limit", String.valueOf(limit));
    JsonNode page = connection.open(terminal).list(parameters);
    terminal.out().println(json ? Json.write(page) : CaseText.list(page));
    return Exit.OK;
  }
}
