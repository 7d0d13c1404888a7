package dev.postern.quarantine.m365;

import java.util.List;

/**
 * What Exchange Online said to a cmdlet.
 *
 * @param <R> what is kept of a row
 */
sealed interface Said<R> {
  /**
   * It ran.
   *
   * @param rows what it gave
   * @param whole whether that is all
   */
  record Rows<R>(List<R> rows, boolean whole) implements Said<R> {
    public Rows {
      rows = List.copyOf(rows);
    }
  }

  /** There is no such message. */
  record Missing<R>() implements Said<R> {}

  /**
   * It was refused.
   *
   * @param words why, with what to mend where that is known; partly hostile
   */
  record Refused<R>(String words) implements Said<R> {}

  /**
   * The app may not do that.
   *
   * @param words what to mend
   */
  record Forbidden<R>(String words) implements Said<R> {}
}
