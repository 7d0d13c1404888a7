package dev.postern.intake.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.intake.Problem.FieldProblem;
import dev.postern.policy.NearestWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the fields of one JSON object and collects what is wrong with them. */
final class Fields {
  private final JsonNode object;
  private final String path;
  private final List<FieldProblem> problems;

  private Fields(JsonNode object, String path, List<FieldProblem> problems) {
    this.object = object;
    this.path = path;
    this.problems = problems;
  }

  /** The whole document. */
  static Fields of(JsonNode document) {
    Fields fields = new Fields(document, "", new ArrayList<>());
    if (!document.isObject()) {
      fields.problems.add(new FieldProblem("$", "must be a JSON object"));
    }
    return fields;
  }

  List<FieldProblem> problems() {
    return problems;
  }

  boolean has(String name) {
    return object.hasNonNull(name);
  }

  /** Complains about every field that is not one of these. */
  void only(String... known) {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!Set.of(known).contains(name)) {
                String meant =
                    NearestWord.to(name, List.of(known))
                        .map(word -> "; " + word + " is meant?")
                        .orElse("; known are " + String.join(", ", known));
                problem(shortened(name), "is not known" + meant);
              }
            });
  }

  /** An object that must be there. */
  Fields object(String name) {
    JsonNode node = object.path(name);
    if (!node.isObject()) {
      problem(name, node.isMissingNode() ? "is missing" : "must be an object");
    }
    return new Fields(node, path + name + ".", problems);
  }

  /** Text that must be there, though it may be empty. */
  String text(String name, int longest) {
    if (!has(name)) {
      problem(name, "is missing");
      return "";
    }
    return optionalText(name, longest);
  }

  /** Text that is empty when it is not there. */
  String optionalText(String name, int longest) {
    JsonNode node = object.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return "";
    }
    if (!node.isTextual()) {
      problem(name, "must be text");
      return "";
    }
    if (node.textValue().length() > longest) {
      problem(name, "must have at most " + longest + " characters");
      return "";
    }
    return node.textValue();
  }

  /** A whole number from 0. */
  long number(String name) {
    JsonNode node = object.path(name);
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
      problem(name, node.isMissingNode() ? "is missing" : "must be a whole number, 0 or more");
      return 0;
    }
    return node.longValue();
  }

  /** A list of texts with at least one entry. */
  List<String> texts(String name, int most) {
    JsonNode node = object.path(name);
    if (!node.isArray() || node.isEmpty()) {
      problem(name, node.isMissingNode() ? "is missing" : "must be a list of at least one text");
      return List.of();
    }
    if (node.size() > most) {
      problem(name, "must have at most " + most + " entries");
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      if (!node.get(i).isTextual()) {
        problem(name + "[" + i + "]", "must be text");
      }
      texts.add(node.get(i).asText(""));
    }
    return texts;
  }

  /** What the parser made of a field; a complaint when it made nothing of it. */
  <T> Optional<T> parsed(String name, Optional<T> value, String mustBe) {
    if (value.isEmpty() && !complained(name)) {
      problem(name, mustBe);
    }
    return value;
  }

  void problem(String name, String detail) {
    problems.add(new FieldProblem(path + name, detail));
  }

  private boolean complained(String name) {
    return problems.stream().anyMatch(p -> p.field().equals(path + name));
  }

  private static String shortened(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9_.$-]", "?");
    return plain.length() > 60 ? plain.substring(0, 60) + "…" : plain;
  }
}
