package dev.postern.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** What a YAML file says, without how it is written: maps, lists and words. */
final class PlainYaml {
  private PlainYaml() {}

  /** Only for files that were read as a policy: what these may contain is not deep. */
  static Object of(Node node) {
    return switch (node) {
      case MappingNode mapping -> map(mapping);
      case SequenceNode list -> list(list);
      case ScalarNode word -> word.getValue();
      default -> throw new IllegalStateException("no such node: " + node.getNodeId());
    };
  }

  static Map<Object, Object> map(MappingNode node) {
    Map<Object, Object> map = new LinkedHashMap<>();
    for (NodeTuple entry : node.getValue()) {
      map.put(of(entry.getKeyNode()), of(entry.getValueNode()));
    }
    return map;
  }

  static List<Object> list(SequenceNode node) {
    List<Object> list = new ArrayList<>();
    node.getValue().forEach(each -> list.add(of(each)));
    return list;
  }
}
