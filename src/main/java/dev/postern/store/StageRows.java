package dev.postern.store;

import dev.postern.approval.CaseId;
import dev.postern.approval.Stage;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The stages of one case, whose row is locked. */
record StageRows(Handle handle, CaseId id) {

  Stage open(Stage planned) {
    long key =
        handle
            .createUpdate(
                """
                INSERT INTO stage (case_id, chain, round, ordinal, stages, name, approvers, asked,
                                   quorum, reason_rule, on_discard, on_timeout, on_release,
                                   opens, closes, state)
                VALUES (:id, :chain, :round, :ordinal, :stages, :name, :approvers, :asked,
                        :quorum, :reason, :onDiscard, :onTimeout, :onRelease,
                        :opens, :closes, :state)
                """)
            .bind("id", id.text())
            .bind("chain", planned.place().chain())
            .bind("round", planned.place().round())
            .bind("ordinal", planned.ordinal())
            .bind("stages", planned.of())
            .bind("name", planned.name())
            .bind("approvers", Codec.strings(planned.approvers()))
            .bind("asked", Codec.strings(planned.terms().asked()))
            .bind("quorum", planned.quorum())
            .bind("reason", planned.reason().name())
            .bind("onDiscard", planned.terms().onDiscard().name())
            .bind("onTimeout", planned.terms().onTimeout().name())
            .bind("onRelease", planned.terms().onRelease().name())
            .bind("opens", Rows.utc(planned.opens()))
            .bind("closes", Rows.utc(planned.closes()))
            .bind("state", planned.state().name())
            .executeAndReturnGeneratedKeys("id")
            .mapTo(Long.class)
            .one();
    return get(key);
  }

  Stage convene(Stage planned) {
    handle
        .createUpdate(
            """
            UPDATE stage
               SET name = :name, approvers = :approvers, asked = :asked, quorum = :quorum,
                   reason_rule = :reason, on_discard = :onDiscard, on_timeout = :onTimeout,
                   on_release = :onRelease, opens = :opens, closes = :closes, state = 'OPEN'
             WHERE id = :key AND case_id = :id AND state = 'WAITING'
            """)
        .bind("name", planned.name())
        .bind("approvers", Codec.strings(planned.approvers()))
        .bind("asked", Codec.strings(planned.terms().asked()))
        .bind("quorum", planned.quorum())
        .bind("reason", planned.reason().name())
        .bind("onDiscard", planned.terms().onDiscard().name())
        .bind("onTimeout", planned.terms().onTimeout().name())
        .bind("onRelease", planned.terms().onRelease().name())
        .bind("opens", Rows.utc(planned.opens()))
        .bind("closes", Rows.utc(planned.closes()))
        .bind("key", planned.id())
        .bind("id", id.text())
        .execute();
    return get(planned.id());
  }

  Stage get(long key) {
    return handle
        .createQuery("SELECT * FROM stage WHERE id = :key AND case_id = :id")
        .bind("key", key)
        .bind("id", id.text())
        .map((row, _) -> Rows.stage(row))
        .one();
  }

  List<Stage> all() {
    return handle
        .createQuery("SELECT * FROM stage WHERE case_id = :id ORDER BY id")
        .bind("id", id.text())
        .map((row, _) -> Rows.stage(row))
        .list();
  }

  void close(long key, Stage.State as) {
    handle.execute("UPDATE stage SET state = ? WHERE id = ?", as.name(), key);
    handle.execute(
        """
        UPDATE card SET token_id = NULL
         WHERE case_id = ? AND token_id IN (SELECT t.id FROM token t WHERE t.stage_id = ?)
        """,
        id.text(),
        key);
  }

  void handOver(Stage stage, String from, String to) {
    List<String> approvers = new ArrayList<>(stage.approvers());
    approvers.set(approvers.indexOf(from), to);
    List<String> asked = new ArrayList<>(stage.terms().asked());
    asked.add(to);
    handle.execute(
        "UPDATE stage SET approvers = ?, asked = ? WHERE id = ?",
        Codec.strings(approvers),
        Codec.strings(asked),
        stage.id());
    silence(stage, from);
  }

  void dropApprover(Stage stage, String personId) {
    List<String> left = new ArrayList<>(stage.approvers());
    left.remove(personId);
    handle.execute("UPDATE stage SET approvers = ? WHERE id = ?", Codec.strings(left), stage.id());
    silence(stage, personId);
  }

  /** Whoever left a stage is asked by it no longer. */
  private void silence(Stage stage, String personId) {
    handle.execute(
        """
        UPDATE card SET token_id = NULL
         WHERE case_id = ?
           AND EXISTS (SELECT 1 FROM own_chat o
                        WHERE o.stage_id = ? AND o.person_id = ?
                          AND o.surface = card.surface AND o.channel = card.channel)
        """,
        id.text(),
        stage.id(),
        personId);
  }
}
