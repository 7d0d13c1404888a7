package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseId;
import dev.postern.policy.Policy;
import dev.postern.policy.Precedents.Span;
import dev.postern.policy.Replay;
import dev.postern.policy.Replayed;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cases of the past on a real PostgreSQL, and the same ones on H2. */
final class PostgresPrecedentIT extends PrecedentContract {
  private static final List<String> TABLES =
      List.of("hold", "case_file", "evidence", "stage", "vote", "gateway_report");

  @TempDir Path folder;

  @Override
  Store.Access database() {
    return Databases.postgres();
  }

  @Test
  void theSameCasesComeToTheSameOnBothStores_alsoASecondTime() {
    List<CaseId> ids = new ArrayList<>();
    try (World h2 = new World(Databases.h2(folder), people, Dnses.NOTHING)) {
      for (int i = 0; i < 30; i++) {
        h2.now = h2.now.plusSeconds(i % 3 == 0 ? 0 : 61);
        ids.add(h2.held("m" + i));
      }
      for (int i = 0; i < 30; i += 2) {
        h2.release(ids.get(i), "kim");
        h2.settle(1L + i / 2);
      }
      world.now = h2.now;
      h2.store()
          .rows()
          .useHandle(
              from ->
                  world
                      .store()
                      .rows()
                      .useTransaction(to -> TABLES.forEach(table -> copy(table, from, to))));
      Replayed first = replayed(h2);

      assertThat(first.read().cases()).isEqualTo(30);
      assertThat(first.lines().stream().mapToLong(line -> line.after().released()).sum())
          .isEqualTo(15);
      assertThat(replayed(h2)).isEqualTo(first);
      assertThat(replayed(world)).isEqualTo(first);
      assertThat(replayed(world)).isEqualTo(first);
      System.out.printf("replayed on H2 and PostgreSQL, twice each: %s%n", first.digest());
    }
  }

  private static Replayed replayed(World world) {
    Replay replay = new Replay(Optional.empty(), Policy.builtIn());
    Span when = new Span(world.now.minus(Duration.ofDays(90)), world.now.plusSeconds(1));
    world.store().precedents().each(when, replay);
    return replay.done();
  }

  private static void copy(String table, Handle from, Handle to) {
    from.createQuery("SELECT * FROM " + table)
        .map(
            (row, _) -> {
              ResultSetMetaData columns = row.getMetaData();
              List<String> names = new ArrayList<>();
              List<Object> values = new ArrayList<>();
              for (int i = 1; i <= columns.getColumnCount(); i++) {
                names.add(columns.getColumnName(i));
                values.add(value(row, i, columns.getColumnType(i)));
              }
              return to.execute(
                  "INSERT INTO %s (%s) VALUES (%s)"
                      .formatted(
                          table,
                          String.join(", ", names),
                          String.join(", ", Collections.nCopies(names.size(), "?"))),
                  values.toArray());
            })
        .list();
  }

  private static Object value(ResultSet row, int column, int type) throws SQLException {
    return switch (type) {
      case Types.TIMESTAMP_WITH_TIMEZONE -> row.getObject(column, OffsetDateTime.class);
      case Types.CLOB -> row.getString(column);
      default -> row.getObject(column);
    };
  }
}
