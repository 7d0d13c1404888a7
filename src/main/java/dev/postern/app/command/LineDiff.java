package dev.postern.app.command;

import java.util.ArrayList;
import java.util.List;

/** The lines in which two texts differ, as a unified diff of one hunk. */
final class LineDiff {
  private static final int AROUND = 2;

  private final List<String> before;
  private final List<String> after;
  private final int same;
  private final int sameAtEnd;

  private LineDiff(String before, String after) {
    this.before = before.lines().toList();
    this.after = after.lines().toList();
    int most = Math.min(this.before.size(), this.after.size());
    int head = 0;
    while (head < most && this.before.get(head).equals(this.after.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < most - head && fromEnd(this.before, tail).equals(fromEnd(this.after, tail))) {
      tail++;
    }
    this.same = head;
    this.sameAtEnd = tail;
  }

  private static String fromEnd(List<String> lines, int at) {
    return lines.get(lines.size() - 1 - at);
  }

  /** Nothing where they do not differ. */
  static List<String> of(String name, String before, String after) {
    LineDiff diff = new LineDiff(before, after);
    return before.equals(after) ? List.of() : diff.hunk(name);
  }

  private List<String> hunk(String name) {
    int start = Math.max(0, same - AROUND);
    int tail = Math.min(AROUND, sameAtEnd);
    int endBefore = before.size() - sameAtEnd;
    int endAfter = after.size() - sameAtEnd;
    List<String> lines = new ArrayList<>();
    lines.add("--- " + name);
    lines.add("+++ " + name);
    lines.add(
        "@@ -%d,%d +%d,%d @@"
            .formatted(start + 1, endBefore + tail - start, start + 1, endAfter + tail - start));
    before.subList(start, same).forEach(line -> lines.add(" " + line));
    changed(lines, before.subList(same, endBefore), after.subList(same, endAfter));
    after.subList(endAfter, endAfter + tail).forEach(line -> lines.add(" " + line));
    return lines;
  }

  /** By the longest common subsequence; what changes of a policy is a rule, not the whole file. */
  private static void changed(List<String> lines, List<String> old, List<String> fresh) {
    int[][] common = new int[old.size() + 1][fresh.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = fresh.size() - 1; j >= 0; j--) {
        common[i][j] =
            old.get(i).equals(fresh.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    while (i < old.size() || j < fresh.size()) {
      boolean both = i < old.size() && j < fresh.size();
      if (both && old.get(i).equals(fresh.get(j))) {
        lines.add(" " + old.get(i++));
        j++;
      } else if (j == fresh.size() || (both && common[i + 1][j] >= common[i][j + 1])) {
        lines.add("-" + old.get(i++));
      } else {
        lines.add("+" + fresh.get(j++));
      }
    }
  }
}
