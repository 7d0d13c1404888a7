package dev.postern.policy;

import dev.cel.common.types.CelKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Facts that a test states of a message, by the names that rules use: {@code dmarc.result: fail},
 * or {@code result: fail} below {@code dmarc}. Names, types and words are those of {@link View}.
 */
final class StatedFacts {
  private final Faults faults;
  private final Map<String, Object> values = new LinkedHashMap<>();
  private final Map<String, Node> places = new LinkedHashMap<>();

  private StatedFacts(Faults faults) {
    this.faults = faults;
  }

  /** None at all. */
  static StatedFacts none(Faults faults) {
    return new StatedFacts(faults);
  }

  /** Something of which nothing is stated. */
  StatedFacts plain() {
    return none(faults);
  }

  /** Reads the facts of a mapping; what is no fact of this kind becomes a fault. */
  static StatedFacts read(Node node, Facts<?> kind, Faults faults) {
    StatedFacts stated = new StatedFacts(faults);
    stated.group("", node, kind);
    return stated;
  }

  private void group(String prefix, Node node, Facts<?> kind) {
    if (!(node instanceof MappingNode mapping)) {
      fault(node, name(prefix) + " has facts below it: " + String.join(", ", kind.names()));
      return;
    }
    mapping
        .getValue()
        .forEach(
            entry -> {
              if (entry.getKeyNode() instanceof ScalarNode key) {
                named(prefix, key, key.getValue(), entry.getValueNode(), kind);
              } else {
                fault(entry.getKeyNode(), "a fact must be a word");
              }
            });
  }

  /** One fact, whose name may lead through several groups. */
  private void named(String prefix, ScalarNode key, String name, Node value, Facts<?> kind) {
    int dot = name.indexOf('.');
    String head = dot < 0 ? name : name.substring(0, dot);
    Optional<? extends Facts.Fact<?>> fact = kind.find(head);
    if (fact.isEmpty()) {
      String what = "there is no fact \"" + prefix + head + "\"";
      faults.add(
          key.getStartMark(),
          what + "; there are " + String.join(", ", kind.names()),
          NearestWord.to(head, kind.names()).map(word -> prefix + word));
      return;
    }
    boolean grouped = fact.get().type().kind() == CelKind.STRUCT;
    if (dot >= 0 && grouped) {
      String rest = name.substring(dot + 1);
      named(prefix + head + ".", key, rest, value, fact.get().parts().orElseThrow());
    } else if (dot >= 0) {
      boolean things = fact.get().parts().isPresent();
      String rest = name.substring(dot + 1);
      String mend = " is a list: write " + head + ": [{" + rest + ": …}]";
      fault(key, prefix + head + (things ? mend : " has no facts below it"));
    } else if (grouped) {
      group(prefix + head + ".", value, fact.get().parts().orElseThrow());
    } else {
      take(prefix + head, value, fact.get());
    }
  }

  private void take(String path, Node node, Facts.Fact<?> fact) {
    if (places.putIfAbsent(path, node) != null) {
      fault(node, path + " is stated twice");
      return;
    }
    value(path, node, fact).ifPresent(value -> values.put(path, value));
  }

  private Optional<Object> value(String path, Node node, Facts.Fact<?> fact) {
    if (fact.type().kind() == CelKind.LIST) {
      return list(path, node, fact);
    }
    if (!(node instanceof ScalarNode scalar)) {
      fault(node, path + " must be one value");
      return Optional.empty();
    }
    String text = scalar.getValue();
    return switch (fact.type().kind()) {
      case BOOL -> of(node, path + " is true or false", text, "true|false", Boolean::parseBoolean);
      case INT -> of(node, path + " is a whole number", text, "[0-9]{1,15}", Long::parseLong);
      case DOUBLE ->
          of(node, path + " is a number", text, "-?[0-9]{1,9}([.][0-9]{1,9})?", Double::valueOf);
      default -> word(path, scalar, fact).map(it -> it);
    };
  }

  private Optional<Object> list(String path, Node node, Facts.Fact<?> fact) {
    if (!(node instanceof SequenceNode sequence)) {
      fault(node, path + " must be a list: [a, b], or lines that start with -");
      return Optional.empty();
    }
    List<Object> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      if (fact.parts().isPresent()) {
        items.add(read(item, fact.parts().get(), faults));
      } else if (item instanceof ScalarNode scalar) {
        word(path, scalar, fact).ifPresent(items::add);
      } else {
        fault(item, path + " lists single words");
      }
    }
    return Optional.of(List.copyOf(items));
  }

  private Optional<String> word(String path, ScalarNode node, Facts.Fact<?> fact) {
    String word = node.getValue();
    if (fact.words().isEmpty() || fact.words().contains(word)) {
      return Optional.of(word);
    }
    String what = path + " is never \"" + word + "\"; it is " + String.join(", ", fact.words());
    faults.add(node.getStartMark(), what, NearestWord.to(word, fact.words()));
    return Optional.empty();
  }

  private Optional<Object> of(
      Node node, String what, String text, String form, Function<String, Object> read) {
    if (text.matches(form)) {
      return Optional.of(read.apply(text));
    }
    fault(node, what + ", not \"" + text + "\"");
    return Optional.empty();
  }

  /** Complains about each fact that does not begin with one of these. */
  void only(List<String> beginnings, String why) {
    places.forEach(
        (path, node) -> {
          if (beginnings.stream().noneMatch(path::startsWith)) {
            fault(node, path + " cannot be stated here: " + why);
          }
        });
  }

  /** Complains about a fact, where it is stated. */
  void fault(String path, String what) {
    Optional.ofNullable(places.get(path)).ifPresent(node -> fault(node, what));
  }

  private void fault(Node node, String what) {
    faults.add(node.getStartMark(), what, Optional.empty());
  }

  private static String name(String prefix) {
    return prefix.isEmpty() ? "this" : prefix.substring(0, prefix.length() - 1);
  }

  /** Whether it, or one below it, is stated. */
  boolean has(String path) {
    return values.keySet().stream().anyMatch(it -> it.equals(path) || it.startsWith(path + "."));
  }

  String text(String path, String otherwise) {
    return values.get(path) instanceof String text ? text : otherwise;
  }

  boolean flag(String path, boolean otherwise) {
    return values.get(path) instanceof Boolean flag ? flag : otherwise;
  }

  long number(String path, long otherwise) {
    return values.get(path) instanceof Long number ? number : otherwise;
  }

  double real(String path) {
    return values.get(path) instanceof Double real ? real : 0;
  }

  List<String> texts(String path, List<String> otherwise) {
    return values.get(path) instanceof List<?> texts
        ? texts.stream().map(String::valueOf).toList()
        : otherwise;
  }

  /** The things of a list of groups; empty where the list is not stated. */
  Optional<List<StatedFacts>> each(String path) {
    return values.get(path) instanceof List<?> things
        ? Optional.of(things.stream().map(StatedFacts.class::cast).toList())
        : Optional.empty();
  }

  /** The value whose word is stated. */
  <E extends Enum<E>> E word(String path, E[] all, Function<E, String> word, E otherwise) {
    String stated = text(path, "");
    for (E each : all) {
      if (word.apply(each).equals(stated)) {
        return each;
      }
    }
    return otherwise;
  }
}
