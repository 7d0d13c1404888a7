package dev.postern.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.postern.approval.Allowance;
import dev.postern.approval.CaseBook;
import dev.postern.approval.Click;
import dev.postern.approval.Conversations;
import dev.postern.approval.DayBook;
import dev.postern.approval.GatewayReports;
import dev.postern.approval.GroupReadings;
import dev.postern.approval.Records;
import dev.postern.approval.Replays;
import dev.postern.approval.Work;
import dev.postern.audit.SigningKey;
import dev.postern.audit.Witness;
import dev.postern.card.CardRows;
import dev.postern.evidence.signal.Acquaintance;
import dev.postern.policy.Policy;
import dev.postern.policy.Precedents;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;

/**
 * An open database with its schema in place. PostgreSQL serves any number of processes, H2 one.
 *
 * <p>Close it last: it closes the connections under everything else.
 */
public final class Store implements AutoCloseable {
  private final Access access;
  private final Dialect dialect;
  private final HikariDataSource pool;
  private final DataSource connections;
  private final Jdbi jdbi;
  private final Nudge nudge = new Nudge();
  private final InstantSource clock;
  private final RightOfWay way = new RightOfWay();
  private final Optional<GroupSync> disk;
  private final JdbiRecords records;

  /**
   * How to reach the database.
   *
   * @param url {@code jdbc:h2:file:…} or {@code jdbc:postgresql:…}
   * @param user empty where the URL says it all
   * @param password likewise
   * @param sync whether H2 forces what it acknowledges to the disk; PostgreSQL always does
   * @param connections size of the pool
   * @param patience how long a thread waits for a connection
   */
  public record Access(
      String url, String user, String password, boolean sync, int connections, Duration patience) {
    /** Ten connections and half a minute of patience. */
    public static Access to(String url) {
      return new Access(url, "", "", true, 10, Duration.ofSeconds(30));
    }
  }

  private Store(Access access, HikariDataSource pool, Story story, InstantSource clock) {
    this.access = access;
    this.dialect = Dialect.of(access.url());
    this.pool = pool;
    if (dialect == Dialect.H2 && access.sync()) {
      Intermission between = new Intermission(pool);
      this.connections = between.connections();
      this.disk = Optional.of(new GroupSync(() -> between.between(Store::checkpointSync)));
    } else {
      this.connections = pool;
      this.disk = Optional.empty();
    }
    this.jdbi = Jdbi.create(connections);
    this.clock = clock;
    this.records = new JdbiRecords(jdbi, dialect, new Commits(disk, nudge, story), way, clock);
  }

  /**
   * Opens the database and brings its schema up to date.
   *
   * @param story who is told of every log entry, once it is durable
   * @throws StoreTrouble when it cannot be reached or used; says what to mend
   */
  public static Store open(Access access, Story story, InstantSource clock) {
    Dialect dialect = Dialect.of(access.url());
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(dialect.complete(access));
    if (!access.user().isEmpty()) {
      config.setUsername(access.user());
      config.setPassword(access.password());
    }
    config.setPoolName("postern-store");
    config.setMaximumPoolSize(access.connections());
    config.setConnectionTimeout(access.patience().toMillis());
    config.setConnectionInitSql(dialect.greeting().isEmpty() ? null : dialect.greeting());
    HikariDataSource pool;
    try {
      pool = new HikariDataSource(config);
    } catch (RuntimeException e) {
      throw unreachable(access, e);
    }
    try {
      migrations(access).migrate();
      Store store = new Store(access, pool, story, clock);
      store.forgetOwnPicks();
      return store;
    } catch (FlywayException e) {
      pool.close();
      throw new StoreTrouble("the schema of the store could not be brought up to date", e);
    }
  }

  private static StoreTrouble unreachable(Access access, RuntimeException cause) {
    String where = Dialect.withoutOptions(access.url());
    return isTaken(rootOf(cause))
        ? new StoreTrouble(
            "another Postern uses "
                + where
                + ". H2 serves one process only: stop the other one,"
                + " choose another data folder, or use PostgreSQL for several.")
        : new StoreTrouble(
            "the store at " + where + " cannot be opened: " + rootOf(cause).getMessage(), cause);
  }

  /** Whether another process holds the file of an H2 database. */
  static boolean isTaken(Throwable root) {
    // H2 says the one in the same process and the other when a second process holds the file.
    String said = String.valueOf(root.getMessage());
    return said.contains("already in use") || said.contains("file is locked");
  }

  static Throwable rootOf(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /**
   * By connections of its own: the one that keeps other replicas out idles in a transaction for as
   * long as it takes. A migration that was killed is begun again, so each can be run again; H2 does
   * not undo one.
   */
  static Flyway migrations(Access access) {
    Dialect dialect = Dialect.of(access.url());
    String user = access.user().isEmpty() ? null : access.user();
    String password = access.user().isEmpty() ? null : access.password();
    return Flyway.configure()
        .dataSource(dialect.complete(access), user, password)
        .locations("classpath:db/migration")
        .placeholders(dialect.placeholders())
        .load();
  }

  /** H2 serves one process, so that whatever is picked was picked by one that is gone. */
  private void forgetOwnPicks() {
    if (dialect == Dialect.H2) {
      jdbi.useHandle(
          h -> {
            h.execute("UPDATE work SET picked = FALSE, picked_by = NULL WHERE picked");
            // Not emptied: whoever had the turn may have called the platform.
            h.execute(
                "UPDATE card SET turn_until = TIMESTAMP WITH TIME ZONE '2000-01-01 00:00:00Z'"
                    + " WHERE turn_until IS NOT NULL");
          });
    }
  }

  private static void checkpointSync(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CHECKPOINT SYNC");
    }
  }

