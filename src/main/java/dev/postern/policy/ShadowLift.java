package dev.postern.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Takes {@code shadow} off a rule in the text of its file, and leaves remarks where they are. */
final class ShadowLift {
  static final String SHADOW = "shadow";

  private final TextCuts text;
  private final MappingNode rule;
  private final List<Entry> entries;

  /** A key with its value, and where both stand. */
  private record Entry(String key, int from, int value, int to) {}

  private ShadowLift(String file, MappingNode rule) {
    this.text = new TextCuts(file);
    this.rule = rule;
    this.entries = rule.getValue().stream().map(this::entry).toList();
  }

  private Entry entry(NodeTuple it) {
    String key = it.getKeyNode() instanceof ScalarNode word ? word.getValue() : "";
    return new Entry(
        key,
        text.at(it.getKeyNode().getStartMark()),
        text.at(it.getValueNode().getStartMark()),
        text.at(it.getValueNode().getEndMark()));
  }

  /**
   * The text of the file without it.
   *
   * @param rule has the key
   * @param terms keys and values that the rule is to have besides, or in place of those it has
   */
  static String of(String file, MappingNode rule, Map<String, String> terms) {
    return new ShadowLift(file, rule).lifted(terms);
  }

  private String lifted(Map<String, String> terms) {
    if (entries.stream().anyMatch(it -> it.value() < it.from())) {
      return text.done(); // an alias: its value stands elsewhere, and is left alone
    }
    List<String> fresh = new ArrayList<>();
    terms.forEach(
        (key, value) ->
            named(key)
                .ifPresentOrElse(
                    it -> text.replace(it.value(), it.to(), value),
                    () -> fresh.add(key + ": " + value)));
    Entry shadow = named(SHADOW).orElseThrow();
    if (fresh.isEmpty()) {
      remove(shadow);
    } else {
      String indent = " ".repeat(shadow.from() - text.lineStart(shadow.from()));
      String between = flow() ? ", " : text.newLine() + indent;
      text.replace(shadow.from(), shadow.to(), String.join(between, fresh));
    }
    return text.done();
  }

  private Optional<Entry> named(String key) {
    return entries.stream().filter(it -> it.key().equals(key)).findFirst();
  }

  private boolean flow() {
    return rule.getFlowStyle() == FlowStyle.FLOW;
  }

  private void remove(Entry it) {
    int from = text.lineStart(it.from());
    int next = text.nextLine(it.to());
    String behind = text.between(it.to(), next);
    if (flow() || !text.between(from, it.from()).isBlank()) {
      removeInLine(it);
    } else if (behind.isBlank()) {
      text.replace(from, next, "");
    } else {
      int remark = it.to() + behind.length() - behind.stripLeading().length();
      text.replace(it.from(), remark, "");
    }
  }

  /** With the comma or the space beside it; where more stands there, the value says the same. */
  private void removeInLine(Entry it) {
    int at = entries.indexOf(it);
    String gap = flow() ? "\\s*,\\s*" : "\\s*";
    Optional<Entry> after = near(at + 1).filter(n -> text.between(it.to(), n.from()).matches(gap));
    Optional<Entry> before =
        near(at - 1).filter(b -> flow() && text.between(b.to(), it.from()).matches(gap));
    if (after.isPresent()) {
      text.replace(it.from(), after.get().from(), "");
    } else if (before.isPresent()) {
      text.replace(before.get().to(), it.to(), "");
    } else {
      text.replace(it.value(), it.to(), "false");
    }
  }

  private Optional<Entry> near(int at) {
    return IntStream.of(at)
        .filter(i -> i >= 0 && i < entries.size())
        .mapToObj(entries::get)
        .findFirst();
  }
}
