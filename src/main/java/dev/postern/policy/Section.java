package dev.postern.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A mapping of the policy file, read key by key. Whatever does not fit becomes a fault with its
 * place, and reading goes on, so that one run finds everything.
 */
final class Section {
  private final Node node;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Faults faults;

  private Section(Node node, Faults faults) {
    this.node = node;
    this.faults = faults;
  }

  /** Reads a mapping that may have any keys. */
  static Section open(Node node, String what, Faults faults) {
    Section section = new Section(node, faults);
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(section::take);
    } else {
      section.fault(node, what + " must be a mapping (key: value)", Optional.empty());
    }
    return section;
  }

  /** Reads a mapping and complains about keys that are not among these. */
  static Section open(Node node, String what, List<String> known, Faults faults) {
    Section section = open(node, what, faults);
    if (node instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        String key = word(entry.getKeyNode()).orElse("");
        if (!known.contains(key)) {
          section.fault(
              entry.getKeyNode(),
              what + " has no key \"" + key + "\"; it has " + String.join(", ", known),
              NearestWord.to(key, known));
        }
      }
    }
    return section;
  }

  /** The same for something that stands inside of this. */
  Section inside(Node inner, String what, List<String> known) {
    return open(inner, what, known, faults);
  }

  private void take(NodeTuple entry) {
    Optional<String> key = word(entry.getKeyNode());
    if (key.isEmpty()) {
      fault(entry.getKeyNode(), "a key must be a word", Optional.empty());
    } else if (values.putIfAbsent(key.get(), entry.getValueNode()) != null) {
      fault(entry.getKeyNode(), "\"" + key.get() + "\" stands here twice", Optional.empty());
    }
  }

  /** Keys in the order of the file. */
  List<String> keys() {
    return List.copyOf(values.keySet());
  }

  /** What stands behind the key. */
  Optional<Node> get(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** The single value behind a key; a list or mapping there is a fault. */
  Optional<ScalarNode> scalar(String key) {
    Optional<Node> value = get(key);
    if (value.isPresent() && !(value.get() instanceof ScalarNode)) {
      fault(value.get(), key + " must be one value", Optional.empty());
    } else if (value.isPresent() && value.get().getTag().getValue().startsWith("!")) {
      String what =
          "YAML takes a leading ! for something of its own: put the whole value in quotes";
      fault(value.get(), what, Optional.empty());
    }
    return value.filter(ScalarNode.class::isInstance).map(ScalarNode.class::cast);
  }

  /** The single value behind a key that must be there. */
  Optional<ScalarNode> required(String key, String what) {
    if (get(key).isEmpty() && node instanceof MappingNode) {
      fault(node, what + " has no " + key, Optional.empty());
    }
    return scalar(key);
  }

  /** The list behind the key; anything else there is a fault. */
  List<Node> list(String key) {
    Optional<Node> value = get(key);
    if (value.isPresent() && value.get() instanceof SequenceNode sequence) {
      return new ArrayList<>(sequence.getValue());
    }
    value.ifPresent(
        v -> fault(v, key + " must be a list (lines that start with -)", Optional.empty()));
    return List.of();
  }

  /** The words of the list behind a key, or the one word there. */
  List<String> words(String key) {
    Optional<Node> value = get(key);
    if (value.isPresent() && value.get() instanceof ScalarNode one) {
      return List.of(one.getValue());
    }
    List<String> words = new ArrayList<>();
    for (Node each : list(key)) {
      word(each)
          .ifPresentOrElse(
              words::add, () -> fault(each, key + " lists single words", Optional.empty()));
    }
    return words;
  }

  /** The mapping of named things behind a key; empty where the key is not there. */
  Optional<Section> named(String key) {
    return get(key).map(inner -> open(inner, key, faults));
  }

  /** Where the whole section stands. */
  Node node() {
    return node;
  }

  void fault(Node at, String what, Optional<String> nearest) {
    faults.add(at.getStartMark(), what, nearest);
  }

  private static Optional<String> word(Node key) {
    return key instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
  }
}
