package dev.postern.policy;

import dev.postern.policy.StagePlan.OnRelease;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the {@code chains} of a policy file. */
final class ChainReader {
  private static final List<String> OWN_KEYS = List.of("stages", "break-glass");
  private static final List<String> KEYS =
      Stream.concat(OWN_KEYS.stream(), StageReader.KEYS.stream()).toList();
  private static final int MOST_STAGES = 9;

  private final StageReader stages;
  private final Set<String> names = new LinkedHashSet<>();
  private final List<Chain> read = new ArrayList<>();

  ChainReader(Calendar calendar) {
    this.stages = new StageReader(calendar);
  }

  /** Reads the chains of one file. */
  void read(Section chains) {
    for (String name : chains.keys()) {
      Node node = chains.get(name).orElseThrow();
      if (!names.add(name)) {
        chains.fault(node, "there are two chains named \"" + name + "\"", Optional.empty());
      }
      chain(chains, name, node).ifPresent(read::add);
    }
  }

  /** The chains that are right, in the order of the files. */
  List<Chain> chains() {
    return read;
  }

  /** The names of all, also of those that are wrong. */
  List<String> names() {
    return List.copyOf(names);
  }

  private Optional<Chain> chain(Section chains, String name, Node node) {
    if (!RuleReader.NAME.matcher(name).matches()) {
      chains.fault(node, "a chain's name is 1 to 40 letters, digits, . _ -", Optional.empty());
    }
    Section section = chains.inside(node, "chain " + name, KEYS);
    List<StagePlan> plans =
        section.get("stages").isEmpty()
            ? stages.read(section, name).stream().toList()
            : listed(section, name);
    Optional<StagePlan> breakGlass =
        section.get("break-glass").flatMap(it -> stages.breakGlass(section, it, name));
    return plans.isEmpty() ? Optional.empty() : Optional.of(new Chain(name, plans, breakGlass));
  }

  private List<StagePlan> listed(Section section, String chain) {
    for (String key : section.keys()) {
      if (!OWN_KEYS.contains(key) && StageReader.KEYS.contains(key)) {
        section.fault(section.node(), key + " belongs into one of the stages", Optional.empty());
      }
    }
    List<Node> nodes = section.list("stages");
    if (nodes.isEmpty() || nodes.size() > MOST_STAGES) {
      section.fault(
          section.node(),
          "chain %s has %d stages; a chain has 1 to %d".formatted(chain, nodes.size(), MOST_STAGES),
          Optional.empty());
    }
    List<StagePlan> plans = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      Section stage = section.inside(nodes.get(i), "a stage", StageReader.KEYS);
      boolean last = i == nodes.size() - 1;
      stages.read(stage, chain).ifPresent(plan -> add(stage, plan, plans, last));
    }
    return plans;
  }

  private static void add(Section stage, StagePlan plan, List<StagePlan> earlier, boolean last) {
    List<String> names = earlier.stream().map(StagePlan::name).toList();
    if (names.contains(plan.name())) {
      String what = "there are two stages named \"" + plan.name() + "\"";
      stage.fault(stage.node(), what, Optional.empty());
    }
    for (String other : plan.voting().distinctFrom()) {
      if (!names.contains(other)) {
        String what = "distinct-from names earlier stages of the chain; \"" + other + "\" is none";
        stage.fault(
            stage.get("distinct-from").orElse(stage.node()), what, NearestWord.to(other, names));
      }
    }
    if (last && plan.sequel().onRelease() == OnRelease.NEXT) {
      String what = "on-release: next needs a stage that follows";
      stage.fault(stage.get("on-release").orElse(stage.node()), what, Optional.empty());
    }
    earlier.add(plan);
  }
}
