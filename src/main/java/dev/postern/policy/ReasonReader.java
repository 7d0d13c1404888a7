package dev.postern.policy;

import dev.postern.policy.ConditionCompiler.Mistake;
import dev.postern.policy.ReasonPlan.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads the {@code reason} of a rule: words with {@code {facts}} between them. */
final class ReasonReader {
  private static final int LONGEST = 200;
  private static final int MOST_VALUES = 5;
  private static final Pattern VALUE = Pattern.compile("\\{([^{}]*)\\}");

  private final ConditionCompiler compiler;
  private final Section section;
  private final ScalarText texts;

  ReasonReader(ConditionCompiler compiler, Section section, ScalarText texts) {
    this.compiler = compiler;
    this.section = section;
    this.texts = texts;
  }

  ReasonPlan read(ScalarNode node) {
    String reason = node.getValue().strip();
    boolean odd = reason.chars().anyMatch(c -> Character.isISOControl(c));
    if (odd || reason.length() > LONGEST) {
      String what = "a reason is one line of at most " + LONGEST + " characters";
      section.fault(node, what, Optional.empty());
    }
    List<Part> parts = new ArrayList<>();
    Matcher value = VALUE.matcher(reason);
    int after = 0;
    int values = 0;
    while (value.find()) {
      words(node, reason.substring(after, value.start()), parts);
      int place = value.start(1);
      compiler
          .value(value.group(1), mistake -> texts.fault(node, "reason", moved(mistake, place)))
          .ifPresent(plan -> parts.add(new Part(value.group(), Optional.of(plan))));
      after = value.end();
      values++;
    }
    words(node, reason.substring(after), parts);
    if (values > MOST_VALUES) {
      String what = "a reason has at most " + MOST_VALUES + " values";
      section.fault(node, what, Optional.empty());
    }
    return new ReasonPlan(parts);
  }

  private void words(ScalarNode node, String words, List<Part> into) {
    if (words.contains("{") || words.contains("}")) {
      String what = "reason: a fact stands between braces, as {message.from}";
      section.fault(node, what, Optional.empty());
    }
    if (!words.isEmpty()) {
      into.add(new Part(words, Optional.empty()));
    }
  }

  private static Mistake moved(Mistake mistake, int by) {
    return new Mistake(mistake.line(), mistake.column() + by, mistake.what(), mistake.nearest());
  }
}
