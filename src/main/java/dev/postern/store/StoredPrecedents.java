package dev.postern.store;

import dev.postern.approval.CaseState;
import dev.postern.policy.Precedent;
import dev.postern.policy.Precedents;
import dev.postern.policy.ShadowRule;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cases of the past as they stand in the database, a page at a time: no transaction is longer
 * than a page, and memory does not grow with the cases. What was read of an ended case is kept in
 * few octets for the next time, which takes a seventh of the time of reading its rows.
 */
public final class StoredPrecedents implements Precedents, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StoredPrecedents.class);

  private static final int PAGE = 1000;

  /** Evidence may be hundreds of kilobytes, and that of so many cases is in memory at once. */
  private static final int WHOLE = 200;

  /** Most octets that are kept; an H2 column of ours takes no more. */
  private static final int MOST_KEPT = 100_000;

  // No such table in PostgreSQL and H2, no such database in both.
  private static final Set<String> NO_CASES = Set.of("42P01", "42S02", "42S04", "3D000", "90146");

  private final Jdbi jdbi;
  private final Optional<Own> own;

  /** A database that is opened for this alone. */
  private record Own(Connection connection, String where) {}

  StoredPrecedents(Jdbi jdbi) {
    this(jdbi, Optional.empty());
  }

  private StoredPrecedents(Jdbi jdbi, Optional<Own> own) {
    this.jdbi = jdbi;
    this.own = own;
  }

  /**
   * Those of a store that is not otherwise opened.
   *
   * @return empty where another process has an H2 database open: then that one must be asked
   * @throws StoreTrouble when it cannot be read; says what to do
   */
  public static Optional<StoredPrecedents> of(Store.Access access) {
    Dialect dialect = Dialect.of(access.url());
    String url = dialect.complete(access) + dialect.onlyIfThere();
    try {
      // One connection for all pages: H2 closes a database with its last one.
      Connection connection =
          access.user().isEmpty()
              ? DriverManager.getConnection(url)
              : DriverManager.getConnection(url, access.user(), access.password());
      Own own = new Own(connection, Dialect.withoutOptions(access.url()));
      return Optional.of(checked(new StoredPrecedents(Jdbi.create(connection), Optional.of(own))));
    } catch (SQLException e) {
      Throwable root = Store.rootOf(e);
      if (Store.isTaken(root)) {
        return Optional.empty();
      }
      throw unreadable(Dialect.withoutOptions(access.url()), root);
    }
  }

  /** Has the tables of this version, or is closed again. */
  private static StoredPrecedents checked(StoredPrecedents stored) {
    try {
      stored.asked(
          handle -> handle.execute("SELECT 1 FROM case_facts, shadow_rule, grant_ WHERE 1 = 0"));
      return stored;
    } catch (StoreTrouble trouble) {
      stored.close();
      throw trouble;
    }
  }

  /** A database of our own that breaks off is no defect, and is told as a sentence. */
  private <T> T asked(HandleCallback<T, RuntimeException> question) {
    try {
      return jdbi.withHandle(question);
    } catch (JdbiException e) {
      throw own.<RuntimeException>map(it -> unreadable(it.where(), Store.rootOf(e))).orElse(e);
    }
  }

  private static StoreTrouble unreadable(String where, Throwable why) {
    String state = why instanceof SQLException sql ? String.valueOf(sql.getSQLState()) : "";
    return NO_CASES.contains(state)
        ? new StoreTrouble(
            "there are no cases at "
                + where
                + ", or an older Postern wrote them: run this in Postern's folder, name its"
                + " settings with --config, or start this version once")
        : new StoreTrouble("the store at " + where + " cannot be read: " + why.getMessage(), why);
  }

  @Override
  public long count(Span when) {
    return asked(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT COUNT(*) FROM case_file
                     WHERE received_at >= :since AND received_at < :until
                       AND id NOT IN (SELECT case_id FROM grant_ WHERE case_id <> about)
                    """)
                .bind("since", Rows.utc(when.since()))
                .bind("until", Rows.utc(when.until()))
                .mapTo(Long.class)
                .one());
  }

  /** What is known of rules in shadow besides. */
  public List<ShadowRule> shadows() {
    return asked(handle -> new ShadowRows(handle).seen());
  }

  /**
   * A case of a page.
   *
   * @param id of the case
   * @param at when it came
   * @param version of its row
   * @param ended whether it stays as it is
   * @param kept what is kept of it; empty where that is nothing, or of another version
   */
  private record Row(
      String id, Instant at, long version, boolean ended, Optional<Precedent> kept) {}

  @Override
  public void each(Span when, Taker taker) {
    Instant at = when.since();
    String id = "";
    for (List<Row> page = page(when, at, id);
        !page.isEmpty();
        page = page.size() < PAGE ? List.of() : page(when, at, id)) {
      at = page.getLast().at();
      id = page.getLast().id();
      for (int done = 0; done < page.size(); done += WHOLE) {
        give(page.subList(done, Math.min(page.size(), done + WHOLE)), taker);
      }
    }
  }

  /** Those after one, by when they came and by id. */
  private List<Row> page(Span when, Instant at, String id) {
    return asked(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT c.id, c.received_at, c.version, c.state, f.facts
                      FROM case_file c
                      LEFT JOIN case_facts f ON f.case_id = c.id AND f.version = c.version
                     WHERE c.received_at >= :at AND c.received_at < :until
                       AND (c.received_at, c.id) > (:at, :id) AND c.ruling IS NOT NULL
                       AND c.id NOT IN (SELECT case_id FROM grant_ WHERE case_id <> about)
                     ORDER BY c.received_at, c.id LIMIT :page
                    """)
                .bind("at", Rows.utc(at))
                .bind("until", Rows.utc(when.until()))
                .bind("id", id)
                .bind("page", PAGE)
                .setFetchSize(PAGE)
                .map((row, _) -> row(row))
                .list());
  }

  /** By the places of the columns, so that their names are not looked for in each row. */
  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getString(1),
        row.getObject(2, OffsetDateTime.class).toInstant(),
        row.getLong(3),
        !CaseState.valueOf(row.getString(4)).held(),
        kept(row.getBytes(5)));
  }

  private static Optional<Precedent> kept(byte @Nullable [] facts) {
    try {
      return Optional.ofNullable(facts).map(Precedent::of);
    } catch (IllegalArgumentException ofAnotherVersion) {
      return Optional.empty();
    }
  }

  private void give(List<Row> page, Taker taker) {
    Map<String, Precedent> known = new HashMap<>();
    List<String> missing = new ArrayList<>();
    for (Row row : page) {
      row.kept().ifPresentOrElse(it -> known.put(row.id(), it), () -> missing.add(row.id()));
    }
    Map<String, String> unreadable = new HashMap<>();
    if (!missing.isEmpty()) {
      Map<String, Precedent> read = new HashMap<>();
      asked(handle -> new PrecedentReader(handle).read(missing, read, unreadable));
      keep(page, read);
      known.putAll(read);
    }
    for (Row row : page) {
      Precedent it = known.get(row.id());
      if (it != null) {
        taker.take(it);
      } else if (unreadable.containsKey(row.id())) {
        taker.unreadable(row.id(), String.valueOf(unreadable.get(row.id())));
      } // else retention removed it meanwhile
    }
  }

  /** A convenience: where it does not succeed, the rows are read again the next time. */
  private void keep(List<Row> page, Map<String, Precedent> read) {
    Map<Row, byte[]> kept = new LinkedHashMap<>();
    for (Row row : page) {
      Precedent it = read.get(row.id());
      if (row.ended() && it != null) {
        byte[] octets = it.octets();
        if (octets.length <= MOST_KEPT) {
          kept.put(row, octets);
        }
      }
    }
    if (!kept.isEmpty()) {
      try {
        jdbi.useTransaction(handle -> keep(handle, kept));
      } catch (JdbiException e) {
        LOG.debug("the facts of {} cases were not kept", kept.size(), e);
      }
    }
  }

  private static void keep(Handle handle, Map<Row, byte[]> kept) {
    handle
        .createUpdate("DELETE FROM case_facts WHERE case_id IN (<ids>)")
        .bindList("ids", kept.keySet().stream().map(Row::id).toList())
        .execute();
    var batch =
        handle.prepareBatch(
            "INSERT INTO case_facts (case_id, version, facts) VALUES (?, ?, ?)"
                + " ON CONFLICT DO NOTHING");
    kept.forEach((row, octets) -> batch.add(row.id(), row.version(), octets));
    batch.execute();
  }

  @Override
  public void close() {
    try {
      if (own.isPresent()) {
        own.get().connection().close();
      }
    } catch (SQLException e) {
      LOG.debug("the store was not closed in order", e);
    }
  }
}
