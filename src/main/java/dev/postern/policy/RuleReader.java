package dev.postern.policy;

import dev.postern.policy.ConditionCompiler.Mistake;
import dev.postern.policy.PolicyProblem.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads the {@code rules} of a policy file. */
final class RuleReader {
  /** Names and reasons stand on cards; names also in tables and log lines. */
  static final Pattern NAME = Pattern.compile("[A-Za-z0-9 ._-]{1,40}");

  private static final int LONGEST_REASON = 200;
  private static final List<String> KEYS = List.of("name", "when", "do", "chain", "reason");
  private static final List<String> ACTIONS = List.of("release", "discard", "ask");

  private final ConditionCompiler compiler = new ConditionCompiler();
  private final String[] lines;
  private final List<String> chains;
  private final List<Fault> faults;
  private final Set<String> names = new HashSet<>();

  /**
   * Gets ready.
   *
   * @param text the whole file, to find places inside of block scalars
   * @param chains names of the chains that exist
   * @param faults takes what is wrong
   */
  RuleReader(String text, List<String> chains, List<Fault> faults) {
    this.lines = text.split("\n", -1);
    this.chains = chains;
    this.faults = faults;
  }

  /** The rules that are right, in order. */
  List<Rule> read(List<Node> nodes) {
    List<Rule> rules = new ArrayList<>();
    nodes.forEach(node -> rule(node).ifPresent(rules::add));
    return rules;
  }

  private Optional<Rule> rule(Node node) {
    Section section = Section.open(node, "a rule", KEYS, faults);
    Optional<String> name = section.required("name", "the rule").flatMap(n -> name(section, n));
    String what = "rule " + name.orElse("");
    Optional<Condition> when = section.required("when", what).flatMap(this::condition);
    Optional<Action> action = section.required("do", what).flatMap(a -> action(section, a));
    String reason = section.scalar("reason").map(r -> reason(section, r)).orElse("");
    return name.isPresent() && when.isPresent() && action.isPresent()
        ? Optional.of(new Rule(name.get(), when.get(), action.get(), reason))
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
      String what = "there is no chain \"" + name + "\"";
      section.fault(chain.get(), what, NearestWord.to(name, chains));
    }
    return Optional.of(new Action.Ask(name));
  }

  private static String reason(Section section, ScalarNode node) {
    String reason = node.getValue().strip();
    boolean control = reason.chars().anyMatch(Character::isISOControl);
    if (control || reason.length() > LONGEST_REASON) {
      String what = "a reason is one line of at most " + LONGEST_REASON + " characters";
      section.fault(node, what, Optional.empty());
    }
    return reason;
  }

  private Optional<Condition> condition(ScalarNode node) {
    return compiler.compile(node.getValue(), mistake -> faults.add(place(node, mistake)));
  }

  /** Where in the file a mistake stands. */
  private Fault place(ScalarNode node, Mistake mistake) {
    int line = node.getStartMark().getLine();
    int column = node.getStartMark().getColumn();
    ScalarStyle style = node.getScalarStyle();
    boolean oneLine = node.getEndMark().getLine() == line;
    if (style == ScalarStyle.LITERAL) {
      line += mistake.line();
      column = indent(node.getStartMark().getLine() + 1) + mistake.column();
    } else if (oneLine) {
      column += mistake.column() + (style == ScalarStyle.PLAIN ? 0 : 1);
    } // else the lines were folded: only the start is known
    return new Fault(line + 1, column + 1, "when: " + mistake.what(), mistake.nearest());
  }

  private int indent(int from) {
    int line = from;
    while (line < lines.length && lines[line].isBlank()) {
      line++;
    }
    return line < lines.length ? lines[line].length() - lines[line].stripLeading().length() : 0;
  }
}
