package dev.postern.store;

import dev.postern.approval.Grant;
import dev.postern.approval.GrantBook;
import dev.postern.policy.GrantId;
import dev.postern.policy.GrantTerms.Party;
import dev.postern.store.Commits.Committed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Jdbi;

/** Grants as rows, each change with its line in the log. */
record GrantStore(Jdbi jdbi, Commits commits) implements GrantBook {

  @Override
  public Optional<Grant> find(GrantId id) {
    return jdbi.withHandle(handle -> new GrantRows(handle).find(id));
  }

  @Override
  public List<Grant> active(List<Party> from) {
    return jdbi.withHandle(handle -> new GrantRows(handle).active(from));
  }

  @Override
  public List<Grant> list(
      boolean open, Optional<String> owner, Optional<GrantId> after, int limit) {
    return jdbi.withHandle(handle -> new GrantRows(handle).list(open, owner, after, limit));
  }

  @Override
  public int waiting(String personId) {
    return jdbi.withHandle(handle -> new GrantRows(handle).waiting(personId));
  }

  @Override
  public boolean spend(GrantId id, String message, Instant now) {
    String detail = "grant=" + id + " message-sha256=" + message;
    return commits.commit(
        () ->
            jdbi.inTransaction(
                handle -> {
                  GrantRows rows = new GrantRows(handle);
                  Optional<List<Story.Line>> spent = rows.spend(id, now);
                  List<Story.Line> story = new ArrayList<>();
                  if (spent.isPresent()) {
                    story.add(rows.log(id, "policy", "grant.used", detail, now));
                    story.addAll(spent.get());
                  }
                  return new Committed<>(spent.isPresent(), story);
                }));
  }

  @Override
  public boolean activate(GrantId id, Instant now) {
    return changed(id, rows -> rows.activate(id, now), "postern", "grant.begun", now);
  }

  @Override
  public boolean refuse(GrantId id, Instant now) {
    return changed(id, rows -> rows.refuse(id, now), "postern", "grant.refused", now);
  }

  @Override
  public boolean revoke(GrantId id, String personId, Instant now) {
    return changed(id, rows -> rows.revoke(id, personId, now), personId, "grant.revoked", now);
  }

  @Override
  public boolean expire(GrantId id, Instant now) {
    return changed(id, rows -> rows.expire(id, now), "postern", "grant.ended", now);
  }

  private boolean changed(
      GrantId id, Predicate<GrantRows> change, String actor, String what, Instant now) {
    return commits.commit(
        () ->
            jdbi.inTransaction(
                handle -> {
                  GrantRows rows = new GrantRows(handle);
                  boolean changed = change.test(rows);
                  List<Story.Line> story =
                      changed ? List.of(rows.log(id, actor, what, "grant=" + id, now)) : List.of();
                  return new Committed<>(changed, story);
                }));
  }
}
