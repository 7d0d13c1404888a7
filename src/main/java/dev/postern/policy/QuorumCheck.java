package dev.postern.policy;

import dev.postern.policy.SourceFiles.SourceFile;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Finds stages whose quorum nobody can reach, as far as the policy itself says who is asked: other
 * groups are of the settings or of a platform.
 */
final class QuorumCheck {
  private static final String GROUP = "group:";

  private final Map<String, List<String>> groups;

  /**
   * Gets ready.
   *
   * @param groups of the policy file, with their members
   */
  QuorumCheck(Map<String, List<String>> groups) {
    this.groups = groups;
  }

  /** Complains where each chain stands. */
  void check(List<Chain> chains, List<SourceFile> files) {
    for (Chain chain : chains) {
      for (StagePlan stage : chain.stages()) {
        Optional<Set<String>> people = people(stage.asked().approvers());
        if (people.isPresent()
            && stage.voting().quorum() instanceof Quorum.People(int needed)
            && needed > people.get().size()) {
          String what =
              "stage %s needs %d people, and there is only %s"
                  .formatted(stage.name(), needed, String.join(", ", people.get()));
          files.forEach(file -> complain(file.section(), chain.name(), what));
        }
      }
    }
  }

  /** Everybody who may decide; empty where the policy alone does not say it. */
  private Optional<Set<String>> people(List<String> approvers) {
    Set<String> people = new LinkedHashSet<>();
    for (String approver : approvers) {
      if (approver.startsWith(GROUP)) {
        Optional<List<String>> members =
            Optional.ofNullable(groups.get(approver.substring(GROUP.length())));
        if (members.isEmpty()) {
          return Optional.empty();
        }
        people.addAll(members.get());
      } else if (approver.contains(":")) {
        return Optional.empty();
      } else {
        people.add(approver);
      }
    }
    return Optional.of(people);
  }

  private static void complain(Section file, String chain, String what) {
    Optional<Node> chains = file.get("chains");
    if (chains.isPresent() && chains.get() instanceof MappingNode all) {
      for (NodeTuple each : all.getValue()) {
        if (each.getKeyNode() instanceof ScalarNode name && name.getValue().equals(chain)) {
          file.fault(name, what, Optional.empty());
        }
      }
    }
  }
}
