package dev.postern.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Copies of an H2 database. H2 writes one as a ZIP file while others go on: it holds everything
 * that was committed before it was asked for, and a part of what was committed meanwhile, as of one
 * moment. PostgreSQL brings tools of its own.
 */
public final class Backup {
  private Backup() {}

  /** The file in which H2 keeps the database of that address. */
  public static Path file(Store.Access access) {
    if (Dialect.of(access.url()) != Dialect.H2) {
      throw new StoreTrouble(
          "the store is PostgreSQL, which brings its own tools: back it up with pg_dump and bring"
              + " it back with pg_restore (docs/operating.md, \"Backup\")");
    }
    String place =
        Dialect.withoutOptions(access.url())
            .substring("jdbc:h2:".length())
            .replaceFirst("^file:", "");
    if (place.matches("(mem|tcp|ssl|zip|nio|nioMapped|split|async):.*")) {
      throw new StoreTrouble("the store " + place + " is no file of this machine");
    }
    String home = System.getProperty("user.home", "");
    return Path.of(place.replaceFirst("^~", home) + ".mv.db").toAbsolutePath().normalize();
  }

  /**
   * Makes one of a database that no process has open.
   *
   * @param zip to write; an existing file keeps its permissions
   * @return false where a running Postern has it open: then that one must make it
   * @throws StoreTrouble when there is no such database, or the file cannot be written
   */
  public static boolean ofClosed(Store.Access access, Path zip) {
    Path file = file(access);
    if (!Files.exists(file)) {
      throw new StoreTrouble(
          "there is no database at "
              + file
              + ": run this in Postern's folder, or name its settings with --config");
    }
    Jdbi jdbi = closed(access);
    try {
      jdbi.useHandle(handle -> write(handle, zip));
      return true;
    } catch (JdbiException e) {
      Throwable root = Store.rootOf(e);
      if (Store.isTaken(root)) {
        return false;
      }
      throw new StoreTrouble("the store at " + file + " cannot be read: " + root.getMessage(), e);
    }
  }

  static void write(Handle handle, Path zip) {
    try {
      handle.execute("CHECKPOINT SYNC");
      handle.execute("BACKUP TO ?", zip.toString());
    } catch (JdbiException e) {
      Throwable root = Store.rootOf(e);
      if (root instanceof SQLException sql && Store.isTaken(sql)) {
        throw e;
      }
      throw new StoreTrouble("the backup cannot be written: " + root.getMessage(), e);
    }
  }

  /**
   * Checks that a copy is a database of Postern which this version can go on with.
   *
   * @throws StoreTrouble when it is not
   */
  public static void check(Store.Access copy) {
    MigrationInfoService schema;
    try {
      closed(copy).useHandle(handle -> handle.execute("SELECT size FROM audit_head"));
      schema = Store.migrations(copy).info();
    } catch (JdbiException e) {
      throw new StoreTrouble(
          "the backup holds no database of Postern: " + Store.rootOf(e).getMessage(), e);
    }
    for (MigrationInfo step : schema.all()) {
      if (step.getState().name().toLowerCase(Locale.ROOT).startsWith("future")) {
        throw new StoreTrouble(
            "the backup was made by a newer Postern, with schema "
                + step.getVersion()
                + ": restore it with that version");
      }
      if (step.getState() == MigrationState.FAILED) {
        throw new StoreTrouble("the backup holds a database whose schema was left half changed");
      }
    }
  }

  private static Jdbi closed(Store.Access access) {
    Dialect dialect = Dialect.of(access.url());
    String url = dialect.complete(access) + dialect.onlyIfThere();
    return access.user().isEmpty()
        ? Jdbi.create(url)
        : Jdbi.create(url, access.user(), access.password());
  }
}
