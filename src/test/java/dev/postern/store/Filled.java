package dev.postern.store;

import dev.postern.approval.CaseId;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Fills the tables as they stand after a busy year: copies of one case, most of them done. */
record Filled(Handle handle, CaseId template, int cases) {
  /** Tables that grow with the mail. */
  static final List<String> GROWING =
      List.of(
          "hold",
          "mention",
          "message",
          "case_file",
          "evidence",
          "stage",
          "card",
          "token",
          "vote",
          "witness",
          "handover",
          "own_chat",
          "inbox",
          "effect",
          "work",
          "audit_entry",
          "audit_checkpoint");

  private static final String STATE =
      "CASE WHEN MOD(h.id, 40) = 0 THEN 'ASKING' WHEN MOD(h.id, 41) = 0 THEN 'EXPIRED'"
          + " WHEN MOD(h.id, 43) = 0 THEN 'WITHDRAWN' ELSE 'DONE' END";
  private static final String ID =
      "CONCAT('PN-0', SUBSTRING(CAST(10000000 + h.id AS VARCHAR), 2, 3), '-',"
          + " SUBSTRING(CAST(10000000 + h.id AS VARCHAR), 5, 4))";

  void fill() {
    handle.execute(
        """
        INSERT INTO hold (source, source_id, gateway, mail_from, recipients, client_ip, helo,
                          summary, search, from_domain, received_at, event)
        SELECT h.source, CONCAT('fill-', g.n), h.gateway, h.mail_from, h.recipients, h.client_ip,
               h.helo, h.summary, CONCAT(h.search, ' ', g.n), CONCAT('sender', g.n, '.example'),
               h.received_at - g.n * INTERVAL '20' MINUTE, h.event
          FROM hold h, generate_series(1, ?) AS g(n)
         WHERE h.id = (SELECT c.hold_id FROM case_file c WHERE c.id = ?)
        """,
        cases,
        template.text());
    copy(
        "INSERT INTO message (hold_id, octets, sha256)"
            + " SELECT h.id, m.octets, m.sha256 FROM hold h, message m"
            + " WHERE m.hold_id = (SELECT c.hold_id FROM case_file c WHERE c.id = ?) AND "
            + "h.id <> m.hold_id");
    copy(
        "INSERT INTO mention (word, received_at, hold_id)"
            + " SELECT t.word, h.received_at, h.id FROM hold h, mention t"
            + " WHERE t.hold_id = (SELECT c.hold_id FROM case_file c WHERE c.id = ?)"
            + " AND h.id <> t.hold_id");
    copy(
        "INSERT INTO case_file (id, hold_id, state, version, ruling, trouble, received_at,"
            + " changed_at) SELECT %s, h.id, %s, 3, c.ruling, '', h.received_at, h.received_at"
                .formatted(ID, STATE)
            + " FROM hold h, case_file c WHERE c.id = ? AND h.id <> c.hold_id");
    children();
    handle.execute(
        """
        INSERT INTO audit_checkpoint (size, note, at)
        SELECT -g.n, 'note', CURRENT_TIMESTAMP FROM generate_series(1, ?) AS g(n)
        """,
        cases);
  }

