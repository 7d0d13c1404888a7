package dev.postern.app.bench.clicks;

import dev.postern.store.CommitFloor;
import dev.postern.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** The database of one run: empty at first, gone at the end. */
sealed interface BenchStore extends AutoCloseable {

  /** The one that the plan names, empty. */
  static BenchStore open(ClickPlan plan, Path folder) throws SQLException {
    Optional<ClickPlan.Database> postgres = plan.postgres();
    return postgres.isPresent() ? new OnPostgres(postgres.get()) : new OnH2(folder);
  }

  /** As figures name it. */
  String name();

  /** What Postern opens. */
  Store.Access access();

  /** Where {@link CommitFloor} may write: the same database, or one beside it on the same disk. */
  Store.Access beside();

  /** How often the disk was forced so far. */
  long syncs(PosternProcess postern) throws SQLException, IOException;

  @Override
  void close() throws SQLException;

  /** Bare durable commits a second. */
  default double floor(int threads, Duration time) throws SQLException {
    return new CommitFloor(beside()).perSecond(threads, time);
  }

  private static Store.Access access(String url, ClickPlan.Database as) {
    return new Store.Access(url, as.user(), as.password(), true, 1, Duration.ofSeconds(20));
  }

  /** H2 in the temporary folder, which its owner deletes. */
  record OnH2(Path folder) implements BenchStore {
    @Override
    public String name() {
      return "h2";
    }

    @Override
    public Store.Access access() {
      return Store.Access.to("jdbc:h2:file:" + folder.resolve("postern"));
    }

    @Override
    public Store.Access beside() {
      return Store.Access.to("jdbc:h2:file:" + folder.resolve("bare"));
    }

    @Override
    public long syncs(PosternProcess postern) throws IOException {
      return postern.syncs();
    }

    @Override
    public void close() {}
  }

  /** A schema of its own in a PostgreSQL database, so that nothing in it is touched. */
  final class OnPostgres implements BenchStore {
    private static final int WAL_STANDS_IN_IO = 180_000;

    private final ClickPlan.Database database;
    private final String schema =
        "postern_bench_" + Long.toString(System.nanoTime(), 36).toLowerCase(Locale.ROOT);

    OnPostgres(ClickPlan.Database database) throws SQLException {
      this.database = database;
      run("CREATE SCHEMA " + schema);
    }

    @Override
    public String name() {
      return "postgresql";
    }

    @Override
    public Store.Access access() {
      String joint = database.url().contains("?") ? "&" : "?";
      return BenchStore.access(database.url() + joint + "currentSchema=" + schema, database);
    }

    @Override
    public Store.Access beside() {
      return access();
    }

    /** Of the whole server: nothing else should use it meanwhile. */
    @Override
    public long syncs(PosternProcess postern) throws SQLException {
      try (Connection connection = connect();
          Statement statement = connection.createStatement()) {
        boolean inIo =
            number(statement, "SELECT CAST(current_setting('server_version_num') AS INT)")
                >= WAL_STANDS_IN_IO;
        return number(
            statement,
            inIo
                ? "SELECT CAST(SUM(fsyncs) AS BIGINT) FROM pg_stat_io WHERE object = 'wal'"
                : "SELECT wal_sync FROM pg_stat_wal");
      }
    }

    private static long number(Statement statement, String sql) throws SQLException {
      try (ResultSet row = statement.executeQuery(sql)) {
        row.next();
        return row.getLong(1);
      }
    }

    @Override
    public void close() throws SQLException {
      run("DROP SCHEMA " + schema + " CASCADE");
    }

    private void run(String sql) throws SQLException {
      try (Connection connection = connect();
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }

    private Connection connect() throws SQLException {
      return database.user().isEmpty()
          ? DriverManager.getConnection(database.url())
          : DriverManager.getConnection(database.url(), database.user(), database.password());
    }
  }
}
