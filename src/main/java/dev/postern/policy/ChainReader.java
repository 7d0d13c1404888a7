package dev.postern.policy;

import dev.postern.policy.Chain.ReasonRule;
import dev.postern.policy.Chain.StagePlan;
import dev.postern.policy.PolicyProblem.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads the {@code chains} of a policy file. */
final class ChainReader {
  private static final List<String> STAGE_KEYS =
      List.of("name", "approvers", "quorum", "window", "reason");
  private static final List<String> CHAIN_KEYS =
      List.of("stages", "name", "approvers", "quorum", "window", "reason");
  private static final List<String> REASONS =
      Arrays.stream(ReasonRule.values()).map(r -> r.name().toLowerCase(Locale.ROOT)).toList();
  private static final Pattern PERSON = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,3}) ?(m|h|d)");
  private static final Duration LONGEST = Duration.ofDays(30);

  private final List<Fault> faults;

  ChainReader(List<Fault> faults) {
    this.faults = faults;
  }

  /** The chains that are right, in the order of the file. */
  List<Chain> read(Section chains) {
    List<Chain> read = new ArrayList<>();
    for (String name : chains.keys()) {
      chains.get(name).flatMap(node -> chain(chains, name, node)).ifPresent(read::add);
    }
    return read;
  }

  private Optional<Chain> chain(Section chains, String name, Node node) {
    if (!RuleReader.NAME.matcher(name).matches()) {
      chains.fault(node, "a chain's name is 1 to 40 letters, digits, . _ -", Optional.empty());
    }
    Section section = Section.open(node, "chain " + name, CHAIN_KEYS, faults);
    if (section.get("stages").isEmpty()) {
      return stage(section, name).map(plan -> new Chain(name, List.of(plan)));
    }
    List<Node> stages = section.list("stages");
    for (String key : section.keys()) {
      if (STAGE_KEYS.contains(key)) {
        chains.fault(node, key + " belongs into one of the stages", Optional.empty());
      }
    }
    if (stages.size() != 1) {
      String what = "chain " + name + " has " + stages.size() + " stages; this version takes one";
      section.fault(section.get("stages").orElse(node), what, Optional.empty());
      return Optional.empty();
    }
    Section only = Section.open(stages.getFirst(), "a stage", STAGE_KEYS, faults);
    return stage(only, name).map(plan -> new Chain(name, List.of(plan)));
  }

  private Optional<StagePlan> stage(Section section, String chain) {
    String what = "chain " + chain;
    Optional<String> name = section.required("name", what).flatMap(n -> shown(section, n));
    List<String> approvers = approvers(section, what);
    int quorum = section.scalar("quorum").map(q -> quorum(section, q)).orElse(1);
    Optional<Duration> window = section.required("window", what).flatMap(w -> duration(section, w));
    ReasonRule reason =
        section.scalar("reason").map(r -> reason(section, r)).orElse(ReasonRule.DISCARD);
    return name.isPresent() && window.isPresent() && !approvers.isEmpty()
        ? Optional.of(new StagePlan(name.get(), approvers, quorum, window.get(), reason))
        : Optional.empty();
  }

  private static Optional<String> shown(Section section, ScalarNode node) {
    if (RuleReader.NAME.matcher(node.getValue()).matches()) {
      return Optional.of(node.getValue());
    }
    String what = "name is 1 to 40 letters, digits, spaces, dots, hyphens, underscores";
    section.fault(node, what + "; cards show it under \"Who decides\"", Optional.empty());
    return Optional.empty();
  }

  private static List<String> approvers(Section section, String what) {
    List<String> approvers = new ArrayList<>();
    for (Node node : section.list("approvers")) {
      String entry = node instanceof ScalarNode scalar ? scalar.getValue() : "";
      String name = entry.startsWith("group:") ? entry.substring("group:".length()) : entry;
      if (!PERSON.matcher(name).matches()) {
        String form = "an approver is a person's id or group:NAME, not \"" + entry + "\"";
        section.fault(node, form, Optional.empty());
      } else if (approvers.contains(entry)) {
        section.fault(node, entry + " stands here twice", Optional.empty());
      } else {
        approvers.add(entry);
      }
    }
    if (section.get("approvers").isEmpty() || section.list("approvers").isEmpty()) {
      section.fault(section.node(), what + " names no approvers", Optional.empty());
    }
    return approvers;
  }

  private static int quorum(Section section, ScalarNode node) {
    if (node.getValue().matches("[1-9][0-9]?")) {
      return Integer.parseInt(node.getValue());
    }
    String what = "quorum is a number from 1 to 99, not \"" + node.getValue() + "\"";
    section.fault(node, what, Optional.empty());
    return 1;
  }

  private static Optional<Duration> duration(Section section, ScalarNode node) {
    Matcher form = DURATION.matcher(node.getValue());
    if (form.matches()) {
      long amount = Long.parseLong(form.group(1));
      Duration window =
          switch (form.group(2)) {
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
          };
      if (window.compareTo(LONGEST) <= 0) {
        return Optional.of(window);
      }
    }
    String what = "window is a duration such as 30m, 4h or 2d, at most 30d, not \"";
    section.fault(node, what + node.getValue() + "\"", Optional.empty());
    return Optional.empty();
  }

  private static ReasonRule reason(Section section, ScalarNode node) {
    if (REASONS.contains(node.getValue())) {
      return ReasonRule.valueOf(node.getValue().toUpperCase(Locale.ROOT));
    }
    String what = "reason is one of " + String.join(", ", REASONS);
    section.fault(node, what, NearestWord.to(node.getValue(), REASONS));
    return ReasonRule.DISCARD;
  }
}
