package dev.postern.card;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks JSON against the part of JSON Schema 2020-12 that the card's schema uses. A keyword that
 * it does not know is an error, so that a newer schema cannot pass by being ignored.
 */
final class SchemaCheck {
  private static final Set<String> NO_ASSERTIONS = Set.of("$schema", "$id", "$defs", "title");

  private final JsonNode schema;

  private SchemaCheck(JsonNode schema) {
    this.schema = schema;
  }

  static SchemaCheck ofCards() {
    try (InputStream in =
        Objects.requireNonNull(SchemaCheck.class.getResourceAsStream("cardview.schema.json"))) {
      return new SchemaCheck(new ObjectMapper().readTree(in));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** What is wrong, each with its place; empty when the document is valid. */
  List<String> problems(JsonNode document) {
    List<String> problems = new ArrayList<>();
    check(document, schema, "$", problems);
    return problems;
  }

  private void check(JsonNode node, JsonNode rules, String at, List<String> problems) {
    rules
        .properties()
        .forEach(
            rule -> {
              String wrong = keyword(rule.getKey(), rule.getValue(), node, rules, at, problems);
              if (!wrong.isEmpty()) {
                problems.add(at + ": " + wrong);
              }
            });
  }

  private String keyword(
      String name, JsonNode rule, JsonNode node, JsonNode rules, String at, List<String> problems) {
    return switch (name) {
      case "$ref" -> {
        check(node, schema.at(rule.asText().substring(1)), at, problems);
        yield "";
      }
      case "properties" -> {
        rule.properties().stream()
            .filter(p -> node.has(p.getKey()))
            .forEach(
                p -> check(node.get(p.getKey()), p.getValue(), at + "." + p.getKey(), problems));
        yield "";
      }
      case "items" -> {
        for (int i = 0; i < node.size(); i++) {
          check(node.get(i), rule, at + "[" + i + "]", problems);
        }
        yield "";
      }
      case "oneOf" -> oneOf(node, rule, at);
      case "additionalProperties" -> stranger(node, rules);
      default -> NO_ASSERTIONS.contains(name) ? "" : simple(name, rule, node);
    };
  }

  private String oneOf(JsonNode node, JsonNode rule, String at) {
    int fitting = 0;
    for (JsonNode choice : rule) {
      List<String> problems = new ArrayList<>();
      check(node, choice, at, problems);
      fitting += problems.isEmpty() ? 1 : 0;
    }
    return fitting == 1 ? "" : "fits " + fitting + " of oneOf: " + node;
  }

  private static String stranger(JsonNode node, JsonNode rules) {
    List<String> strange = new ArrayList<>();
    node.fieldNames()
        .forEachRemaining(
            n -> {
              if (!rules.path("properties").has(n)) {
                strange.add(n);
              }
            });
    return strange.isEmpty() ? "" : "unknown members " + strange;
  }

  private static String simple(String name, JsonNode rule, JsonNode node) {
    boolean holds =
        switch (name) {
          case "type" -> isOf(rule.asText(), node);
          case "const" -> rule.equals(node);
          case "enum" -> contains(rule, node);
          case "required" -> missing(rule, node).isEmpty();
          case "pattern" ->
              !node.isTextual() || Pattern.compile(rule.asText()).matcher(node.asText()).find();
          case "minLength" -> length(node) >= rule.asInt();
          case "maxLength" -> length(node) <= rule.asInt();
          case "minItems" -> node.size() >= rule.asInt();
          case "maxItems" -> node.size() <= rule.asInt();
          case "minimum" -> node.asLong() >= rule.asLong();
          case "maximum" -> node.asLong() <= rule.asLong();
          default -> throw new IllegalArgumentException("keyword " + name + " is not known");
        };
    return holds ? "" : name + " " + rule + " is broken by " + node;
  }

  private static int length(JsonNode node) {
    return node.asText().codePointCount(0, node.asText().length());
  }

  private static boolean isOf(String type, JsonNode node) {
    return switch (type) {
      case "object" -> node.isObject();
      case "array" -> node.isArray();
      case "string" -> node.isTextual();
      case "integer" -> node.isIntegralNumber();
      case "boolean" -> node.isBoolean();
      default -> throw new IllegalArgumentException("type " + type + " is not known");
    };
  }

  private static boolean contains(JsonNode list, JsonNode node) {
    for (JsonNode one : list) {
      if (one.equals(node)) {
        return true;
      }
    }
    return false;
  }

  private static List<String> missing(JsonNode required, JsonNode node) {
    List<String> missing = new ArrayList<>();
    required.forEach(
        r -> {
          if (!node.has(r.asText())) {
            missing.add(r.asText());
          }
        });
    return missing;
  }
}
