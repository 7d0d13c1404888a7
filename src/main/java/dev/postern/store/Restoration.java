package dev.postern.store;

import dev.postern.approval.Answer;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.CaseUpdate;
import dev.postern.approval.Choice;
import dev.postern.approval.Click;
import dev.postern.approval.Effect;
import dev.postern.approval.Refusal;
import dev.postern.approval.TokenId;
import dev.postern.approval.Tx;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a copy of the store must learn before work goes on with it: the mail system has gone on
 * without it. Of a message that is held here, it may have been told since.
 *
 * @param cases how many there are
 * @param held of how many the message is held as far as the copy knows
 * @param lookedUp effects that were decided and not proved: the mail system is asked first
 * @param newest when the last thing happened that the copy knows of; empty where nothing has
 */
public record Restoration(long cases, int held, int lookedUp, Optional<Instant> newest) {

  /**
   * Marks in a copy, which nobody uses yet, what may have happened since. Brings its schema up to
   * date first. Each case that is held gets a warning for its card, against which no rule releases
   * it, and an entry in the log; each effect that is due counts as begun, so that it is looked up
   * and never simply carried out. A vote that nobody had judged is refused, since it was judged
   * after the copy was made: who cast it sees the warning and votes again.
   */
  public static Restoration of(Store.Access copy, InstantSource clock) {
    try (Store store = Store.open(copy, _ -> {}, clock)) {
      Optional<Instant> newest =
          store
              .rows()
              .withHandle(
                  handle ->
                      handle
                          .createQuery("SELECT at FROM audit_entry ORDER BY id DESC LIMIT 1")
                          .map((row, _) -> Rows.instant(row, "at"))
                          .findFirst());
      Map<CaseId, List<Click>> unjudged = unjudged(store);
      int lookedUp = 0;
      List<CaseId> held = held(store);
      for (CaseId id : held) {
        List<Long> due = due(store, id);
        lookedUp += due.size();
        store
            .records()
            .change(
                id,
                (tx, it) -> {
                  mark(tx, it, due, unjudged.getOrDefault(id, List.of()), newest);
                  return null;
                });
      }
      return new Restoration(count(store), held.size(), lookedUp, newest);
    }
  }

  private static void mark(
      Tx tx, CaseFile it, List<Long> due, List<Click> votes, Optional<Instant> newest) {
    for (long key : due) {
      Effect effect = tx.effect(key);
      tx.save(
          new Effect(
              effect.id(),
              effect.caseId(),
              effect.choice(),
              effect.attempt(),
              Effect.State.CALLING,
              effect.outcome(),
              effect.due()));
    }
    String since = newest.map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("");
    String warning =
        "Restored from a backup: what happened after "
            + since
            + " is not known. It may have been delivered since: look for its Message-ID in the mail"
            + " server's log before you release it.";
    tx.update(
        new CaseUpdate(
            it.state(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            it.trouble(),
            Optional.of((it.caution() + " " + warning).strip())));
    votes.forEach(
        vote -> tx.answer(vote, new Answer.Refused(Refusal.CHANGED, "", Optional.of(it.id()))));
    tx.log(
        "postern",
        "case.restored",
        "as-of=" + since + " effects=" + due.size() + " votes-set-aside=" + votes.size());
  }

  private static List<CaseId> held(Store store) {
    List<String> states =
        Arrays.stream(CaseState.values()).filter(CaseState::held).map(CaseState::name).toList();
    return store
        .rows()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT id FROM case_file WHERE state IN (<states>) ORDER BY id")
                    .bindList("states", states)
                    .mapTo(String.class)
                    .map(CaseId::new)
                    .list());
  }

  private static List<Long> due(Store store, CaseId id) {
    return store
        .rows()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT id FROM effect WHERE case_id = :id AND state = 'DUE'")
                    .bind("id", id.text())
                    .mapTo(Long.class)
                    .list());
  }

  private static Map<CaseId, List<Click>> unjudged(Store store) {
    List<Click> clicks =
        store
            .rows()
            .withHandle(
                handle ->
                    handle
                        .createQuery("SELECT click FROM inbox WHERE judged = FALSE")
                        .mapTo(String.class)
                        .map(Codec::click)
                        .list());
    Map<CaseId, List<Click>> votes = new HashMap<>();
    for (Click click : clicks) {
      if (click.act() instanceof Choice) {
        TokenId.kept(click.token())
            .flatMap(store.records()::token)
            .ifPresent(
                token -> votes.computeIfAbsent(token.caseId(), _ -> new ArrayList<>()).add(click));
      }
    }
    return votes;
  }

  private static long count(Store store) {
    return store
        .rows()
        .withHandle(
            handle -> handle.createQuery("SELECT COUNT(*) FROM case_file").mapTo(Long.class).one());
  }
}
