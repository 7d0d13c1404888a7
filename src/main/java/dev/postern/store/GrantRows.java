package dev.postern.store;

import dev.postern.approval.CaseId;
import dev.postern.approval.Grant;
import dev.postern.approval.Grant.State;
import dev.postern.approval.Petition;
import dev.postern.approval.Work;
import dev.postern.policy.GrantId;
import dev.postern.policy.GrantTerms;
import dev.postern.policy.GrantTerms.Kind;
import dev.postern.policy.GrantTerms.Like;
import dev.postern.policy.GrantTerms.Party;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Grants by one handle, inside or outside a transaction. */
record GrantRows(Handle handle) {
  /** Before the domain of a grant for one kind of message; nobody's address begins like that. */
  private static final String KIND = "kind of ";

  /** Of a request it is known from its case that nobody decides about it any more. */
  private static final String SELECT =
      """
      SELECT g.*, c.state AS case_state
        FROM grant_ g LEFT JOIN case_file c ON c.id = g.case_id
      """;

  /** A new one. That of another request with the same name stays, and this one is not stored. */
  void add(Grant it) {
    GrantTerms terms = it.terms();
    Petition asks = it.petition();
    int added =
        handle
            .createUpdate(
                """
                INSERT INTO grant_ (id, kind, from_, to_, until_, most, used, unproved, person,
                                    name, reason, about, own_vote, case_id, state, asked, ended_by,
                                    like_, since)
                VALUES (:id, :kind, :from, :to, :until, :most, 0, :unproved, :person,
                        :name, :reason, :about, :ownVote, :case, :state, :asked, '',
                        :like, :since)
                ON CONFLICT DO NOTHING
                """)
            .bind("id", it.id().text())
            .bind("kind", terms.kind().name())
            .bind("from", terms.like().map(_ -> KIND).orElse("") + terms.from().text())
            .bind("like", terms.like().map(like -> LikeCodec.write(like).toString()).orElse(null))
            .bind("to", terms.to().map(Party::text).orElse(""))
            .bind("until", Rows.utc(terms.until()))
            .bind("most", terms.most())
            .bind("unproved", terms.unproved())
            .bind("person", asks.owner())
            .bind("name", asks.name())
            .bind("reason", asks.reason())
            .bind("about", asks.about().map(CaseId::text).orElse(""))
            .bind("ownVote", asks.mayDecide())
            .bind("case", it.caseId().text())
            .bind("state", it.state().name())
            .bind("asked", Rows.utc(it.times().asked()))
            .bind("since", it.times().since().map(Rows::utc).orElse(null))
            .execute();
    if (added == 1) {
      WorkQueue.wake(handle, Work.GRANT, it.id() + "#end", terms.until());
    }
  }

  Optional<Grant> find(GrantId id) {
    return handle
        .createQuery(SELECT + " WHERE g.id = :id")
        .bind("id", id.text())
        .map((row, _) -> grant(row))
        .findOne();
  }

  List<Grant> active(List<Party> from) {
    return handle
        .createQuery(
            SELECT + " WHERE g.from_ IN (<from>) AND g.state = 'ACTIVE' ORDER BY g.until_, g.id")
        .bindList(
            "from", from.stream().flatMap(it -> Stream.of(it.text(), KIND + it.text())).toList())
        .map((row, _) -> grant(row))
        .list();
  }

  List<Grant> list(boolean open, Optional<String> owner, Optional<GrantId> after, int limit) {
    StringBuilder sql = new StringBuilder(SELECT + " WHERE TRUE");
    if (open) {
      sql.append(
          """
           AND (g.state = 'ACTIVE'
            OR g.state = 'REQUESTED' AND c.state NOT IN ('EXPIRED', 'WITHDRAWN'))
          """);
    }
    if (owner.isPresent()) {
      sql.append(" AND g.person = :owner");
    }
    if (after.isPresent()) {
      sql.append(" AND (g.asked, g.id) < (SELECT a.asked, a.id FROM grant_ a WHERE a.id = :after)");
    }
    var query = handle.createQuery(sql + " ORDER BY g.asked DESC, g.id DESC LIMIT :limit");
    owner.ifPresent(id -> query.bind("owner", id));
    after.ifPresent(id -> query.bind("after", id.text()));
    return query.bind("limit", limit).map((row, _) -> grant(row)).list();
  }

  int waiting(String personId) {
    return handle
        .createQuery(
            """
            SELECT COUNT(*) FROM grant_ g JOIN case_file c ON c.id = g.case_id
             WHERE g.state = 'REQUESTED' AND g.person = :person AND c.state <> 'EXPIRED'
            """)
        .bind("person", personId)
        .mapTo(Integer.class)
        .one();
  }

