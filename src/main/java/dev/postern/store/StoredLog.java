package dev.postern.store;

import dev.postern.audit.LogEntry;
import dev.postern.audit.LogVerifier;
import dev.postern.audit.LogVisitor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/**
 * The numbered log as it stands in the database, to be read as a whole: as of one moment, also
 * while others write, and a page at a time, so that memory does not grow with the log. Reads what
 * there is, whatever somebody made of it.
 */
public final class StoredLog {
  private static final int PAGE = 1000;
  // No such table in PostgreSQL and H2, no such database in both.
  private static final Set<String> NO_LOG = Set.of("42P01", "42S02", "42S04", "3D000", "90146");

  private final Jdbi jdbi;

  StoredLog(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * The log of a store that is not otherwise opened: nothing is made, migrated or changed.
   *
   * @throws StoreTrouble when it cannot be reached, or another process holds it; says what to do
   */
  public static StoredLog of(Store.Access access) {
    Dialect dialect = Dialect.of(access.url());
    String url = dialect.complete(access) + dialect.onlyIfThere();
    StoredLog log =
        new StoredLog(
            access.user().isEmpty()
                ? Jdbi.create(url)
                : Jdbi.create(url, access.user(), access.password()));
    try {
      log.jdbi.useHandle(handle -> handle.execute("SELECT size FROM audit_head WHERE id = 1"));
      return log;
    } catch (JdbiException e) {
      throw unreadable(Dialect.withoutOptions(access.url()), Store.rootOf(e));
    }
  }

  private static StoreTrouble unreadable(String where, Throwable why) {
    if (Store.isTaken(why)) {
      return new StoreTrouble(
          "a running Postern holds "
              + where
              + ", and H2 serves one process only: stop it, run this again and start it. On"
              + " PostgreSQL both run at once. A file that was exported is verified at any time.");
    }
    String state = why instanceof SQLException sql ? String.valueOf(sql.getSQLState()) : "";
    return NO_LOG.contains(state)
        ? new StoreTrouble(
            "there is no log at "
                + where
                + ": run this in Postern's folder, or name its settings with --config")
        : new StoreTrouble("the store at " + where + " cannot be read: " + why.getMessage(), why);
  }

  /** Gives all of it to a visitor, each checkpoint after the entries that its row says. */
  public void read(LogVisitor into) {
    jdbi.useTransaction(TransactionIsolationLevel.REPEATABLE_READ, handle -> read(handle, into));
  }

  /**
   * Gives all of it to a visitor that passes it on to this verifier, and the head of the tree as of
   * the same moment to the verifier.
   */
  public void check(LogVisitor into, LogVerifier verifier) {
    jdbi.useTransaction(
        TransactionIsolationLevel.REPEATABLE_READ,
        handle -> {
          read(handle, into);
          head(handle, verifier);
        });
  }

  private static void read(Handle handle, LogVisitor into) {
    Pages<Entry> entries = new Pages<>(last -> entries(handle, last));
    Pages<Note> notes = new Pages<>(last -> notes(handle, last));
    for (Optional<Entry> entry = entries.next(); entry.isPresent(); entry = entries.next()) {
      Entry here = entry.get();
      notes.whileNext(note -> note.size() < here.number(), note -> note.into(into));
      into.entry(here.number(), here.said().canonical(), here.leaf());
    }
    notes.whileNext(_ -> true, note -> note.into(into));
  }

  private static void head(Handle handle, LogVerifier verifier) {
    Optional<String> state =
        handle
            .createQuery("SELECT size, peaks FROM audit_head WHERE id = 1")
            .map((row, _) -> stored(row.getLong("size"), row.getString("peaks")))
            .findOne();
    try {
      verifier.head(HexFormat.of().parseHex(state.orElse("")));
    } catch (IllegalArgumentException notHex) {
      verifier.head(new byte[0]);
    }
  }

  /** The state of the tree in hexadecimal digits; nothing where the size beside it is another. */
  private static String stored(long size, String peaks) {
    String state = peaks.isEmpty() ? HexFormat.of().toHexDigits(0L) : peaks;
    return state.startsWith(HexFormat.of().toHexDigits(size)) ? state : "";
  }

  private record Entry(long number, long id, LogEntry said, String leaf) {
    static Entry of(ResultSet row) throws SQLException {
      return new Entry(
          row.getLong("number"),
          row.getLong("id"),
          logEntry(row),
          Rows.text(row, "leaf_hash").orElse(""));
    }
  }

  private record Note(long size, String text) {

    /** What the row says of its note must be what the note says. */
    void into(LogVisitor visitor) {
      if (!text.contains("\n" + size + "\n")) {
        visitor.malformed("the checkpoint of %d entries is stored as another".formatted(size));
      }
      visitor.checkpoint(text);
    }
  }

  static LogEntry logEntry(ResultSet row) throws SQLException {
    return new LogEntry(
        Rows.instant(row, "at"),
        row.getString("actor"),
        row.getString("what"),
        row.getString("case_id"),
        row.getString("detail"));
  }

  // By id as well: whoever can drop the UNIQUE constraint can give two entries one number.
  private static List<Entry> entries(Handle handle, @Nullable Entry last) {
    return handle
        .createQuery(
            """
            SELECT * FROM audit_entry
             WHERE number IS NOT NULL AND number >= :number AND (number > :number OR id > :id)
             ORDER BY number, id LIMIT :page
            """)
        .bind("number", last == null ? Long.MIN_VALUE : last.number())
        .bind("id", last == null ? Long.MIN_VALUE : last.id())
        .bind("page", PAGE)
        .map((row, _) -> Entry.of(row))
        .list();
  }

  private static List<Note> notes(Handle handle, @Nullable Note last) {
    return handle
        .createQuery(
            """
            SELECT size, note FROM audit_checkpoint WHERE size > :size
             ORDER BY size LIMIT :page
            """)
        .bind("size", last == null ? Long.MIN_VALUE : last.size())
        .bind("page", PAGE)
        .map((row, _) -> new Note(row.getLong("size"), row.getString("note")))
        .list();
  }

  /** Rows in order, of which one page at a time is kept. */
  private static final class Pages<T> {
    private final Function<@Nullable T, List<T>> after;
    private final Deque<T> page = new ArrayDeque<>();
    private @Nullable T last;
    private boolean ended;

    Pages(Function<@Nullable T, List<T>> after) {
      this.after = after;
    }

    Optional<T> next() {
      Optional<T> here = peek();
      here.ifPresent(_ -> page.remove());
      return here;
    }

    void whileNext(Predicate<T> wanted, Consumer<T> taker) {
      for (Optional<T> here = peek().filter(wanted);
          here.isPresent();
          here = peek().filter(wanted)) {
        page.remove();
        taker.accept(here.get());
      }
    }

    private Optional<T> peek() {
      if (page.isEmpty() && !ended) {
        page.addAll(after.apply(last));
        last = page.isEmpty() ? last : page.getLast();
        ended = page.size() < PAGE;
      }
      return Optional.ofNullable(page.peek());
    }
  }
}
