package dev.postern.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections of a pool, and moments in which nobody has one. H2 collects the roots of its tables
 * one after the other when it writes to the disk: a transaction that runs meanwhile can be on the
 * disk in a table and not in the undo log, and a process that is killed then leaves a row behind
 * that nobody can change. So whatever is to last is written between transactions.
 */
final class Intermission {
  private final DataSource pool;
  private final ReadWriteLock stage = new ReentrantReadWriteLock();

  Intermission(DataSource pool) {
    this.pool = pool;
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
    Lock shared = stage.readLock();
    // Before the connection: who waits here must not keep one from the act between.
    shared.lock();
    try {
      return givenBack(pool.getConnection(), shared);
    } catch (SQLException | RuntimeException e) {
      shared.unlock();
      throw e;
    }
  }

  private static Connection givenBack(Connection connection, Lock shared) {
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
                  shared.unlock();
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
