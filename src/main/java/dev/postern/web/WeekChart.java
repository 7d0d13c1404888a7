package dev.postern.web;

import dev.postern.policy.Replayed.Week;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Two bars on top of each other for each week: what people would still be asked, and what no more.
 *
 * @param weeks the numbers
 * @param bars where they are drawn, in a picture of 1000 by 100
 * @param still asked before and after
 * @param noLonger asked before only, week by week
 * @param more asked after only, week by week
 */
public record WeekChart(List<Week> weeks, List<Bar> bars, long still, long noLonger, long more) {
  private static final double WIDTH = 1000;
  private static final double HEIGHT = 100;

  /** As many as can be told apart. */
  private static final int MOST_WEEKS = 60;

  /**
   * A rectangle.
   *
   * @param kind {@code b1} still asked, {@code b3} no longer, {@code b2} more than before
   */
  public record Bar(String kind, String x, String y, String width, String height) {}

  static WeekChart of(List<Week> all) {
    List<Week> weeks = all.subList(Math.max(0, all.size() - MOST_WEEKS), all.size());
    long highest =
        weeks.stream().mapToLong(it -> Math.max(it.before(), it.after())).max().orElse(1);
    List<Bar> bars = new ArrayList<>();
    double step = WIDTH / Math.max(1, weeks.size());
    for (int i = 0; i < weeks.size(); i++) {
      Week week = weeks.get(i);
      double low = HEIGHT * Math.min(week.before(), week.after()) / highest;
      double high = HEIGHT * Math.max(week.before(), week.after()) / highest;
      double x = i * step + step * 0.15;
      bars.add(bar("b1", x, HEIGHT - low, step * 0.7, low));
      bars.add(
          bar(
              week.after() > week.before() ? "b2" : "b3",
              x,
              HEIGHT - high,
              step * 0.7,
              high - low));
    }
    long still = weeks.stream().mapToLong(it -> Math.min(it.before(), it.after())).sum();
    long noLonger = weeks.stream().mapToLong(it -> Math.max(0, it.before() - it.after())).sum();
    long more = weeks.stream().mapToLong(it -> Math.max(0, it.after() - it.before())).sum();
    return new WeekChart(List.copyOf(weeks), List.copyOf(bars), still, noLonger, more);
  }

  private static Bar bar(String kind, double x, double y, double width, double height) {
    return new Bar(kind, number(x), number(y), number(width), number(height));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
