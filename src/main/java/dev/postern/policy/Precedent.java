package dev.postern.policy;

import java.time.Duration;
import java.util.List;

/**
 * A case of the past: what rules saw of it, and what became of it. Its octets hold exactly what a
 * replay needs, so that a hundred thousand are read in a second.
 *
 * @param id of the case
 * @param situation what rules can see
 * @param then what became of it
 */
public record Precedent(String id, Situation situation, Then then) {
  private static final int VERSION = 5;

  /** Longer than anybody waits; sums of a hundred million of these are still durations. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(100_000);

  /** What people decided. */
  public enum People {
    /** To release it, be it to some recipients only. */
    RELEASED,
    DISCARDED,
    /** Nobody did: a rule did, silence did, or it is not decided. */
    NOBODY
  }

  /**
   * What a policy says.
   *
   * @param action what is to be done
   * @param rule the rule that says so
   */
  public record Said(Action action, String rule) {}

  /**
   * What became of a case.
   *
   * @param ruled what the policy of that day said, before a freeze or a limit of a rule
   * @param people what people decided
   * @param work what it took them
   * @param cautious whether it may have been delivered before, so that no rule may release it
   * @param whole whether sender history and gateway's words are kept as the rules saw them
   */
  public record Then(Said ruled, People people, Work work, boolean cautious, boolean whole) {}

  /**
   * What a case took.
   *
   * @param votes that people cast
   * @param waited from the first question to the decision; zero where nobody was asked
   * @param by ids of those who voted, the first of them; empty where people decided nothing
   */
  public record Work(long votes, Duration waited, List<String> by) {
    /** Enough to tell whether always the same people decide. */
    private static final int MOST_NAMED = 8;

    /** Leaves out more people than anybody asks for. */
    public Work {
      by = by.stream().limit(MOST_NAMED).toList();
    }
  }

  /** Everything as octets. */
  public byte[] octets() {
    Packed.Writer out = new Packed.Writer().number(VERSION).text(id);
    action(out, then.ruled().action());
    out.text(then.ruled().rule()).word(then.people());
    out.number(then.work().votes()).number(then.work().waited().toMillis());
    out.list(then.work().by(), Packed.Writer::text);
    out.flag(then.cautious()).flag(then.whole());
    Imprint.write(out, situation);
    return out.done();
  }

  /**
   * Reads octets.
   *
   * @throws IllegalArgumentException where they are none of {@link #octets()}, of this version
   */
  public static Precedent of(byte[] octets) {
    Packed.Reader in = new Packed.Reader(octets);
    if (in.number() != VERSION) {
      throw new IllegalArgumentException("written by another version of Postern");
    }
    String id = in.text();
    Said ruled = new Said(action(in), in.text());
    People people = in.word(People.class);
    Work work = work(in);
    Then then = new Then(ruled, people, work, in.flag(), in.flag());
    Precedent read = new Precedent(id, Imprint.read(in), then);
    in.end();
    return read;
  }

  private static Work work(Packed.Reader in) {
    long votes = in.number();
    long waited = in.number();
    if (votes < 0 || votes > Integer.MAX_VALUE || waited < 0 || waited > LONGEST_WAIT.toMillis()) {
      throw new IllegalArgumentException("work that nobody can have done");
    }
    return new Work(votes, Duration.ofMillis(waited), in.list(Packed.Reader::text));
  }

  private static void action(Packed.Writer out, Action action) {
    out.text(action.word()).text(action instanceof Action.Ask ask ? ask.chain() : "");
  }

  private static Action action(Packed.Reader in) {
    String word = in.text();
    String chain = in.text();
    return switch (word) {
      case "release" -> new Action.Release();
      case "discard" -> new Action.Discard();
      case "ask" -> new Action.Ask(chain);
      default -> throw new IllegalArgumentException("an unknown action");
    };
  }
}
