package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** H2 keeps the tables of a migration that was killed, so each must bear to be begun again. */
final class MigrationTest {
  @TempDir Path folder;

  @TestFactory
  List<DynamicTest> aMigrationThatWasKilledIsBegunAgain() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    Optional<MigrationVersion> before = Optional.empty();
    for (MigrationInfo migration : flyway("jdbc:h2:mem:").load().info().all()) {
      Optional<MigrationVersion> earlier = before;
      List<String> statements = statements(migration.getScript());
      for (int done = 1; done <= statements.size(); done++) {
        List<String> begun = statements.subList(0, done);
        String name = migration.getScript() + " killed after statement " + done;
        tests.add(DynamicTest.dynamicTest(name, () -> killed(earlier, begun)));
      }
      before = Optional.of(migration.getVersion());
    }
    return tests;
  }

  private void killed(Optional<MigrationVersion> earlier, List<String> begun) throws SQLException {
    String url = "jdbc:h2:file:" + folder.resolve("db" + System.nanoTime());
    FluentConfiguration upTo = flyway(Dialect.H2.complete(Store.Access.to(url)));
    earlier.ifPresentOrElse(upTo::target, () -> upTo.locations("filesystem:" + folder));
    upTo.load().migrate(); // the table of what was migrated comes first, also on an empty database
    try (Connection connection =
            DriverManager.getConnection(Dialect.H2.complete(Store.Access.to(url)));
        Statement statement = connection.createStatement()) {
      for (String sql : begun) {
        statement.execute(sql);
      }
    }
    assertThatCode(() -> Store.open(Store.Access.to(url), _ -> {}, InstantSource.system()).close())
        .doesNotThrowAnyException();
  }

  private static FluentConfiguration flyway(String url) {
    return Flyway.configure()
        .dataSource(url, null, null)
        .locations("classpath:db/migration")
        .placeholders(Dialect.H2.placeholders());
  }

  private static List<String> statements(String script) throws IOException {
    try (var in = MigrationTest.class.getResourceAsStream("/db/migration/" + script)) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      for (var placeholder : Dialect.H2.placeholders().entrySet()) {
        text = text.replace("${" + placeholder.getKey() + "}", placeholder.getValue());
      }
      text = text.replaceAll("(?m)--.*$", "");
      return Arrays.stream(text.split(";")).map(String::strip).filter(s -> !s.isEmpty()).toList();
    }
  }
}
