package dev.postern.policy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A place for one more rule among rules that stand below each other.
 *
 * @param file the text
 * @param at where it is put, the beginning of a line
 * @param indent what stands before the dash of each rule
 */
record RuleSlot(TextCuts file, int at, String indent) {

  /** Before a rule, and before the remarks right above it, which belong to it. */
  static Optional<RuleSlot> before(String text, Node rule) {
    TextCuts file = new TextCuts(text);
    return indent(file, rule)
        .map(
            indent -> {
              int at = file.lineStart(file.at(rule.getStartMark()));
              while (at > 0 && remark(file, file.lineStart(at - 1), at)) {
                at = file.lineStart(at - 1);
              }
              return new RuleSlot(file, at, indent);
            });
  }

  /** After a rule that is the last one. */
  static Optional<RuleSlot> after(String text, Node rule) {
    TextCuts file = new TextCuts(text);
    int end = file.at(last(rule).getEndMark());
    // A block of text ends where the next line begins.
    int at = end > 0 && file.lineStart(end) == end ? end : file.nextLine(end);
    return indent(file, rule).map(indent -> new RuleSlot(file, at, indent));
  }

  private static boolean remark(TextCuts file, int from, int to) {
    return file.between(from, to).strip().startsWith("#");
  }

  /** Empty where something else than a dash stands before the rule. */
  private static Optional<String> indent(TextCuts file, Node rule) {
    int from = file.at(rule.getStartMark());
    String before = file.between(file.lineStart(from), from);
    return before.matches(" *- +")
        ? Optional.of(before.substring(0, before.indexOf('-')))
        : Optional.empty();
  }

  private static ScalarNode last(Node node) {
    return switch (node) {
      case ScalarNode word -> word;
      case MappingNode map -> last(map.getValue().getLast().getValueNode());
      case SequenceNode list -> last(list.getValue().getLast());
      default -> throw new IllegalStateException("no such node: " + node.getNodeId());
    };
  }

  /**
   * The text with a rule in this place.
   *
   * @param rule its lines, the first of which begins with a dash, or is a remark
   */
  String with(List<String> rule) {
    String lines =
        IntStream.range(0, rule.size())
            .mapToObj(i -> indent + rule.get(i) + file.newLine())
            .collect(Collectors.joining());
    boolean onNewLine = at == 0 || file.between(at - 1, at).equals("\n");
    file.replace(at, at, onNewLine ? lines : file.newLine() + lines);
    return file.done();
  }
}
