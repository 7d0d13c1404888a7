package dev.postern.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.cel.common.types.CelKind;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** The schema by which editors complete files of tests. Its facts are those of the view. */
class TestFileSchemaTest {
  private static final Path FILE = Path.of("docs/policy-test.schema.json");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(read());
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\n(.*?)\n *```");

  private static JsonNode read() {
    try {
      return Files.exists(FILE) ? new ObjectMapper().readTree(Files.readString(FILE)) : written();
    } catch (IOException unreadable) {
      throw new AssertionError("the schema cannot be read", unreadable);
    }
  }

  /** Where a fact is new: this is what the file has to say. */
  @Test
  void itSaysWhatTheReaderKnows() throws IOException {
    String wanted =
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(written()) + "\n";

    assertThat(FILE).content().isEqualTo(wanted);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void filesThatAreRightFit(String name, String yaml) throws PolicyProblem {
    assertThat(TestFile.parse(yaml, name).cases()).isNotEmpty();
    assertThat(complaints(yaml)).as(name).isEmpty();
  }

  static Stream<List<String>> read(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(path -> path.toString().endsWith(".policy-test.yaml"))
          .sorted()
          .map(TestFileSchemaTest::text)
          .toList()
          .stream();
    }
  }

  private static List<String> text(Path path) {
    try {
      return List.of(path.getFileName().toString(), Files.readString(path));
    } catch (IOException unreadable) {
      throw new AssertionError(path.toString(), unreadable);
    }
  }

  static Stream<Arguments> files() throws IOException {
    Stream<List<String>> examples =
        EXAMPLE
            .matcher(Files.readString(Path.of("docs/policy.md")))
            .results()
            .map(it -> it.group(1).stripIndent())
            .filter(it -> it.contains("cases:"))
            .map(it -> List.of("docs/policy.md", it));
    return Stream.concat(read(Path.of("docs/policies")), examples)
        .map(it -> Arguments.of(it.getFirst(), it.getLast()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          cases: []
          case: [{name: a, evidence: {}, expect: ask}]
          cases: [{name: a, evidence: {}, expect: aks}]
          cases: [{name: a, evidence: {}}]
          cases: [{evidence: {}, expect: ask}]
          cases: [{name: a, expect: ask}]
          cases: [{name: a, evidence: {dmarc.result: maybe}, expect: ask}]
          cases: [{name: a, evidence: {dmarc: {resul: pass}}, expect: ask}]
          cases: [{name: a, evidence: {sender.domain.seen: many}, expect: ask}]
          cases: [{name: a, evidence: {dkim: {result: pass}}, expect: ask}]
          cases: [{name: a, evidence: {signals: [first-kontact]}, expect: ask}]
          cases: [{name: a, evidence: {}, ip: 192.0.2.1, expect: ask}]
          cases: [{name: a, message: a.eml, expect: ask}]
          cases: [{name: a, evidence: {}, expect: {rule: x, shadow: [y]}}]
          """)
  void mistakesAreFound(String yaml) {
    assertThat(complaints(yaml)).isNotEmpty();
    assertThat(parses(yaml)).as("also the reader refuses it").isFalse();
  }

  private static boolean parses(String yaml) {
    try {
      TestFile.parse(yaml, "a.policy-test.yaml");
      return true;
    } catch (PolicyProblem problem) {
      return false;
    }
  }

  private static List<Error> complaints(String yaml) {
    return SCHEMA.validate(PolicySchemaTest.json(new Yaml().compose(new StringReader(yaml))));
  }

  private static ObjectNode written() {
    ObjectNode root = object();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("title", "Tests of a Postern policy");
    root.put("description", "docs/policy.md, \"Tests for your policy\"");
    property(
        closed(root),
        "policy",
        type("string", "the policy file, beside this one; else the built-in"));
    ObjectNode home = closed(object());
    for (String key :
        List.of(
            "own-domains", "frequent-domains", "colleagues", "authserv-ids", "trusted-sealers")) {
      property(home, key, NODES.objectNode());
    }
    property(root, "home", home.put("description", "whose firm it is, for messages"));
    ObjectNode cases = object().put("type", "array").put("minItems", 1);
    cases.set("items", oneCase());
    property(root, "cases", cases);
    root.putArray("required").add("cases");
    return root;
  }

  private static ObjectNode oneCase() {
    ObjectNode it = closed(object());
    property(it, "name", type("string", "unique in the file"));
    property(it, "evidence", facts(View.ROOT, List.of("now")));
    property(it, "message", type("string", "a message to examine, as a file beside this one"));
    property(it, "zone", type("string", "a file with all DNS answers"));
    property(it, "ip", type("string", "address of the SMTP client"));
    property(it, "helo", type("string", "the name it gave"));
    property(it, "from", type("string", "MAIL FROM; <> for a bounce"));
    property(it, "recipients", object());
    property(it, "at", type("string", "when it came: 2026-11-26T09:30:00+01:00"));
    ObjectNode expect = closed(object());
    property(expect, "do", actions());
    property(expect, "rule", type("string", "the rule that decides"));
    property(expect, "chain", type("string", "the chain that is asked"));
    property(expect, "shadows", object());
    expect.putArray("required").add("do");
    ObjectNode either = object();
    either.putArray("anyOf").add(actions()).add(expect);
    property(it, "expect", either);
    it.putArray("required").add("name").add("expect");
    ObjectNode stated = object();
    stated.putArray("required").add("evidence");
    ObjectNode smtp = stated.putObject("properties");
    for (String key : List.of("zone", "ip", "helo", "from", "recipients")) {
      smtp.put(key, false);
    }
    ObjectNode mail = object();
    List.of("message", "ip", "helo", "from", "recipients").forEach(mail.putArray("required")::add);
    it.putArray("anyOf").add(stated).add(mail);
    return it;
  }

  private static ObjectNode actions() {
    ObjectNode it = object();
    it.putArray("enum").add("release").add("discard").add("ask");
    return it;
  }

  private static ObjectNode facts(Facts<?> kind, List<String> without) {
    ObjectNode it = closed(object());
    kind.all().stream().filter(f -> !without.contains(f.name())).forEach(f -> fact(it, "", f));
    return it;
  }

  /** By its name, and those below it by names with dots as well. */
  private static void fact(ObjectNode into, String prefix, Facts.Fact<?> fact) {
    String name = prefix + fact.name();
    if (fact.type().kind() == CelKind.STRUCT) {
      Facts<?> parts = fact.parts().orElseThrow();
      property(into, name, facts(parts, List.of()).put("description", fact.meaning()));
      parts.all().forEach(part -> fact(into, name + ".", part));
    } else {
      property(into, name, single(fact).put("description", fact.meaning()));
    }
  }

  private static ObjectNode single(Facts.Fact<?> fact) {
    return switch (fact.type().kind()) {
      case BOOL -> object().put("type", "boolean");
      case INT -> object().put("type", "integer").put("minimum", 0);
      case DOUBLE -> object().put("type", "number");
      case LIST -> {
        ObjectNode list = object().put("type", "array");
        list.set("items", fact.parts().map(it -> facts(it, List.of())).orElseGet(() -> word(fact)));
        yield list;
      }
      default -> word(fact);
    };
  }

  /** An editor takes a plain 12 for a number; as text it is as good. */
  private static ObjectNode word(Facts.Fact<?> fact) {
    ObjectNode it = object();
    if (fact.words().isEmpty()) {
      it.putArray("type").add("string").add("number").add("boolean");
    } else {
      ArrayNode words = it.putArray("enum");
      fact.words().forEach(words::add);
    }
    return it;
  }

  private static ObjectNode type(String type, String meaning) {
    return object().put("description", meaning).put("type", type);
  }

  private static ObjectNode closed(ObjectNode it) {
    it.put("type", "object").put("additionalProperties", false).putObject("properties");
    return it;
  }

  private static void property(ObjectNode of, String name, JsonNode its) {
    ((ObjectNode) of.path("properties")).set(name, its);
  }

  private static ObjectNode object() {
    return NODES.objectNode();
  }
}
