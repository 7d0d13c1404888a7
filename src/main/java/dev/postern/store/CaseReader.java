package dev.postern.store;

import dev.postern.approval.CardRow;
import dev.postern.approval.CaseBook;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.HoldRef;
import dev.postern.approval.Stage;
import dev.postern.approval.Vote;
import dev.postern.evidence.Digest;
import dev.postern.evidence.EvidenceJson;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.RawMessage;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Reads cases through one handle, inside or outside a transaction. */
final class CaseReader {
  private static final String SELECT =
      """
      SELECT c.id, c.state, c.version, c.ruling, c.decision, c.outcome, c.trouble, c.caution,
             c.changed_at,
             h.source, h.source_id, h.gateway, h.mail_from, h.recipients, h.client_ip, h.helo, h.dsn,
             h.summary, h.received_at,
             (SELECT COUNT(*) FROM message m WHERE m.hold_id = h.id) AS kept,
             e.canonical, e.digest, e.situation,
             (SELECT r.report FROM gateway_report r
               WHERE r.source = h.source AND r.source_id = h.source_id) AS report
        FROM case_file c
        JOIN hold h ON h.id = c.hold_id
        LEFT JOIN evidence e ON e.case_id = c.id
         AND e.revision = (SELECT MAX(revision) FROM evidence n WHERE n.case_id = c.id)
      """;

  private static final String JOINED =
      """
      EXISTS (SELECT 1 FROM campaign_member m
               WHERE m.case_id = c.id AND m.place IN ('GATHERING', 'IN_SET'))
      """;

  private final Handle handle;

  CaseReader(Handle handle) {
    this.handle = handle;
  }

  Optional<CaseFile> find(CaseId id) {
    return handle
        .createQuery(SELECT + " WHERE c.id = :id")
        .bind("id", id.text())
        .map((row, _) -> caseFile(row))
        .findOne();
  }

  List<CaseFile> list(CaseBook.Query query) {
    StringBuilder sql = new StringBuilder(SELECT + " WHERE TRUE");
    if (!query.states().isEmpty()) {
      sql.append(" AND c.state IN (<states>)");
    }
    if (!query.text().isBlank()) {
      sql.append(" AND (h.search LIKE :text ESCAPE '!' OR c.id = :case)");
    }
    if (!query.joined()) {
      sql.append(" AND NOT (c.state = 'ASKING' AND " + JOINED + ")");
    }
    if (query.after().isPresent()) {
      sql.append(
          """
           AND c.received_at <= (SELECT a.received_at FROM case_file a WHERE a.id = :after)
           AND (c.received_at, c.id) <
               (SELECT a.received_at, a.id FROM case_file a WHERE a.id = :after)
          """);
    }
    sql.append(" ORDER BY c.received_at DESC, c.id DESC LIMIT :limit");
    Query statement = handle.createQuery(sql.toString()).bind("limit", query.limit());
    if (!query.states().isEmpty()) {
      statement.bindList("states", names(query.states()));
    }
    if (!query.text().isBlank()) {
      statement.bind("text", "%" + escaped(query.text()) + "%");
      statement.bind("case", CaseId.parse(query.text()).map(CaseId::text).orElse(""));
    }
    query.after().ifPresent(a -> statement.bind("after", a.text()));
    return statement.map((row, _) -> caseFile(row)).list();
  }

  long count(Set<CaseState> states) {
    return handle
        .createQuery("SELECT COUNT(*) FROM case_file WHERE state IN (<states>)")
        .bindList("states", names(states))
        .mapTo(Long.class)
        .one();
  }

  long joined() {
    return handle
        .createQuery("SELECT COUNT(*) FROM case_file c WHERE c.state = 'ASKING' AND " + JOINED)
        .mapTo(Long.class)
        .one();
  }

  Optional<CaseId> leaderOf(CaseId member) {
    return handle
        .createQuery(
            """
            SELECT g.leader FROM campaign g JOIN campaign_member m ON m.campaign = g.id
             WHERE m.case_id = :id AND m.place IN ('GATHERING', 'IN_SET')
            """)
        .bind("id", member.text())
        .mapTo(String.class)
        .findOne()
        .map(CaseId::new);
  }

