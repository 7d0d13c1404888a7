package dev.postern.app.bench.clicks;

import dev.postern.app.bench.clicks.ClickFigures.Answers;
import dev.postern.app.bench.clicks.ClickFigures.Cost;
import dev.postern.app.bench.clicks.ClickFigures.Effects;
import dev.postern.app.bench.clicks.ClickFigures.Latency;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * One run: starts Postern as a process of its own amid stand-ins, makes cases through its intake,
 * clicks over real HTTP, and counts what the mail system saw. Nothing leaves the machine.
 */
public final class ClickBench {
  private static final Duration FLOOR = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int WARM_UP = 2000;
  private static final int WARM_UP_ROUNDS = 5;
  private static final int MOST_ROUNDS = 3;

  private final ClickPlan plan;
  private final Surroundings around;
  private final BenchStore store;
  private final Path folder;
  private long told;
  private long refusals;

  private ClickBench(ClickPlan plan, Surroundings around, BenchStore store, Path folder) {
    this.plan = plan;
    this.around = around;
    this.store = store;
    this.folder = folder;
  }

  /**
   * Carries the plan out and leaves nothing behind.
   *
   * @throws IOException when something could not be started or stopped answering; says what
   * @throws SQLException when the database cannot be used
   */
  public static ClickFigures run(ClickPlan plan)
      throws IOException, SQLException, InterruptedException {
    Path folder = Files.createTempDirectory(plan.folder(), "postern-bench");
    try (Surroundings around = new Surroundings();
        BenchStore store = BenchStore.open(plan, folder)) {
      return new ClickBench(plan, around, store, folder).run();
    } finally {
      delete(folder);
    }
  }

  private ClickFigures run() throws IOException, SQLException, InterruptedException {
    around.describe(folder, store.access(), plan.load().people());
    double floor = store.floor(plan.load().connections(), FLOOR);
    try (Subject postern = new Subject(folder)) {
      Cases cases = Cases.make(postern.target(), around.slack, plan.cases(), Presses.expired(plan));
      warmUp(postern, cases);
      List<Press> presses = Presses.of(plan, cases);
      return drive(postern, cases, presses, floor);
    }
  }

  /**
   * Clicks of a stranger: all the way to a refusal, so that Java has compiled it. Slack's
   * delivering them again goes the same way to the database, and there is nothing to be judged
   * afterwards.
   */
  private void warmUp(Subject postern, Cases cases) throws IOException, InterruptedException {
    List<Press> presses = new ArrayList<>();
    int last = plan.cases() - 1;
    for (int i = 0; i < Math.min(WARM_UP, plan.clicks()); i++) {
      int event = plan.clicks() + i;
      presses.add(Presses.press(cases, last, event, Press.Sort.STRANGER, 1));
    }
    for (int round = 0; round < WARM_UP_ROUNDS; round++) {
      new Driver(postern.target(), presses, 0, false).run(plan.load().connections());
    }
    Waiting.until(() -> around.slack.told() >= presses.size(), around.slack::told, PATIENCE);
    told = around.slack.told();
    refusals = around.slack.refusals();
  }

  private ClickFigures drive(Subject postern, Cases cases, List<Press> presses, double floor)
      throws IOException, SQLException, InterruptedException {
    boolean twice = plan.scenario() == Scenario.REPLAY;
    boolean killed = plan.scenario() == Scenario.CRASH;
    long syncs = store.syncs(postern.process());
    double cpu = postern.cpuSeconds();
    long begin = System.nanoTime();

    Driver driver = new Driver(postern.target(), presses, plan.load().rate(), twice);
    Score score = driven(postern, driver);
    Map<Integer, Boolean> due = due(presses, score);
    awaitEffects(due, presses.size());
    int again = reconcile(postern, cases, due, presses.size());

    double seconds = (System.nanoTime() - begin) / 1e9;
    OptionalLong forced =
        killed ? OptionalLong.empty() : OptionalLong.of(store.syncs(postern.process()) - syncs);
    Cost cost = new Cost(postern.cpuSeconds() - cpu, forced);
    postern.close(); // what it would still do twice, it has done now
    return new ClickFigures(
        plan,
        store.name(),
        floor,
        presses.size() * (twice ? 2 : 1),
        answers(score),
        effects(due, again, seconds),
        cost);
  }

  private Score driven(Subject postern, Driver driver) throws IOException, InterruptedException {
    if (plan.scenario() != Scenario.CRASH) {
      return driver.run(plan.load().connections());
    }
    try (Killer killer = new Killer(postern, driver, plan)) {
      Score score = driver.run(plan.load().connections());
      killer.finish();
      return score;
    }
  }

  /** Cases that may have an effect; true where one is due, since Postern has the click. */
  private static Map<Integer, Boolean> due(List<Press> presses, Score score) {
    Map<Integer, Boolean> due = new HashMap<>();
    for (int i = 0; i < presses.size(); i++) {
      if (presses.get(i).sort() == Press.Sort.RIGHT) {
        due.merge(presses.get(i).number(), score.taken(i), Boolean::logicalOr);
      }
    }
    return due;
  }

  private List<Integer> missing(Map<Integer, Boolean> due) {
    return due.keySet().stream()
        .filter(due::get)
        .filter(number -> around.sink.taken(Requests.recipient(number)) == 0)
        .toList();
  }

  /** Until every effect was seen and every click had its private answer, as far as it gets one. */
  private void awaitEffects(Map<Integer, Boolean> due, int clicks) {
    boolean hot = plan.scenario() == Scenario.HOT;
    Waiting.until(
        () -> missing(due).isEmpty() && (!hot || around.slack.told() - told >= clicks),
        () -> around.sink.taken() + around.slack.told(),
        PATIENCE);
  }

  /**
   * SMTP cannot tell what became of a message whose answer was lost, so Postern asks people again.
   * They look it up at the mail system, as its card says, and click once more where it is not.
   */
  private int reconcile(Subject postern, Cases cases, Map<Integer, Boolean> due, int clicks)
      throws IOException, InterruptedException {
    int again = 0;
    for (int round = 0; round < MOST_ROUNDS && !missing(due).isEmpty(); round++) {
      List<Press> presses = new ArrayList<>();
      for (int number : missing(due)) {
        int event = WARM_UP + clicks + again + presses.size();
        presses.add(Presses.press(cases, number, event, Press.Sort.RIGHT, plan.load().people()));
      }
      again += presses.size();
      new Driver(postern.target(), presses, 0, false).run(1);
      awaitEffects(due, 0);
    }
    return again;
  }

  private Answers answers(Score score) {
    return new Answers(
        score.acknowledged(),
        score.refused() + around.slack.refusals() - refusals,
        score.errors(),
        score.seconds() == 0 ? 0 : score.acknowledged() / score.seconds(),
        new Latency(score.millis(0.5), score.millis(0.9), score.millis(0.99), score.millis(1)));
  }

  private Effects effects(Map<Integer, Boolean> due, int again, double seconds) {
    long surplus = 0;
    for (int number = 0; number < plan.cases(); number++) {
      int allowed = due.containsKey(number) ? 1 : 0;
      surplus += Math.max(0, around.sink.taken(Requests.recipient(number)) - allowed);
    }
    return new Effects(around.sink.taken(), missing(due).size(), surplus, again, seconds);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
