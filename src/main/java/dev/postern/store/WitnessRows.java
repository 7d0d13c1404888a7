package dev.postern.store;

import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseId;
import dev.postern.approval.Testimony;
import dev.postern.approval.TokenId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Recipients of one case who were asked, and when somebody had its evidence looked for again. */
record WitnessRows(Handle handle, CaseId id) {

  List<Testimony> all() {
    return handle
        .createQuery("SELECT * FROM witness WHERE case_id = :id ORDER BY asked_at, id")
        .bind("id", id.text())
        .map((row, _) -> testimony(row))
        .list();
  }

  void ask(Testimony question) {
    handle
        .createUpdate(
            """
            INSERT INTO witness (id, case_id, recipient, person_id, person_name, surface, channel,
                                 asked_by, asked_by_name, asked_at)
            VALUES (:token, :id, :recipient, :person, :name, :surface, :channel,
                    :askedBy, :askedByName, :askedAt)
            """)
        .bind("token", question.id().hex())
        .bind("id", id.text())
        .bind("recipient", question.recipient().toString())
        .bind("person", question.personId())
        .bind("name", question.personName())
        .bind("surface", question.place().surface())
        .bind("channel", question.place().channel())
        .bind("askedBy", question.asking().personId())
        .bind("askedByName", question.asking().personName())
        .bind("askedAt", Rows.utc(question.asking().at()))
        .execute();
  }

  void testify(Testimony told) {
    handle
        .createUpdate(
            """
            UPDATE witness SET answer = :answer, answered_at = :answeredAt,
                               unreached = :unreached, unreached_at = :unreachedAt
             WHERE id = :token AND answer IS NULL
            """)
        .bind("answer", told.reply().map(reply -> reply.word().word()).orElse(null))
        .bind("answeredAt", Rows.utcOrNull(told.reply().map(Testimony.Reply::at)))
        .bind("unreached", told.unreached().map(how -> how.why().word()).orElse(null))
        .bind("unreachedAt", Rows.utcOrNull(told.unreached().map(Testimony.Unreached::at)))
        .bind("token", told.id().hex())
        .execute();
  }

  Optional<Instant> lookAsked() {
    return when("SELECT look_asked_at AS at FROM case_file WHERE id = :id");
  }

  void askLook(Instant now) {
    handle.execute("UPDATE case_file SET look_asked_at = ? WHERE id = ?", Rows.utc(now), id.text());
  }

  /** Only a look at what people are asked about now: each change of it begins a new round. */
  Optional<Instant> looked() {
    return when(
        """
        SELECT c.looked_at AS at FROM case_file c
         WHERE c.id = :id
           AND c.looked_at >= (SELECT MIN(s.opens) FROM stage s
                                WHERE s.case_id = c.id
                                  AND s.round = (SELECT MAX(n.round) FROM stage n
                                                  WHERE n.case_id = c.id))
        """);
  }

  void looked(Instant now) {
    handle.execute("UPDATE case_file SET looked_at = ? WHERE id = ?", Rows.utc(now), id.text());
  }

  private Optional<Instant> when(String sql) {
    return handle
        .createQuery(sql)
        .bind("id", id.text())
        .map((row, _) -> Rows.maybe(row, "at"))
        .findOne()
        .flatMap(at -> at);
  }

  static Optional<CaseId> caseOf(Handle handle, TokenId question) {
    return handle
        .createQuery("SELECT case_id FROM witness WHERE id = :token")
        .bind("token", question.hex())
        .mapTo(String.class)
        .findOne()
        .map(CaseId::new);
  }

  private static Testimony testimony(ResultSet row) throws SQLException {
    Optional<Instant> answered = Rows.maybe(row, "answered_at");
    Optional<String> answer = Rows.text(row, "answer");
    Optional<Instant> since = Rows.maybe(row, "unreached_at");
    Optional<String> unreached = Rows.text(row, "unreached");
    return new Testimony(
        new TokenId(row.getString("id")),
        Codec.address(row.getString("recipient")),
        row.getString("person_id"),
        row.getString("person_name"),
        new CardPlace(row.getString("surface"), row.getString("channel")),
        new Testimony.Asking(
            row.getString("asked_by"),
            row.getString("asked_by_name"),
            Rows.instant(row, "asked_at")),
        answered.flatMap(
            at -> answer.map(word -> new Testimony.Reply(Testimony.Word.of(word), at))),
        since.flatMap(
            at -> unreached.map(word -> new Testimony.Unreached(Testimony.Absence.of(word), at))));
  }
}
