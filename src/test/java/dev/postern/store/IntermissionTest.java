package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntermissionTest {
  @TempDir private Path folder;

  private Intermission intermission() {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:file:" + folder.resolve("db"));
    return new Intermission(source);
  }

  @Test
  void P3_whatIsWrittenToTheDiskIsWrittenBetweenTransactions() throws Exception {
    Intermission connections = intermission();
    AtomicInteger running = new AtomicInteger();
    List<Integer> seen = new ArrayList<>();
    CountDownLatch begun = new CountDownLatch(4);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(
            threads.submit(
                () -> {
                  for (int n = 0; n < 50; n++) {
                    transaction(connections, running);
                    begun.countDown();
                  }
                  return null;
                }));
      }
      begun.await();
      for (int n = 0; n < 20; n++) {
        connections.between(_ -> seen.add(running.get()));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    assertThat(seen).hasSize(20).containsOnly(0);
  }

  private static void transaction(Intermission connections, AtomicInteger running)
      throws SQLException {
    try (Connection connection = connections.connections().getConnection();
        Statement statement = connection.createStatement()) {
      running.incrementAndGet();
      // Whoever has a connection may have a second one, also while somebody waits for both.
      try (Connection inner = connections.connections().getConnection()) {
        assertThat(inner.isValid(1)).isTrue();
      }
      statement.execute("SELECT 1");
      running.decrementAndGet();
    }
  }

  @Test
  void aConnectionThatIsGivenBackTwiceCountsOnce() throws SQLException {
    Intermission connections = intermission();
    Connection connection = connections.connections().getConnection();
    connection.close();
    connection.close();

    AtomicInteger acts = new AtomicInteger();
    connections.between(_ -> acts.incrementAndGet());

    assertThat(acts).hasValue(1);
  }

  @Test
  void whatADatabaseSaysIsSaidAsItIs() throws SQLException {
    try (Connection connection = intermission().connections().getConnection();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("SELECT * FROM nothing"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("NOTHING");
      assertThatThrownBy(() -> connection.setTransactionIsolation(77))
          .isInstanceOf(SQLException.class);
    }
  }
}
