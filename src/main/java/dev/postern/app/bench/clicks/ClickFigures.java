package dev.postern.app.bench.clicks;

import java.util.OptionalLong;

/**
 * What a run came to.
 *
 * @param plan what was done
 * @param store which database
 * @param floor bare durable commits a second, by as many threads as there were connections
 * @param requests how many were sent
 * @param answers what they were answered
 * @param effects what the mail system saw
 * @param cost what Postern used
 */
public record ClickFigures(
    ClickPlan plan,
    String store,
    double floor,
    int requests,
    Answers answers,
    Effects effects,
    Cost cost) {

  /**
   * What clicks were answered.
   *
   * @param acknowledged with 200: the click is durable
   * @param refused at the entrance, or after it by a private answer
   * @param errors anything else, lost connections too
   * @param perSecond acknowledgements
   * @param latency from the request, or from when it was due, to its answer
   */
  public record Answers(
      int acknowledged, long refused, int errors, double perSecond, Latency latency) {}

  /** Milliseconds. */
  public record Latency(double p50, double p90, double p99, double max) {}

  /**
   * What the mail system saw.
   *
   * @param seen effects
   * @param missing acknowledged clicks that were due an effect and had none
   * @param surplus effects beyond the one of a case that may have one
   * @param askedAgain cases whose outcome a crash left uncertain, so that somebody looked it up and
   *     clicked once more
   * @param seconds from the first click until all was settled
   */
  public record Effects(long seen, long missing, long surplus, int askedAgain, double seconds) {}

  /**
   * What Postern used.
   *
   * @param cpuSeconds of the processor
   * @param syncs times that the disk was forced; empty where a kill took the count along
   */
  public record Cost(double cpuSeconds, OptionalLong syncs) {}

  /** Whether nothing was lost, nothing happened twice, and nobody was told twice. */
  public boolean exact() {
    boolean toldTwice = plan.scenario() == Scenario.HOT && answers.refused() >= requests;
    return effects.missing() == 0 && effects.surplus() == 0 && !toldTwice;
  }
}