  /**
   * One use, by one statement that says all that must hold.
   *
   * @return lines of the log that follow from it; empty where nothing was spent
   */
  Optional<List<Story.Line>> spend(GrantId id, Instant now) {
    int spent =
        handle
            .createUpdate(
                """
                UPDATE grant_
                   SET used = used + 1,
                       ended = CASE WHEN used + 1 >= most THEN :now ELSE ended END,
                       state = CASE WHEN used + 1 >= most THEN 'USED_UP' ELSE state END
                 WHERE id = :id AND state = 'ACTIVE' AND used < most AND until_ > :now
                """)
            .bind("id", id.text())
            .bind("now", Rows.utc(now))
            .execute();
    if (spent != 1) {
      return Optional.empty();
    }
    Grant it = find(id).orElseThrow();
    if (it.state() != State.USED_UP) {
      return Optional.of(List.of());
    }
    tell(id, now);
    String detail = "grant=" + id;
    return Optional.of(List.of(log(it.caseId(), "postern", "grant.used-up", detail, now)));
  }

  boolean activate(GrantId id, Instant now) {
    return 1
        == handle
            .createUpdate(
                """
                UPDATE grant_ SET state = 'ACTIVE', since = :now
                 WHERE id = :id AND state = 'REQUESTED' AND until_ > :now
                """)
            .bind("id", id.text())
            .bind("now", Rows.utc(now))
            .execute();
  }

  boolean refuse(GrantId id, Instant now) {
    return 1
        == handle
            .createUpdate(
                """
                UPDATE grant_ SET state = 'REFUSED', ended = :now
                 WHERE id = :id AND state = 'REQUESTED'
                """)
            .bind("id", id.text())
            .bind("now", Rows.utc(now))
            .execute();
  }

  boolean revoke(GrantId id, String personId, Instant now) {
    int changed =
        handle
            .createUpdate(
                """
                UPDATE grant_ SET state = 'REVOKED', ended = :now, ended_by = :person
                 WHERE id = :id AND state IN ('REQUESTED', 'ACTIVE')
                """)
            .bind("id", id.text())
            .bind("person", personId)
            .bind("now", Rows.utc(now))
            .execute();
    if (changed == 1) {
      tell(id, now);
    }
    return changed == 1;
  }

  boolean expire(GrantId id, Instant now) {
    int changed =
        handle
            .createUpdate(
                """
                UPDATE grant_
                   SET state = CASE state WHEN 'ACTIVE' THEN 'ENDED' ELSE 'LAPSED' END, ended = :now
                 WHERE id = :id AND state IN ('REQUESTED', 'ACTIVE') AND until_ <= :now
                """)
            .bind("id", id.text())
            .bind("now", Rows.utc(now))
            .execute();
    return changed == 1;
  }

  /** Has the case say what became of its grant. */
  private void tell(GrantId id, Instant now) {
    WorkQueue.wake(handle, Work.GRANT, id + "#over", now);
  }

  /** Writes a line into the log, below the case of the grant. */
  Story.Line log(GrantId id, String actor, String what, String detail, Instant now) {
    return log(find(id).orElseThrow().caseId(), actor, what, detail, now);
  }

  private Story.Line log(CaseId caseId, String actor, String what, String detail, Instant now) {
    Story.Line line = new Story.Line(what, Optional.of(caseId), actor, detail);
    return new LogRows(handle).add(line, now);
  }

  private static Grant grant(ResultSet row) throws SQLException {
    Optional<Like> like = Rows.text(row, "like_").flatMap(json -> LikeCodec.read(Codec.read(json)));
    String from = row.getString("from_");
    GrantTerms terms =
        new GrantTerms(
            Kind.valueOf(row.getString("kind")),
            new Party(like.isPresent() ? from.substring(KIND.length()) : from),
            named(row.getString("to_")).map(Party::new),
            Rows.instant(row, "until_"),
            row.getInt("most"),
            row.getBoolean("unproved"),
            like);
    Petition petition =
        new Petition(
            terms,
            row.getString("person"),
            row.getString("name"),
            row.getString("reason"),
            named(row.getString("about")).map(CaseId::new),
            row.getBoolean("own_vote"));
    return new Grant(
        new GrantId(row.getString("id")),
        petition,
        new CaseId(row.getString("case_id")),
        state(State.valueOf(row.getString("state")), String.valueOf(row.getString("case_state"))),
        row.getInt("used"),
        new Grant.Times(
            Rows.instant(row, "asked"), Rows.maybe(row, "since"), Rows.maybe(row, "ended")),
        row.getString("ended_by"));
  }

  private static State state(State own, String ofCase) {
    boolean lapsed = ofCase.equals("EXPIRED") || ofCase.equals("WITHDRAWN");
    return own == State.REQUESTED && lapsed ? State.LAPSED : own;
  }

  private static Optional<String> named(String text) {
    return Optional.of(text).filter(it -> !it.isEmpty());
  }
}
