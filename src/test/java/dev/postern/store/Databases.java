package dev.postern.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Fresh databases for tests: H2 in a file, and a real PostgreSQL that one JVM starts once. The
 * tables are made once in a JVM and copied, since making them takes longer than most tests.
 */
public final class Databases {
  /** Stands for no database at all: the rows are in memory. */
  public static final Store.Access MEMORY = Store.Access.to("memory");

  private static final String H2_FILE = "postern.mv.db";
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

  private static final class TablesOfH2 {
    static final byte[] FILE = make();

    private static byte[] make() {
      try {
        Path folder = Files.createTempDirectory("postern-tables");
        withTables(access(h2Url(folder)));
        byte[] octets = Files.readAllBytes(folder.resolve(H2_FILE));
        try (Stream<Path> files = Files.list(folder)) {
          for (Path file : files.toList()) {
            Files.delete(file);
          }
        }
        Files.delete(folder);
        return octets;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class TablesOfPostgres {
    static final String NAME = make();

    private static String make() {
      String url = withTables(emptyPostgres()).url();
      return url.replaceFirst(".*/([a-z_0-9]+)[?].*", "$1");
    }
  }

  /** The H2 database in this folder; where there is none yet, one with empty tables. */
  public static Store.Access h2(Path folder) {
    Path file = folder.resolve(H2_FILE);
    try {
      if (!Files.exists(file)) {
        Files.write(file, TablesOfH2.FILE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return access(h2Url(folder));
  }

  private static String h2Url(Path folder) {
    return "jdbc:h2:file:" + folder.resolve("postern");
  }

  /** A database with empty tables on the PostgreSQL of this JVM. */
  public static Store.Access postgres() {
    return create(" TEMPLATE " + TablesOfPostgres.NAME);
  }

  /** A database without any table on the PostgreSQL of this JVM. */
  public static Store.Access emptyPostgres() {
    return create("");
  }

  private static Store.Access create(String from) {
    String name = "postern_" + COUNT.incrementAndGet();
    try (Connection connection = Postgres.SERVER.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + from);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return access(Postgres.SERVER.getJdbcUrl("postgres", name));
  }

  private static Store.Access withTables(Store.Access access) {
    Store.migrations(access).migrate(); // without a pool, which might not be closed at once
    return access;
  }

  private static Store.Access access(String url) {
    return new Store.Access(url, "", "", true, 10, Duration.ofMinutes(3));
  }
}
