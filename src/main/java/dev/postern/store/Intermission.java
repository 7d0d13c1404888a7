package dev.postern.store;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections of a pool, and moments in which nobody has one. H2 collects the roots of its tables
 * one after the other when it writes to the disk: a transaction that runs meanwhile can be on the
 * disk in a table and not in the undo log, and a process that is killed then leaves a row behind
 * that nobody can change. So whatever is to last is written between transactions.
 */
final class Intermission implements DataSource {
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

  @Override
  public Connection getConnection() throws SQLException {
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
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              } finally {
                if (ends) {
                  shared.unlock();
                }
              }
            });
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the pool knows user and password");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() throws SQLException {
    return pool.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    pool.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    pool.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return pool.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return pool.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return pool.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return pool.isWrapperFor(type);
  }
}