  private void children() {
    copy(
        "INSERT INTO evidence (case_id, revision, canonical, digest)"
            + " SELECT f.id, 1, t.canonical, t.digest FROM case_file f, evidence t"
            + " WHERE t.case_id = ? AND f.id <> t.case_id");
    copy(
        "INSERT INTO stage (case_id, chain, round, ordinal, stages, name, approvers, asked, quorum,"
            + " reason_rule, on_discard, on_timeout, on_release, opens, closes, state)"
            + " SELECT f.id, t.chain, t.round, t.ordinal, t.stages, t.name, t.approvers, t.asked,"
            + " t.quorum, t.reason_rule, t.on_discard, t.on_timeout, t.on_release, t.opens,"
            + " t.closes, CASE WHEN f.state = 'ASKING' THEN 'OPEN' ELSE 'CARRIED' END"
            + " FROM case_file f, stage t WHERE t.case_id = ? AND f.id <> t.case_id");
    copy(
        "INSERT INTO card (id, case_id, surface, channel, desired, applied, missed)"
            + " SELECT CONCAT('c', SUBSTRING(t.id, 1, 19), f.id), f.id, t.surface, t.channel, 2, 2,"
            + " '' FROM case_file f, card t WHERE t.case_id = ? AND t.surface = 'web'"
            + " AND f.id <> t.case_id");
    copy(
        "INSERT INTO token (id, case_id, stage_id, card_id, digest, not_after, uses_left)"
            + " SELECT CONCAT('t', SUBSTRING(c.id, 2, 31)), c.case_id, s.id, c.id, t.digest,"
            + " t.not_after, 1 FROM stage s JOIN card c ON c.case_id = s.case_id, token t"
            + " WHERE t.id = (SELECT MAX(id) FROM token WHERE case_id = ?)"
            + " AND s.case_id <> t.case_id");
    copy(
        "INSERT INTO vote (stage_id, person_id, case_id, person_name, choice, reason, digest,"
            + " surface, cast_at) SELECT s.id, 'kim', s.case_id, 'Kim', t.choice, '', t.digest,"
            + " 'web', t.cast_at FROM stage s, vote t WHERE t.case_id = ?"
            + " AND s.case_id <> t.case_id");
    copy(
        "INSERT INTO witness (id, case_id, recipient, person_id, person_name, surface, channel,"
            + " asked_by, asked_by_name, asked_at) SELECT CONCAT('w', f.id), f.id,"
            + " 'anna@corp.example', 'anna', 'Anna', 'slack', 'U0ANNA0001', 'kim', 'Kim',"
            + " f.received_at FROM case_file f WHERE f.id <> ?");
    copy(
        "INSERT INTO handover (case_id, stage_id, from_id, from_name, to_id, to_name, note,"
            + " handed_at) SELECT s.case_id, s.id, 'kim', 'Kim', 'noor', 'Noor', '', s.opens"
            + " FROM stage s WHERE s.case_id <> ?");
    copy(
        "INSERT INTO own_chat (case_id, stage_id, person_id, person_name, surface, channel)"
            + " SELECT s.case_id, s.id, 'kim', 'Kim', 'slack', 'chat:U0KIM00001'"
            + " FROM stage s WHERE s.case_id <> ?");
    copy(
        "INSERT INTO inbox (surface, event_id, click, answer, received_at)"
            + " SELECT 'web', f.id, t.click, t.answer, f.received_at FROM case_file f, inbox t"
            + " WHERE f.id <> ?");
    copy(
        "INSERT INTO effect (case_id, choice, attempt, state, outcome)"
            + " SELECT f.id, t.choice, 1, 'DONE', t.outcome FROM case_file f, effect t"
            + " WHERE t.case_id = ? AND f.id <> t.case_id");
    copy(
        "INSERT INTO work (task_name, task_instance, execution_time, picked, version)"
            + " SELECT 'stage', CONCAT('f', CAST(s.id AS VARCHAR)), s.closes + INTERVAL '400' DAY,"
            + " FALSE, 1 FROM stage s WHERE s.case_id <> ?");
    copy(
        "INSERT INTO audit_entry (number, at, actor, what, case_id, detail, leaf_hash)"
            + " SELECT 1000000 + ROW_NUMBER() OVER (ORDER BY f.id), t.at, t.actor, t.what, f.id,"
            + " t.detail, t.leaf_hash FROM case_file f, audit_entry t WHERE t.case_id = ?"
            + " AND f.id <> t.case_id");
  }

  /** Each statement names the template once. */
  private void copy(String sql) {
    handle.execute(sql, template.text());
  }
}
