package dev.postern.approval;

import dev.postern.policy.Action;
import dev.postern.policy.Chain;
import dev.postern.policy.GrantLaw;
import dev.postern.policy.Grouping;
import dev.postern.policy.Rota;
import dev.postern.policy.Rules;
import dev.postern.policy.Ruling;
import dev.postern.policy.Situation;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Rules of which one that has acted as often in an hour as its {@code limit} says asks people from
 * then on. An action counts when it is ruled, also where it then does not come about: that errs
 * towards asking.
 *
 * @param inForce the rules as they are now
 * @param allowance what they may still do
 * @param clock the time
 */
public record Throttle(Supplier<? extends Rules> inForce, Allowance allowance, InstantSource clock)
    implements Rules {

  @Override
  public Ruling rule(Situation situation) {
    Rules rules = inForce.get();
    Ruling ruling = rules.rule(situation);
    int limit = ruling.notes().limit();
    boolean acts = !(ruling.action() instanceof Action.Ask);
    return acts && limit > 0 && !allowance.take(ruling.rule(), limit, clock.instant())
        ? ruling.beyondLimit(rules.otherwise())
        : ruling;
  }

  @Override
  public Chain chain(String name) {
    return inForce.get().chain(name);
  }

  @Override
  public Chain otherwise() {
    return inForce.get().otherwise();
  }

  @Override
  public List<String> mayFreeze() {
    return inForce.get().mayFreeze();
  }

  @Override
  public Grouping grouping() {
    return inForce.get().grouping();
  }

  @Override
  public GrantLaw grants() {
    return inForce.get().grants();
  }

  @Override
  public Optional<Rota> rota(String name) {
    return inForce.get().rota(name);
  }

  @Override
  public Optional<List<String>> group(String name) {
    return inForce.get().group(name);
  }
}
