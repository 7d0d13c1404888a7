package dev.postern.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code postern policy explain}. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    versionProvider = PosternCommand.Version.class,
    descriptionHeading = "%n",
    description =
        "Says what the policy made of a message and why: of each rule whether it decided, or the"
            + " first part that did not hold. Asks the running server.",
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  postern policy explain PN-7F3K-2QXD")
final class PolicyExplainCommand implements Callable<Integer> {
  /** The column of names is never narrower, so that most rulings look alike. */
  private static final int SHORT_NAME = 24;

  private final Terminal terminal;
  @Mixin private Connection connection = new Connection();

  @Parameters(paramLabel = "CASE", description = "Its id, such as PN-7F3K-2QXD.")
  private String id = "";

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  PolicyExplainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandFailure {
    String wanted = Ballots.caseId(id);
    JsonNode ruling = connection.open(terminal).show(wanted).path("ruling");
    if (!ruling.isObject()) {
      throw CommandFailure.no(wanted + " was not ruled yet: it is not examined, or just being so");
    }
    terminal.out().println(json ? document(wanted, ruling) : text(wanted, ruling));
    return Exit.OK;
  }

  private static String document(String id, JsonNode ruling) {
    ObjectNode document = JsonNodeFactory.instance.objectNode().put("case", id);
    document.setAll((ObjectNode) ruling);
    return Json.writeAscii(document);
  }

  private static String text(String id, JsonNode ruling) {
    List<String> lines = new ArrayList<>();
    String reason = word(ruling, "reason");
    lines.add(
        "%s: %s by rule %s%s"
            .formatted(
                id,
                word(ruling, "action"),
                word(ruling, "rule"),
                reason.isEmpty() ? "" : ": " + reason));
    lines.add("policy version " + word(ruling, "policyVersion"));
    if (ruling.path("frozen").isObject()) {
      lines.add("releasing by rule was frozen by " + word(ruling.path("frozen"), "by"));
    }
    int widest = SHORT_NAME;
    for (JsonNode step : ruling.path("trace")) {
      widest = Math.max(widest, word(step, "rule").length());
    }
    String row = "%s %-" + widest + "s %s";
    for (JsonNode step : ruling.path("trace")) {
      boolean matched = step.path("matched").asBoolean();
      String why = word(step, "why");
      String said = matched ? why : PolicyTestReport.mark(false, why) + why;
      lines.add(row.formatted(matched ? "->" : "  ", word(step, "rule"), said).stripTrailing());
    }
    for (JsonNode shadow : ruling.path("shadows")) {
      lines.add(
          "in shadow: rule %s would %s".formatted(word(shadow, "rule"), word(shadow, "would")));
    }
    return String.join("\n", lines);
  }

  private static String word(JsonNode of, String member) {
    return CaseText.plain(of.path(member).asText());
  }
}
