package dev.postern.app.bench.clicks;

import dev.postern.app.bench.clicks.Press.Sort;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** The clicks of a scenario, made before the clock runs. */
final class Presses {
  private static final String STRANGER = "U0STRANGER";
  private static final double BAD_SIGNATURE = 0.05;
  private static final double STALE = 0.10;
  private static final double STRANGE = 0.15;
  private static final double EXPIRED = 0.02;

  private final ClickPlan plan;
  private final Cases cases;
  private final RandomGenerator random = RandomGeneratorFactory.getDefault().create(1);

  private Presses(ClickPlan plan, Cases cases) {
    this.plan = plan;
    this.cases = cases;
  }

  /** How many cases have a window that closes before anybody clicks. */
  static int expired(ClickPlan plan) {
    return plan.scenario() == Scenario.MIXED ? (int) Math.ceil(EXPIRED * plan.cases()) : 0;
  }

  /** All of them. */
  static List<Press> of(ClickPlan plan, Cases cases) {
    Presses made = new Presses(plan, cases);
    List<Press> presses = new ArrayList<>();
    for (int i = 0; i < plan.clicks(); i++) {
      presses.add(made.press(i));
    }
    if (plan.scenario() == Scenario.MIXED) {
      Collections.shuffle(presses, new Random(1));
    }
    return presses;
  }

  private Press press(int event) {
    int number = plan.scenario() == Scenario.HOT ? 0 : event;
    Sort sort = plan.scenario() == Scenario.MIXED ? sort(number) : Sort.RIGHT;
    return press(cases, number, event, sort, plan.load().people());
  }

  /** A press of the button that the case's card shows now. */
  static Press press(Cases cases, int number, int event, Sort sort, int people) {
    String user = sort == Sort.STRANGER ? STRANGER : Surroundings.user(event % people);
    return new Press(number, Requests.press(cases.button(number), user, event), sort);
  }

  private Sort sort(int number) {
    if (number < expired(plan)) {
      return Sort.EXPIRED;
    }
    double drawn = random.nextDouble();
    if (drawn < BAD_SIGNATURE) {
      return Sort.BAD_SIGNATURE;
    }
    if (drawn < STALE) {
      return Sort.STALE;
    }
    return drawn < STRANGE ? Sort.STRANGER : Sort.RIGHT;
  }
}
