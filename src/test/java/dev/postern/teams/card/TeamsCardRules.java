package dev.postern.teams.card;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a card must hold to: the published schema of Adaptive Cards 1.5 without Teams' own member,
 * and what Teams' documentation adds to it, as far as our cards use it. Teams passes over a card
 * that breaks the schema, and expands what looks like an expression.
 */
public final class TeamsCardRules {
  private static final Schema SCHEMA = schema();

  private static final Set<String> ELEMENTS =
      Set.of(
          "AdaptiveCard",
          "TextBlock",
          "RichTextBlock",
          "TextRun",
          "Container",
          "ActionSet",
          "Input.Text",
          "Input.ChoiceSet",
          "Input.Toggle",
          "Action.Execute",
          "Action.Submit",
          "Action.ShowCard",
          "Action.OpenUrl",
          "task/fetch");

  private static final Pattern DATE =
      Pattern.compile(
          "\\{\\{(?:DATE\\([0-9T:Z-]{20},SHORT\\)|TIME\\([0-9T:Z-]{20}\\))}}"
              + "(?: \\{\\{TIME\\([0-9T:Z-]{20}\\)}})?");
  private static final Pattern TOKEN = Pattern.compile("pn1\\.[A-Za-z0-9_-]{32}");
  private static final Pattern MARKDOWN =
      Pattern.compile("[*_`~<>|\\\\]|][(\\[:]|^\\s*(?:[-+#]|\\d+[.)])[ \\t]", Pattern.MULTILINE);

  private final List<String> problems = new ArrayList<>();
  private final Set<String> inputs = new HashSet<>();
  private final Set<String> containers = new HashSet<>();

  private TeamsCardRules() {}

  private static Schema schema() {
    ObjectNode published = (ObjectNode) TeamsSamples.json("adaptive-card-1.5.0.json");
    // It says draft 6, where the name of a schema has another keyword.
    published.remove("id");
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_6).getSchema(published);
  }

  /** What is wrong with a card, each with its place; empty when nothing is. */
  public static List<String> problems(JsonNode card) {
    TeamsCardRules rules = new TeamsCardRules();
    JsonNode ours = TeamsSamples.reread(card);
    rules.check(ours, "$");
    int size = card.toString().getBytes(StandardCharsets.UTF_8).length;
    if (size > 20_480) {
      rules.problems.add("$: " + size + " octets");
    }
    if (ours instanceof ObjectNode whole) {
      whole.remove("msteams");
      SCHEMA.validate(whole).forEach(e -> rules.problems.add(e.toString()));
    }
    TeamsPayloads.keep(card);
    return rules.problems;
  }

  private void check(JsonNode node, String at) {
    if (node.isTextual()) {
      text(node.textValue(), at);
    }
    if (node.isObject()) {
      element(node, at);
      node.properties().forEach(e -> check(e.getValue(), at + "." + e.getKey()));
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      check(node.get(i), at + "[" + i + "]");
    }
  }

  private void text(String text, String at) {
    boolean macro = at.endsWith(".text") && DATE.matcher(text).matches();
    if (!macro && (text.contains("{{") || text.contains("${"))) {
      problems.add(at + ": an expression in " + text);
    }
    boolean markdownIsRead =
        at.matches(".*\\.(speak|fallbackText|label|errorMessage)") || at.endsWith("].title");
    if (markdownIsRead && MARKDOWN.matcher(text).find()) {
      problems.add(at + ": markdown in " + text);
    }
  }

  private void element(JsonNode node, String at) {
    String type = node.path("type").asText();
    if (!type.isEmpty() && !ELEMENTS.contains(type)) {
      problems.add(at + ": a " + type);
    }
    if (type.equals("TextBlock") && MARKDOWN.matcher(node.path("text").asText()).find()) {
      problems.add(at + ": markdown in " + node.path("text"));
    }
    if (type.startsWith("Input.") && !inputs.add(node.path("id").asText())) {
      problems.add(at + ": a second input " + node.path("id"));
    }
    if (type.equals("Container") && node.has("id") && !containers.add(node.path("id").asText())) {
      problems.add(at + ": a second container " + node.path("id"));
    }
    if (type.equals("Action.Execute")) {
      execute(node, at);
    }
    if (type.equals("Action.OpenUrl") && !node.path("url").asText().startsWith("https://")) {
      problems.add(at + ": opens " + node.path("url"));
    }
    if (node.path("actions").size() > 5) { // what the published renderer draws
      problems.add(at + ": more than five actions");
    }
    if (node.path("userIds").size() > 60) {
      problems.add(at + ": more than 60 users");
    }
  }

  private void execute(JsonNode node, String at) {
    boolean decides = node.path("verb").asText().matches("pn\\.(release|discard).*");
    if (decides && !at.contains(".card.")) {
      problems.add(at + ": decides by one press");
    }
    if (at.endsWith("refresh.action")) {
      return;
    }
    JsonNode older = node.path("fallback");
    boolean same =
        older.path("type").asText().equals("Action.Submit")
            && older.path("title").equals(node.path("title"))
            && older.at("/data/t").equals(node.at("/data/t"))
            && older.at("/data/verb").equals(node.path("verb"));
    if (!same || !TOKEN.matcher(node.at("/data/t").asText()).matches()) {
      problems.add(at + ": its fallback or token is not right: " + node);
    }
  }
}
