package dev.postern.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections of a pool, and moments in which nobody has one. H2 collects the roots of its tables
 * one after the other when it writes to the disk: a transaction that runs meanwhile can be on the
 * disk in a table and not in the undo log, and a process that is killed then leaves a row behind
 * that nobody can change. So whatever is to last is written between transactions.
 *
 * <p>Nobody waits in the pool itself: a thread that gives a connection back to HikariCP while
 * another waits spins until the other has taken it, which takes up to a second when both are
 * virtual threads and the carriers are busy. Whoever has the connection to give back holds up the
 * act between.
 */
final class Intermission {
  private final DataSource pool;
  private final Duration patience;
  private final Semaphore seats;
  private final ReentrantReadWriteLock stage = new ReentrantReadWriteLock();

  /**
   * Shares a pool.
   *
   * @param seats how many threads may have connections at a time; the pool has more than these
   * @param patience how long a thread waits for its turn
   */
  Intermission(DataSource pool, int seats, Duration patience) {
    this.pool = pool;
    this.patience = patience;
    this.seats = new Semaphore(seats, true);
  }

  /** What is done while no transaction runs. */
  interface Act {
    void run(Connection connection) throws SQLException;
  }

  /** Waits until all connections are given back, and lets nobody have one meanwhile. */
  void between(Act act) throws SQLException {
    Lock alone = stage.writeLock();
    alone.lock();
    try (Connection connection = pool.getConnection()) {
      act.run(connection);
    } finally {
      alone.unlock();
    }
  }

  /** The pool for everybody else: each of its connections counts until it is closed. */
  DataSource connections() {
    return (DataSource)
        Proxy.newProxyInstance(
            Intermission.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (_, method, arguments) ->
                method.getName().equals("getConnection")
                    ? connection()
                    : invoked(method, pool, arguments));
  }

  private Connection connection() throws SQLException {
    // Who has one may have a second: waiting for a seat could be waiting for itself.
    Runnable leave = stage.getReadHoldCount() > 0 ? () -> {} : seat();
    Lock shared = stage.readLock();
    // Before the connection: who waits here must not keep one from the act between.
    shared.lock();
    Runnable giveBack =
        () -> {
          shared.unlock();
          leave.run();
        };
    try {
      return givenBack(pool.getConnection(), giveBack);
    } catch (SQLException | RuntimeException e) {
      giveBack.run();
      throw e;
    }
  }

  private Runnable seat() throws SQLException {
    try {
      if (seats.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return seats::release;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new SQLTransientConnectionException(
        "no connection to the store was free for " + patience.toSeconds() + " s");
  }

  private static Connection givenBack(Connection connection, Runnable giveBack) {
    return (Connection)
        Proxy.newProxyInstance(
            Intermission.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, arguments) -> {
              boolean ends = method.getName().equals("close") && !connection.isClosed();
              try {
                return invoked(method, connection, arguments);
              } finally {
                if (ends) {
                  giveBack.run();
                }
              }
            });
  }

  private static @Nullable Object invoked(Method method, Object on, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(on, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
