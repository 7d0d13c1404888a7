package dev.postern.policy;

import dev.postern.policy.RuleOrder.Placed;
import dev.postern.policy.SourceFiles.SourceFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads the {@code rules} of a policy, those of included files in their place. */
final class RuleReader {
  /** Names and reasons stand on cards; names also in tables and log lines. */
  static final Pattern NAME = Pattern.compile("[A-Za-z0-9 ._-]{1,40}");

  static final int MOST_RULES = 1_000;

  /** Words of the trace, which would look like a rule's. */
  private static final Set<String> TAKEN =
      Set.of("otherwise", "frozen", "caution", "limit", "grant");

  private static final List<String> KEYS =
      List.of(
          "name",
          "when",
          "do",
          "chain",
          "reason",
          "until",
          "shadow",
          "limit",
          "force",
          "overrides-grants");
  private static final List<String> ACTIONS = List.of("release", "discard", "ask");

  private final SourceFiles files;
  private final ConditionCompiler compiler;
  private final List<String> chains;
  private final Set<String> names = new HashSet<>();
  private final List<Placed> rules = new ArrayList<>();

  /**
   * Gets ready.
   *
   * @param files of the policy
   * @param lists by their names
   * @param chains names of the chains that exist
   */
  RuleReader(SourceFiles files, Map<String, NamedList> lists, List<String> chains) {
    this.files = files;
    this.compiler = new ConditionCompiler(lists);
    this.chains = chains;
  }

  /** The rules of all files that are right, in the order in which they are tried. */
  List<Placed> read() {
    files.all().stream().findFirst().ifPresent(this::read);
    return rules;
  }

  private void read(SourceFile file) {
    for (Node node : file.section().list("rules")) {
      Optional<ScalarNode> included = SourceFiles.included(node);
      if (included.isPresent()) {
        files.at(included.get()).ifPresent(this::read);
      } else if (rules.size() >= MOST_RULES) {
        String what = "a policy has at most 1,000 rules; put what they have in common into lists";
        file.section().fault(node, what, Optional.empty());
        return;
      } else {
        rule(file, node).ifPresent(it -> rules.add(new Placed(it, node, file.faults())));
      }
    }
  }

  private Optional<Rule> rule(SourceFile file, Node node) {
    Section section = file.section().inside(node, "a rule", KEYS);
    Optional<String> name = section.required("name", "the rule").flatMap(n -> name(section, n));
    String what = "rule " + name.orElse("");
    ScalarText texts = new ScalarText(file);
    Optional<Condition> when =
        section
            .required("when", what)
            .flatMap(
                at -> compiler.compile(at.getValue(), mistake -> texts.fault(at, "when", mistake)));
    Optional<Action> action = section.required("do", what).flatMap(a -> action(section, a));
    Optional<ReasonPlan> reason =
        section
            .scalar("reason")
            .map(at -> new ReasonReader(compiler, section, texts).read(at))
            .or(() -> Optional.of(new ReasonPlan(List.of())));
    Rule.Terms terms = new TermsReader(section).read(action);
    return name.isPresent() && when.isPresent() && action.isPresent()
        ? Optional.of(new Rule(name.get(), when.get(), action.get(), reason.orElseThrow(), terms))
        : Optional.empty();
  }

  private Optional<String> name(Section section, ScalarNode node) {
    String name = node.getValue();
    if (!NAME.matcher(name).matches()) {
      section.fault(
          node,
          "a rule's name is 1 to 40 letters, digits, spaces, dots, hyphens, underscores",
          Optional.empty());
      return Optional.empty();
    }
    if (TAKEN.contains(name)) {
      section.fault(node, "the trace says \"" + name + "\" itself: name it else", Optional.empty());
    }
    if (!names.add(name)) {
      section.fault(node, "there are two rules named \"" + name + "\"", Optional.empty());
    }
    return Optional.of(name);
  }

  private Optional<Action> action(Section section, ScalarNode node) {
    Optional<ScalarNode> chain = section.scalar("chain");
    String word = node.getValue();
    if (!word.equals("ask") && chain.isPresent() && ACTIONS.contains(word)) {
      section.fault(chain.get(), "only a rule that asks has a chain", Optional.empty());
    }
    return switch (word) {
      case "release" -> Optional.of(new Action.Release());
      case "discard" -> Optional.of(new Action.Discard());
      case "ask" -> ask(section, node, chain);
      default -> {
        String what = "do is release, discard or ask, not \"" + word + "\"";
        section.fault(node, what, NearestWord.to(word, ACTIONS));
        yield Optional.empty();
      }
    };
  }

  private Optional<Action> ask(Section section, ScalarNode node, Optional<ScalarNode> chain) {
    if (chain.isEmpty()) {
      String chance = String.join(", ", chains);
      section.fault(node, "a rule that asks names its chain: " + chance, Optional.empty());
      return Optional.empty();
    }
    String name = chain.get().getValue();
    if (!chains.contains(name)) {
      section.fault(
          chain.get(), NearestWord.none("chain", name, chains), NearestWord.to(name, chains));
    }
    return Optional.of(new Action.Ask(name));
  }
}