  /** The rows of cases. */
  public Records records() {
    return records;
  }

  /** Reading cases. */
  public CaseBook book() {
    return records;
  }

  /**
   * How many cases are open of each source that Postern itself looks at; those that another system
   * reported do not count, which may have any source.
   */
  public Map<String, Integer> openBySource() {
    return jdbi.withHandle(handle -> new HoldRows(handle).openBySource());
  }

  /** The database itself, for those of this room. */
  Jdbi rows() {
    return jdbi;
  }

  /** Who wrote before. */
  public Acquaintance acquaintance() {
    return new JdbiAcquaintance(jdbi);
  }

  /** What became of mail, day by day. */
  public DayBook days() {
    return new DayRows(jdbi, disk);
  }

  /** Signed requests that were taken. */
  public Replays replays() {
    return new ReplayRows(jdbi, way);
  }

  /** Notes that whoever clicked is to be told when the click is judged; durable when it returns. */
  public void owe(Click click) {
    Instant now = clock.instant();
    String key = click.surface() + " " + click.eventId();
    jdbi.useTransaction(handle -> WorkQueue.wake(handle, Work.ANSWER, key, now));
    disk.ifPresent(GroupSync::await);
    nudge.now();
  }

  /** Where chat platforms are reached. */
  public Conversations conversations() {
    return new ConversationRows(jdbi, disk);
  }

  /** Who is in user groups. */
  public GroupReadings groups() {
    return new GroupRows(jdbi);
  }

  /** The cases of the past, for replays. */
  public Precedents precedents() {
    return new StoredPrecedents(jdbi);
  }

  /**
   * The memory of senders; start it, and close it before the store.
   *
   * @param kept for how long their mail is remembered
   */
  public SenderLedger senders(Duration kept) {
    return new SenderLedger(jdbi, kept);
  }

  /**
   * The memory of rules in shadow; start it, and close it before the store.
   *
   * @param inForce the policy as it is now
   */
  public ShadowLedger shadows(Supplier<Policy> inForce) {
    return new ShadowLedger(jdbi, inForce, clock);
  }

  /** How much rules may still do by themselves. */
  public Allowance allowance() {
    return new RuleHours(jdbi);
  }

  /** What gateways say. */
  public GatewayReports reports() {
    return new ReportRows(jdbi, disk, records);
  }

  /** The rows of cards. */
  public CardRows cards() {
    return new JdbiCardRows(jdbi, disk, records());
  }

  /** A queue that wakes the given workers up. Start it when everything else stands. */
  public WorkQueue queue(Workers workers, InstantSource clock) {
    return new WorkQueue(connections, dialect, workers.within(this::inTurn), nudge, clock);
  }

  /** Work gives way to acknowledgements, and never tells the world what a crash could undo. */
  private Workers.Worker inTurn(Workers.Worker worker) {
    return key ->
        way.afterwards(
            () -> {
              disk.ifPresent(GroupSync::settle);
              return worker.run(key);
            });
  }

  /** Wakes up what is due and was not woken. Start it when everything else stands. */
  public RollCall rollCall(InstantSource clock) {
    return new RollCall(jdbi, clock);
  }

  /** The sequencer of the log, which signs with this key and tells the witness. */
  public Sequencer sequencer(SigningKey key, Witness witness, InstantSource clock) {
    return new Sequencer(jdbi, disk, key, witness, clock);
  }

  /**
   * Makes a backup while work goes on: everything that was acknowledged before is in it.
   *
   * @param zip to write; an existing file keeps its permissions
   * @throws StoreTrouble when it cannot be written, or the store is PostgreSQL
   */
  public void backup(Path zip) {
    Backup.file(access);
    // Takes as long as the file is large; acknowledgements do not wait for it.
    Jdbi.create(pool).useHandle(handle -> Backup.write(handle, zip));
  }

  /** Removes what has been kept long enough. Start it when everything else stands. */
  public Retention retention(Retention.Terms terms, InstantSource clock) {
    return new Retention(jdbi, disk, terms, clock);
  }

  /**
   * How often H2 was made to force its changes to the disk; 0 where the database does so itself.
   */
  public long syncs() {
    return disk.map(GroupSync::runs).orElse(0L);
  }

  /** What is wrong with the database; empty when it answers. */
  public Optional<String> trouble() {
    try (Connection connection = pool.getConnection()) {
      return connection.isValid(2) ? Optional.empty() : Optional.of("the store does not answer");
    } catch (SQLException e) {
      return Optional.of("the store cannot be reached: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
