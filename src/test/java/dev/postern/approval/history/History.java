package dev.postern.approval.history;

import static dev.postern.approval.history.Setting.address;
import static dev.postern.approval.history.Setting.any;

import dev.postern.approval.Act;
import dev.postern.approval.Choice;
import dev.postern.approval.history.Step.Button;
import dev.postern.approval.history.Step.Mood;
import dev.postern.policy.StagePlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A setting and what happens in it.
 *
 * @param seed gives the same history again
 */
record History(long seed, Setting setting, List<Step> steps) {
  private static final int MOST_STEPS = 24;

  /** What people want: mostly the same, so that they agree now and then. */
  private static final List<Act> ACTS =
      List.of(
          new Choice.ReleaseAll(),
          new Choice.ReleaseAll(),
          new Choice.ReleaseAll(),
          new Choice.ReleaseAll(),
          new Choice.ReleaseAll(),
          new Choice.Discard(),
          new Choice.Discard(),
          new Choice.ReleaseTo(List.of(address("bo"))),
          new Choice.ReleaseTo(List.of(address("bo"))),
          new Choice.ReleaseTo(List.of(address("anna"))),
          new Choice.ReleaseTo(List.of(address("anna"), address("bo"))),
          new Choice.ReleaseTo(List.of(address("mallory"))),
          new Act.Withdraw(),
          new Act.Withdraw(),
          new Act.StepAside(),
          new Act.HandOver("kim"),
          new Act.HandOver("lee"),
          new Act.HandOver("anna"));

  /** Each mood, and twice what leaves some without the message who are asked about again. */
  private static final List<Mood> MOODS =
      Stream.concat(
              Stream.of(Mood.values()),
              Stream.of(Mood.HALF_BUSY, Mood.HALF_BUSY, Mood.BUSY_FOR_HOURS, Mood.REFUSING))
          .toList();

  /** The history of that number. */
  static History of(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    Setting setting = Setting.random(random);
    List<Step> steps = new ArrayList<>();
    // Trouble with the mail system takes several attempts and decisions to show.
    boolean troubled = random.nextInt(3) == 0;
    for (int i = 4 + random.nextInt(MOST_STEPS - 4); i > 0; i--) {
      steps.add(troubled && random.nextInt(3) == 0 ? mail(random) : step(random));
    }
    return new History(seed, setting, List.copyOf(steps));
  }

  /** The same history without one of its steps. */
  History without(int step) {
    List<Step> fewer = new ArrayList<>(steps);
    fewer.remove(step);
    return new History(seed, setting, List.copyOf(fewer));
  }

  private static Step step(RandomGenerator random) {
    int kind = random.nextInt(100);
    if (kind < 64) {
      return click(random);
    } else if (kind < 68) {
      return new Step.Repeats(random.nextInt(20), random.nextInt(3) == 0);
    } else if (kind < 76) {
      return new Step.Waits(Duration.ofMinutes(5L * (1 + random.nextInt(9))));
    } else if (kind < 78) {
      return new Step.Waits(Duration.ofMinutes(-5L * (1 + random.nextInt(12))));
    } else if (kind < 84) {
      return new Step.TimeUp(random.nextInt(3) > 0, random.nextInt(8));
    } else if (kind < 89) {
      String group = random.nextBoolean() ? "group:red" : "group:blue";
      return new Step.Moves(Setting.anyone(random), group, random.nextInt(3) == 0);
    } else if (kind < 90) {
      return random.nextBoolean() ? new Step.Goes(Setting.anyone(random)) : new Step.Examined();
    }
    return mail(random);
  }

  private static Step mail(RandomGenerator random) {
    return new Step.Mails(random.nextInt(4) == 0 ? Mood.WILLING : any(MOODS, random));
  }

  private static Step click(RandomGenerator random) {
    int kind = random.nextInt(100);
    Button button =
        kind < 76
            ? Button.SHOWN
            : kind < 84
                ? Button.GLASS
                : kind < 97 ? Button.SEEN : kind < 99 ? Button.FOREIGN : Button.FORGED;
    return new Step.Clicks(
        random.nextInt(20) == 0
            ? any(List.of("mallory", "anna", "ciso"), random)
            : Setting.anyone(random),
        random.nextInt(3) == 0,
        button,
        random.nextInt(20),
        random.nextInt(30) == 0,
        any(ACTS, random),
        random.nextInt(5) > 0);
  }

  private static void describe(StagePlan plan, StringBuilder text) {
    text.append("  ").append(plan.name()).append(": ").append(plan.asked().approvers());
    text.append(", ").append(plan.voting()).append(", ").append(plan.timing().window());
    text.append(", ").append(plan.sequel()).append('\n');
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("history " + seed + "\n");
    text.append("  people: ").append(setting.groups()).append('\n');
    text.append("  message: from ").append(setting.mailFrom()).append(" (").append(setting.from());
    text.append(") to ").append(setting.recipients()).append('\n');
    setting.chain().stages().forEach(plan -> describe(plan, text));
    setting.chain().breakGlass().ifPresent(plan -> describe(plan, text));
    for (int i = 0; i < steps.size(); i++) {
      text.append("  ").append(i + 1).append(". ").append(steps.get(i)).append('\n');
    }
    return text.toString();
  }
}
