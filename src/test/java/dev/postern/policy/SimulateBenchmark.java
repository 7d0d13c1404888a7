package dev.postern.policy;

import dev.postern.evidence.MicroBenchmark;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;

/** What one case of a replay costs, of mail as it comes: reading it, and two policies. */
public class SimulateBenchmark extends MicroBenchmark {
  private final List<byte[]> stored = Past.cases(1000).map(Precedent::octets).toList();
  private final List<Precedent> read = stored.stream().map(Precedent::of).toList();
  private final Policy policy = Policy.builtIn();
  private final Replay replay = new Replay(Optional.of(policy), Policy.builtIn());
  private int next;

  /** Octets to values. */
  @Benchmark
  public Precedent reading() {
    return Precedent.of(stored.get(at()));
  }

  /** One policy. */
  @Benchmark
  public Ruling ruling() {
    return policy.rule(read.get(at()).situation());
  }

  /** All of it: reading, the policy in force, the new policy, counting. */
  @Benchmark
  public Replay replaying() {
    replay.take(Precedent.of(stored.get(at())));
    return replay;
  }

  private int at() {
    next = next + 1 == stored.size() ? 0 : next + 1;
    return next;
  }
}
