package dev.postern.app.bench.clicks;

/** What people do to Postern. */
public enum Scenario {
  /** Many people click on one case: the first decides, the others are refused politely. */
  HOT,
  /** One click for each of many cases. */
  WIDE,
  /** Like wide, and every request comes a second time within three seconds. */
  REPLAY,
  /** Like wide, and one click in six has no right to act. */
  MIXED,
  /** Like wide, and Postern is killed in the middle, again and again. */
  CRASH
}
