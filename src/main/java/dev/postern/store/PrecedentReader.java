package dev.postern.store;

import dev.postern.approval.Choice;
import dev.postern.approval.Decision;
import dev.postern.evidence.EvidenceJson;
import dev.postern.policy.Precedent;
import dev.postern.policy.Precedent.People;
import dev.postern.policy.Precedent.Said;
import dev.postern.policy.Precedent.Then;
import dev.postern.policy.Precedent.Work;
import dev.postern.policy.Ruling;
import dev.postern.policy.SenderHistory;
import dev.postern.policy.Situation;
import dev.postern.policy.Situation.Context;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Makes precedents of the rows of cases. */
record PrecedentReader(Handle handle) {
  private static final String BETWEEN = "\n";

  private static final String SELECT =
      """
      SELECT c.id, c.ruling, c.decision, c.caution, h.source, h.mail_from, h.recipients,
             h.client_ip, h.helo, h.dsn, h.summary, h.received_at, e.canonical, e.situation,
             (SELECT r.report FROM gateway_report r
               WHERE r.source = h.source AND r.source_id = h.source_id) AS report,
             (SELECT MIN(s.opens) FROM stage s
               WHERE s.case_id = c.id AND s.ordinal > 0 AND s.state <> 'WAITING') AS asked,
             (SELECT COUNT(*) FROM vote v
               WHERE v.case_id = c.id AND NOT v.withdrawn) AS votes,
             (SELECT STRING_AGG(v.person_id, :between ORDER BY v.person_id) FROM vote v
               WHERE v.case_id = c.id AND NOT v.withdrawn) AS voters
        FROM case_file c
        JOIN hold h ON h.id = c.hold_id
        LEFT JOIN evidence e ON e.case_id = c.id
         AND e.revision = (SELECT MAX(revision) FROM evidence n WHERE n.case_id = c.id)
       WHERE c.id IN (<ids>)
      """;

  /**
   * Reads some cases.
   *
   * @param ids of the cases; those that are gone are left out
   * @param into those that can be read, by id
   * @param unreadable why others cannot, by id
   * @return how many there are
   */
  int read(List<String> ids, Map<String, Precedent> into, Map<String, String> unreadable) {
    return handle
        .createQuery(SELECT)
        .bindList("ids", ids)
        .bind("between", BETWEEN)
        .map(
            (row, _) -> {
              String id = row.getString("id");
              try {
                into.put(id, precedent(id, row));
              } catch (DateTimeException | StoreTrouble | IllegalArgumentException broken) {
                unreadable.put(id, words(broken));
              }
              return id;
            })
        .list()
        .size();
  }

  /** Our own words for what is no evidence; those of other parsers may quote the message. */
  private static String words(RuntimeException broken) {
    String said = String.valueOf(broken.getMessage());
    return broken instanceof StoreTrouble || said.startsWith("evidence ")
        ? said
        : "its rows cannot be read";
  }

  private static Precedent precedent(String id, ResultSet row) throws SQLException {
    String canonical =
        Rows.text(row, "canonical").orElseThrow(() -> new StoreTrouble("there is no evidence"));
    Situation situation =
        new Situation(
            EvidenceJson.read(canonical),
            CaseReader.envelope(row),
            Codec.summary(row.getString("summary")),
            row.getString("source"),
            context(row));
    return new Precedent(id, situation, then(row));
  }

  /** As rules knew it; of cases from before that was kept, what can still be known. */
  private static Context context(ResultSet row) throws SQLException {
    Optional<Context> kept = Rows.text(row, "situation").map(SituationCodec::read);
    if (kept.isPresent()) {
      return kept.get();
    }
    return new Context(
        Rows.instant(row, "received_at").atZone(ZoneOffset.UTC),
        Rows.text(row, "report").map(ReportRows::read),
        SenderHistory.NONE,
        SenderHistory.NONE);
  }

  private static Then then(ResultSet row) throws SQLException {
    Ruling ruling = RulingCodec.read(row.getString("ruling"));
    Optional<Decision> decision = Rows.text(row, "decision").map(Codec::decision);
    Duration waited =
        Rows.maybe(row, "asked")
            .flatMap(since -> decision.map(it -> Duration.between(since, it.at())))
            .filter(Duration::isPositive)
            .orElse(Duration.ZERO);
    return new Then(
        new Said(ruling.unhindered(), ruling.rule()),
        decision.map(PrecedentReader::people).orElse(People.NOBODY),
        new Work(
            row.getLong("votes"),
            waited,
            decision.filter(it -> it.by() == Decision.By.PEOPLE).isPresent()
                ? Rows.text(row, "voters").map(it -> List.of(it.split(BETWEEN))).orElse(List.of())
                : List.of()),
        !row.getString("caution").isEmpty(),
        Rows.text(row, "situation").isPresent());
  }

  private static People people(Decision decision) {
    if (decision.by() != Decision.By.PEOPLE) {
      return People.NOBODY;
    }
    return decision.choice() instanceof Choice.Discard ? People.DISCARDED : People.RELEASED;
  }
}
