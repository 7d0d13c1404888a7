package dev.postern.approval;

import dev.postern.approval.Grant.State;
import dev.postern.policy.GrantId;
import dev.postern.policy.GrantTerms.Party;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Grants in memory, one lock for all. */
final class MemoryGrants implements GrantBook {
  private final Map<GrantId, Grant> rows = new LinkedHashMap<>();
  private final Function<CaseId, CaseState> cases;

  MemoryGrants(Function<CaseId, CaseState> cases) {
    this.cases = cases;
  }

  synchronized void add(Grant grant) {
    rows.putIfAbsent(grant.id(), grant);
  }

  @Override
  public synchronized Optional<Grant> find(GrantId id) {
    return Optional.ofNullable(rows.get(id)).map(this::seen);
  }

  private Grant seen(Grant it) {
    CaseState now = cases.apply(it.caseId());
    boolean over = now == CaseState.EXPIRED || now == CaseState.WITHDRAWN;
    boolean lapsed = it.state() == State.REQUESTED && over;
    return lapsed ? in(it, State.LAPSED, it.times()) : it;
  }

  private static Grant in(Grant it, State state, Grant.Times times) {
    return new Grant(it.id(), it.petition(), it.caseId(), state, it.used(), times, it.endedBy());
  }

  @Override
  public synchronized List<Grant> active(List<Party> from) {
    return rows.values().stream()
        .filter(it -> it.state() == State.ACTIVE && from.contains(it.terms().from()))
        .sorted(Comparator.comparing((Grant it) -> it.terms().until()))
        .toList();
  }

  @Override
  public synchronized List<Grant> list(
      boolean open, Optional<String> owner, Optional<GrantId> after, int limit) {
    return List.copyOf(rows.values()).reversed().stream()
        .map(this::seen)
        .filter(it -> !open || it.state().open())
        .filter(it -> owner.isEmpty() || owner.get().equals(it.petition().owner()))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized int waiting(String personId) {
    return (int)
        rows.values().stream()
            .filter(it -> it.petition().owner().equals(personId))
            .filter(it -> seen(it).state() == State.REQUESTED)
            .count();
  }

  @Override
  public boolean spend(GrantId id, String message, Instant now) {
    return spend(id, now);
  }

  synchronized boolean spend(GrantId id, Instant now) {
    Predicate<Grant> may =
        it ->
            it.state() == State.ACTIVE
                && it.used() < it.terms().most()
                && now.isBefore(it.terms().until());
    return change(
        id,
        may,
        it -> {
          boolean last = it.used() + 1 == it.terms().most();
          return new Grant(
              it.id(),
              it.petition(),
              it.caseId(),
              last ? State.USED_UP : State.ACTIVE,
              it.used() + 1,
              last ? over(it, now) : it.times(),
              "");
        });
  }

  private boolean change(GrantId id, Predicate<Grant> may, Function<Grant, Grant> change) {
    Optional<Grant> found = Optional.ofNullable(rows.get(id)).filter(may);
    found.ifPresent(it -> rows.put(id, change.apply(it)));
    return found.isPresent();
  }

  private static Grant.Times over(Grant it, Instant now) {
    return new Grant.Times(it.times().asked(), it.times().since(), Optional.of(now));
  }

  @Override
  public synchronized boolean activate(GrantId id, Instant now) {
    return change(
        id,
        it -> it.state() == State.REQUESTED && now.isBefore(it.terms().until()),
        it ->
            in(
                it,
                State.ACTIVE,
                new Grant.Times(it.times().asked(), Optional.of(now), Optional.empty())));
  }

  @Override
  public synchronized boolean refuse(GrantId id, Instant now) {
    return change(
        id, it -> it.state() == State.REQUESTED, it -> in(it, State.REFUSED, over(it, now)));
  }

  @Override
  public synchronized boolean revoke(GrantId id, String personId, Instant now) {
    return change(
        id,
        it -> it.state().open(),
        it ->
            new Grant(
                it.id(),
                it.petition(),
                it.caseId(),
                State.REVOKED,
                it.used(),
                over(it, now),
                personId));
  }

  @Override
  public synchronized boolean expire(GrantId id, Instant now) {
    return change(
        id,
        it -> it.state().open() && !now.isBefore(it.terms().until()),
        it -> in(it, it.state() == State.ACTIVE ? State.ENDED : State.LAPSED, over(it, now)));
  }
}
