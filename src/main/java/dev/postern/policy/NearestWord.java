package dev.postern.policy;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that somebody who mistyped most likely meant. */
public final class NearestWord {
  private static final int LONGEST = 80;
  private static final int MOST_TOLD = 12;

  private NearestWord() {}

  /**
   * The right word nearest to the wrong one, by edits (insert, delete, replace, swap of
   * neighbours); empty when none is near enough to be worth naming.
   */
  public static Optional<String> to(String wrong, Collection<String> right) {
    if (wrong.length() > LONGEST) {
      return Optional.empty();
    }
    return right.stream()
        .min(Comparator.comparingInt((String word) -> edits(wrong, word)).thenComparing(w -> w))
        .filter(word -> edits(wrong, word) <= Math.max(2, word.length() / 3));
  }

  /** That there is no such thing, and what there is, where none of that is near. */
  static String none(String kind, String wrong, Collection<String> right) {
    String what = "there is no " + kind + " \"" + wrong + "\"";
    return to(wrong, right).isPresent() || right.isEmpty() || right.size() > MOST_TOLD
        ? what
        : what + "; there is " + String.join(", ", right);
  }

  /** The optimal string alignment distance, letter case aside. */
  private static int edits(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, a, b, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int cheapest(int[][] cost, String a, String b, int i, int j) {
    int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int least = Math.min(replace, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
  }
}