  List<CaseBook.HistoryLine> history(CaseId id) {
    return handle
        .createQuery(
            """
            SELECT COALESCE(number, 0) AS number, at, actor, what, detail
              FROM audit_entry WHERE case_id = :id ORDER BY audit_entry.id
            """)
        .bind("id", id.text())
        .map(
            (row, _) ->
                new CaseBook.HistoryLine(
                    row.getLong("number"),
                    Rows.instant(row, "at"),
                    row.getString("actor"),
                    row.getString("what"),
                    row.getString("detail")))
        .list();
  }

  Optional<Instant> removed(CaseId id) {
    return history(id).stream()
        .filter(line -> line.what().equals(Retention.CASE_REMOVED))
        .map(CaseBook.HistoryLine::at)
        .findFirst();
  }

  Optional<RawMessage> raw(CaseId id) {
    return handle
        .createQuery(
            """
            SELECT m.octets FROM message m JOIN case_file c ON c.hold_id = m.hold_id
             WHERE c.id = :id
            """)
        .bind("id", id.text())
        .map((row, _) -> RawMessage.of(row.getBytes("octets")))
        .findOne();
  }

  List<CardRow> cards(CaseId id) {
    return handle
        .createQuery("SELECT * FROM card WHERE case_id = :id ORDER BY surface, channel")
        .bind("id", id.text())
        .map((row, _) -> Rows.card(row))
        .list();
  }

  private CaseFile caseFile(ResultSet row) throws SQLException {
    CaseId id = new CaseId(row.getString("id"));
    Optional<Stage> stage = newestStage(id);
    return new CaseFile(
        id,
        CaseState.valueOf(row.getString("state")),
        row.getLong("version"),
        new HoldRef(row.getString("source"), row.getString("source_id")),
        row.getString("gateway"),
        Rows.instant(row, "received_at"),
        envelope(row),
        Codec.summary(row.getString("summary")),
        row.getInt("kept") > 0,
        Rows.text(row, "canonical").map(EvidenceJson::read),
        Rows.text(row, "digest").map(Digest::new),
        Rows.text(row, "ruling").map(RulingCodec::read),
        stage,
        stage.map(s -> votes(s.id())).orElse(List.of()),
        Rows.text(row, "decision").map(Codec::decision),
        Rows.text(row, "outcome").map(Codec::outcome),
        row.getString("trouble"),
        row.getString("caution"),
        Rows.instant(row, "changed_at"),
        Rows.text(row, "report").map(ReportRows::read),
        Rows.text(row, "situation").map(SituationCodec::read));
  }

  static Envelope envelope(ResultSet row) throws SQLException {
    String mailFrom = row.getString("mail_from");
    try {
      return new Envelope(
              EmailAddress.parse(mailFrom),
              Codec.addresses(row.getString("recipients")),
              InetAddress.getByName(row.getString("client_ip")),
              row.getString("helo"),
              DsnCodec.read(row.getString("dsn")))
          .withSender(mailFrom);
    } catch (UnknownHostException e) {
      throw new StoreTrouble("a stored client address is no IP address", e);
    }
  }

  /** A glass that nobody has broken is no stage to look at. */
  Optional<Stage> newestStage(CaseId id) {
    return handle
        .createQuery(
            """
            SELECT * FROM stage
             WHERE case_id = :id AND (ordinal > 0 OR state = 'CARRIED')
             ORDER BY round DESC, CASE WHEN ordinal = 0 THEN 0 ELSE 1 END, id DESC LIMIT 1
            """)
        .bind("id", id.text())
        .map((row, _) -> Rows.stage(row))
        .findOne();
  }

  List<Vote> votes(long stageId) {
    return handle
        .createQuery(
            """
            SELECT * FROM vote
             WHERE stage_id = :stage AND NOT withdrawn ORDER BY cast_at, person_id
            """)
        .bind("stage", stageId)
        .map((row, _) -> Rows.vote(row))
        .list();
  }

  private static List<String> names(Set<CaseState> states) {
    return states.stream().map(CaseState::name).toList();
  }

  private static String escaped(String typed) {
    String lower = typed.strip().toLowerCase(Locale.ROOT);
    return lower.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }
}
