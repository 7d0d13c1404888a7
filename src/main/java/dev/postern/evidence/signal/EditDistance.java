package dev.postern.evidence.signal;

/** How many letters were changed between two words. */
final class EditDistance {
  private EditDistance() {}

  /**
   * Whether one word becomes the other by at most so many insertions, deletions, changes and swaps
   * of neighbours (Damerau, optimal string alignment). Time is the product of the lengths, which is
   * bounded by the 63 octets of a label.
   */
  static boolean within(int most, String one, String other) {
    int[] a = one.codePoints().toArray();
    int[] b = other.codePoints().toArray();
    if (Math.abs(a.length - b.length) > most) {
      return false;
    }
    int[] beforeLast = new int[b.length + 1];
    int[] last = new int[b.length + 1];
    int[] row = new int[b.length + 1];
    for (int j = 0; j <= b.length; j++) {
      last[j] = j;
    }
    int least = 0;
    for (int i = 1; i <= a.length; i++) {
      int leastBefore = least;
      row[0] = i;
      least = i;
      for (int j = 1; j <= b.length; j++) {
        int change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
        row[j] = Math.min(change, Math.min(last[j], row[j - 1]) + 1);
        boolean swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
        row[j] = swap ? Math.min(row[j], beforeLast[j - 2] + 1) : row[j];
        least = Math.min(least, row[j]);
      }
      // A later row builds on this one, or by a swap, which costs one, on the one before.
      if (least > most && leastBefore >= most) {
        return false;
      }
      int[] oldest = beforeLast;
      beforeLast = last;
      last = row;
      row = oldest;
    }
    return last[b.length] <= most;
  }
}
