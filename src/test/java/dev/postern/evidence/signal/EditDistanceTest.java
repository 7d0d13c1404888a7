package dev.postern.evidence.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditDistanceTest {

  @ParameterizedTest
  @CsvSource({
    "firm, firm, 0",
    "firm, fir, 1",
    "firm, firms, 1",
    "firm, form, 1",
    "firm, frim, 1",
    "abcd, badc, 2",
    "'', ab, 2",
    "abcdef, abdcfe, 2",
    "\uD83D\uDE00a, b\uD83D\uDE00, 2",
  })
  void countsWhatWasChanged(String one, String other, int distance) {
    assertThat(EditDistance.within(distance, one, other)).isTrue();
    assertThat(EditDistance.within(distance, other, one)).isTrue();
    assertThat(EditDistance.within(distance - 1, one, other)).isFalse();
  }

  @Test
  void givingUpEarlyChangesNoAnswer() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      String one = word(random);
      String other = word(random);
      int distance = distance(one, other);
      for (int most = 0; most <= 3; most++) {
        assertThat(EditDistance.within(most, one, other))
            .as("%s %s %d", one, other, most)
            .isEqualTo(distance <= most);
      }
    }
  }

  private static String word(Random random) {
    StringBuilder word = new StringBuilder();
    int length = random.nextInt(9);
    for (int i = 0; i < length; i++) {
      word.append((char) ('a' + random.nextInt(3)));
    }
    return word.toString();
  }

  /** By the definition: the least over all last steps. */
  private static int distance(String a, String b) {
    if (a.isEmpty() || b.isEmpty()) {
      return Math.max(a.length(), b.length());
    }
    int[][] all = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        all[i][j] = i == 0 || j == 0 ? i + j : step(all, a, b, i, j);
      }
    }
    return all[a.length()][b.length()];
  }

  private static int step(int[][] all, String a, String b, int i, int j) {
    int change = all[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(change, Math.min(all[i - 1][j], all[i][j - 1]) + 1);
    boolean swap =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swap ? Math.min(best, all[i - 2][j - 2] + 1) : best;
  }
}
