package dev.postern.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.yaml.snakeyaml.error.Mark;

/** Parts of a text that are to be replaced, told by where they stand in it before. */
final class TextCuts {
  private final String text;
  private final List<Cut> cuts = new ArrayList<>();

  private record Cut(int from, int to, String by) {}

  TextCuts(String text) {
    this.text = text;
  }

  /** Where a mark of the YAML reader stands, which counts code points. */
  int at(Mark mark) {
    return text.offsetByCodePoints(0, mark.getIndex());
  }

  void replace(int from, int to, String by) {
    cuts.add(new Cut(from, to, by));
  }

  /** What stands between two places. */
  String between(int from, int to) {
    return text.substring(from, to);
  }

  /** The first place of the line in which this one is. */
  int lineStart(int place) {
    return text.lastIndexOf('\n', place - 1) + 1;
  }

  /** The first place of the line after the one in which this one is. */
  int nextLine(int place) {
    int end = text.indexOf('\n', place);
    return end < 0 ? text.length() : end + 1;
  }

  /** How lines of this text end. */
  String newLine() {
    return text.contains("\r\n") ? "\r\n" : "\n";
  }

  /** The text with everything replaced. */
  String done() {
    StringBuilder changed = new StringBuilder(text);
    cuts.stream()
        .sorted(Comparator.comparingInt(Cut::from).reversed())
        .forEach(cut -> changed.replace(cut.from(), cut.to(), cut.by()));
    return changed.toString();
  }
}
