package dev.postern.store;

import dev.postern.approval.CaseId;
import dev.postern.approval.Choice;
import dev.postern.approval.Effect;
import dev.postern.approval.Outcome;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** What the mail system is to be told of one case, whose row is locked. */
record EffectRows(Handle handle, CaseId id) {

  /** Stores a new effect, due at once, and returns its key. */
  long demand(Choice choice, Outcome proved, Instant now) {
    return handle
        .createUpdate(
            """
            INSERT INTO effect (case_id, choice, attempt, state, outcome, due)
            VALUES (:id, :choice, 0, 'DUE', :outcome, :now)
            """)
        .bind("id", id.text())
        .bind("choice", Codec.choice(choice))
        .bind("outcome", Codec.outcome(proved))
        .bind("now", Rows.utc(now))
        .executeAndReturnGeneratedKeys("id")
        .mapTo(Long.class)
        .one();
  }

  Effect get(long key) {
    return handle
        .createQuery("SELECT * FROM effect WHERE id = :key AND case_id = :id")
        .bind("key", key)
        .bind("id", id.text())
        .map((row, _) -> Rows.effect(row))
        .one();
  }

  void save(Effect effect) {
    handle
        .createUpdate(
            """
            UPDATE effect
               SET attempt = :attempt, state = :state, outcome = :outcome, due = :due
             WHERE id = :key AND case_id = :id
            """)
        .bind("attempt", effect.attempt())
        .bind("state", effect.state().name())
        .bind("outcome", Codec.outcome(effect.outcome()))
        .bind("due", Rows.utc(effect.due()))
        .bind("key", effect.id())
        .bind("id", id.text())
        .execute();
  }
}
