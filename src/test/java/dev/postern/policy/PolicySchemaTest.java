package dev.postern.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The schema by which editors complete policies and underline mistakes. */
class PolicySchemaTest {
  private static final SchemaRegistry DIALECT =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final JsonNode TEXT = text();
  private static final Schema SCHEMA = DIALECT.getSchema(TEXT);
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\n(.*?)\n *```");
  private static final String CHAINS = "chains: {a: {name: A, approvers: [kim], window: 1h}}\n";

  @Test
  void itIsASchemaItself() {
    SchemaLocation standard = SchemaLocation.of(TEXT.path("$schema").textValue());

    assertThat(DIALECT.getSchema(standard).validate(TEXT)).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("policies")
  void policiesThatAreRightFit(String name, String yaml) {
    assertThat(complaints(yaml)).as(name).isEmpty();
  }

  static Stream<Arguments> policies() throws IOException {
    List<Arguments> all = new ArrayList<>();
    all.add(file(Path.of("src/main/resources/policy/default.yaml")));
    try (Stream<Path> cookbook = Files.list(Path.of("docs/policies"))) {
      for (Path path : cookbook.sorted().toList()) {
        String name = path.getFileName().toString();
        if (name.endsWith(".yaml") && !name.endsWith(".policy-test.yaml")) {
          all.add(file(path));
        }
      }
    }
    for (String page : List.of("docs/policy.md", "docs/approval.md")) {
      List<String> examples =
          EXAMPLE
              .matcher(Files.readString(Path.of(page)))
              .results()
              .map(it -> it.group(1))
              .toList();
      examples.stream()
          .filter(example -> !example.contains("cases:"))
          .forEach(example -> all.add(Arguments.of(page + ": " + firstLine(example), example)));
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ruls: []
          rules: {}
          shadow-report: never
          rules: [{name: a, when: uncertain}]
          rules: [{name: a, when: uncertain, do: relase}]
          rules: [{name: a, when: uncertain, do: ask}]
          rules: [{name: a, when: uncertain, do: release, chain: a}]
          rules: [{name: a, when: uncertain, do: ask, chain: a, limit: 5}]
          rules: [{name: a, when: uncertain, do: release, force: true}]
          rules: [{name: a, when: uncertain, do: release, limit: 0}]
          rules: [{name: a, when: uncertain, do: release, until: tomorrow}]
          rules: [{name: a, when: uncertain, do: release, shadow: yes}]
          rules: [{name: a/b, when: uncertain, do: release}]
          rules: [{name: otherwise, when: uncertain, do: release}]
          rules: [{name: grant, when: uncertain, do: release}]
          rules: [{name: a, when: uncertain, do: discard, overrides-grants: true}]
          grants: {longest: 4 weeks}
          grants: {most: 0}
          grants: {own-requests: yes}
          grants: {chian: a}
          rules: [{include: ../secret.yaml}]
          rules: [{include: a.yaml, name: a}]
          lists: {a: {domain: [a.example]}}
          lists: {a: {domains-from: /etc/passwd}}
          hours: {a: {days: mon-fri, from: 8, to: 18}}
          campaigns: yes
          campaigns: {window: 20s}
          campaigns: {gather: 1h}
          campaigns: {most: 1}
          campaigns: {most: 501}
          campaigns: {winow: 1h}
          groups: {a: kim}
          groups: {a: []}
          groups: {a: ["group:b"]}
          groups: {a b: [kim]}
          on-call: {a: {people: [kim], turn: weekly, since: 2026-01-05T09:00}}
          chains: {a: {name: A, approvers: [kim], window: 4 weeks}}
          chains: {a: {name: A, approvers: ["team:a"], window: 4h}}
          chains: {a: {name: A, approvers: [kim], window: 4h, reason: sometimes}}
          chains: {a: {name: A, approvers: [kim], window: 4h, quorum: 0}}
          chains: {a: {stages: [], name: A}}
          """)
  void mistakesAreFound(String yaml) {
    String whole = yaml.startsWith("chains") ? yaml + "\nrules: []" : CHAINS + yaml;

    assertThat(complaints(whole)).isNotEmpty();
    assertThat(parses(whole)).as("also the reader of policies refuses it").isFalse();
  }

  /** A key that is new in the reader must come into the schema. */
  @Test
  void itKnowsTheKeysOfStages() {
    Set<String> keys = new TreeSet<>();
    TEXT.path("$defs").path("stage").path("properties").fieldNames().forEachRemaining(keys::add);

    assertThat(keys).containsExactlyInAnyOrderElementsOf(StageReader.KEYS);
  }

  private static boolean parses(String yaml) {
    try {
      Policy.parse(yaml, "policy.yaml");
      return true;
    } catch (PolicyProblem problem) {
      return false;
    }
  }

  private static List<Error> complaints(String yaml) {
    return SCHEMA.validate(json(new Yaml().compose(new StringReader(yaml))));
  }

  /** As editors read YAML 1.2: numbers and truths, and all else is text. */
  static JsonNode json(Node node) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (node) {
      case MappingNode mapping -> {
        ObjectNode object = nodes.objectNode();
        mapping
            .getValue()
            .forEach(
                it ->
                    object.set(((ScalarNode) it.getKeyNode()).getValue(), json(it.getValueNode())));
        yield object;
      }
      case SequenceNode sequence -> {
        ArrayNode array = nodes.arrayNode();
        sequence.getValue().forEach(it -> array.add(json(it)));
        yield array;
      }
      case ScalarNode scalar when scalar.getScalarStyle() != ScalarStyle.PLAIN ->
          nodes.textNode(scalar.getValue());
      case ScalarNode scalar when scalar.getValue().matches("true|false") ->
          nodes.booleanNode(Boolean.parseBoolean(scalar.getValue()));
      case ScalarNode scalar when scalar.getValue().matches("[0-9]{1,9}") ->
          nodes.numberNode(Integer.parseInt(scalar.getValue()));
      case ScalarNode scalar when scalar.getValue().matches("-?[0-9]{1,9}[.][0-9]{1,9}") ->
          nodes.numberNode(Double.parseDouble(scalar.getValue()));
      case ScalarNode scalar -> nodes.textNode(scalar.getValue());
      default -> throw new AssertionError(node);
    };
  }

  private static Arguments file(Path path) throws IOException {
    return Arguments.of(path.getFileName().toString(), Files.readString(path));
  }

  private static String firstLine(String example) {
    return example.lines().findFirst().orElse("");
  }

  private static JsonNode text() {
    try {
      return new ObjectMapper().readTree(Files.readString(Path.of("docs/policy.schema.json")));
    } catch (IOException unreadable) {
      throw new AssertionError("the schema cannot be read", unreadable);
    }
  }
}
