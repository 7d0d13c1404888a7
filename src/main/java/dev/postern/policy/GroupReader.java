package dev.postern.policy;

import dev.postern.policy.SourceFiles.SourceFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads the {@code groups} of a policy: ids of people, by the name that approvers call them. */
final class GroupReader {
  private final Map<String, List<String>> groups = new LinkedHashMap<>();

  private GroupReader() {}

  /** All groups by their names. */
  static Map<String, List<String>> read(List<SourceFile> files) {
    GroupReader reader = new GroupReader();
    for (SourceFile file : files) {
      file.section().named("groups").ifPresent(reader::read);
    }
    return reader.groups;
  }

  private void read(Section named) {
    for (String name : named.keys()) {
      Node node = named.get(name).orElseThrow();
      if (!StageReader.ID.matcher(name).matches()) {
        String what = "a group has a name such as mail-admins, not \"" + name + "\"";
        named.fault(node, what, Optional.empty());
      } else if (groups.containsKey(name)) {
        named.fault(node, "another file has \"" + name + "\", too", Optional.empty());
      } else {
        groups.put(name, members(named, name, node));
      }
    }
  }

  private static List<String> members(Section named, String name, Node node) {
    List<String> members = new ArrayList<>();
    for (Node each : named.list(name)) {
      String id = each instanceof ScalarNode scalar ? scalar.getValue() : "";
      if (!StageReader.ID.matcher(id).matches()) {
        String what = "group " + name + " lists ids of people, not \"" + id + "\"";
        named.fault(each, what, Optional.empty());
      } else if (members.contains(id)) {
        named.fault(each, id + " stands here twice", Optional.empty());
      } else {
        members.add(id);
      }
    }
    if (members.isEmpty()) {
      named.fault(node, "group " + name + " names nobody", Optional.empty());
    }
    return List.copyOf(members);
  }
}
