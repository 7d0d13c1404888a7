package dev.postern.policy;

import dev.postern.policy.ConditionCompiler.Mistake;
import dev.postern.policy.SourceFiles.SourceFile;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Finds where in a file something stands that is inside of a value. */
final class ScalarText {
  private final Faults faults;
  private final String[] lines;

  ScalarText(SourceFile file) {
    this.faults = file.faults();
    this.lines = file.text().split("\n", -1);
  }

  /** Takes a mistake in the expression that is the whole value. */
  void fault(ScalarNode node, String key, Mistake mistake) {
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
    faults.add(line + 1, column + 1, key + ": " + mistake.what(), mistake.nearest());
  }

  private int indent(int from) {
    int line = from;
    while (line < lines.length && lines[line].isBlank()) {
      line++;
    }
    return line < lines.length ? lines[line].length() - lines[line].stripLeading().length() : 0;
  }
}
