package dev.postern.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Fresh databases for tests: H2 in a file, and a real PostgreSQL that one JVM starts once. */
public final class Databases {
  /** Stands for no database at all: the rows are in memory. */
  public static final Store.Access MEMORY = Store.Access.to("memory");

  private static final AtomicInteger COUNT = new AtomicInteger();

  private Databases() {}

  private static final class Postgres {
    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().setServerConfig("max_connections", "60").start();
      } catch (IOException e) {
        throw new UncheckedIOException("PostgreSQL could not be started", e);
      }
    }
  }

  /** An H2 database in this folder. */
  public static Store.Access h2(Path folder) {
    return access("jdbc:h2:file:" + folder.resolve("postern"));
  }

  /** An empty database on the PostgreSQL of this JVM. */
  public static Store.Access postgres() {
    String name = "postern_" + COUNT.incrementAndGet();
    try (Connection connection = Postgres.SERVER.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return access(Postgres.SERVER.getJdbcUrl("postgres", name));
  }

  private static Store.Access access(String url) {
    return new Store.Access(url, "", "", true, 10, Duration.ofMinutes(3));
  }
}
