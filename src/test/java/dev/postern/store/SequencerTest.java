package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.approval.CaseId;
import dev.postern.approval.People;
import dev.postern.audit.AuditExport;
import dev.postern.audit.Checkpoint;
import dev.postern.audit.LogVerifier;
import dev.postern.audit.SigningKey;
import dev.postern.audit.Verdict;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of a real case, numbered, signed, exported and checked offline. */
final class SequencerTest {
  private final SigningKey key = SigningKey.generate("postern/log", new SecureRandom());
  private final List<String> told = new ArrayList<>();
  @TempDir Path folder;

  @BeforeEach
  void decideACase() {
    try (World world = open();
        Sequencer sequencer = sequencer(world)) {
      CaseId id = world.held("m1");
      world.release(id, "kim");
      world.effects.carryOut(1);
      assertThat(sequencer.number()).isEqualTo(8);
      assertThat(world.records.history(id)).extracting(l -> l.number()).doesNotContain(0L);
    }
  }

  private World open() {
    return new World(Databases.h2(folder), new People().and("kim"), Dnses.NOTHING);
  }

  private Sequencer sequencer(World world) {
    return world.store().sequencer(key, told::add, () -> world.now);
  }

  private Verdict verdict() {
    LogVerifier verifier = new LogVerifier(key.verifier());
    StoredLog.of(Databases.h2(folder)).check(verifier, verifier);
    return verifier.verdict();
  }

  /** What somebody with the database in hand would do. */
  private void tamper(String sql) throws SQLException {
    String url = Dialect.H2.complete(Databases.h2(folder));
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isPositive();
    }
  }

  @Test
  void P10_untouchedLogIsWholeAlsoAfterMoreWasWritten() {
    assertThat(verdict()).isInstanceOf(Verdict.Whole.class);
    try (World world = open();
        Sequencer sequencer = sequencer(world)) {
      world.held("m2");
      assertThat(sequencer.number()).isEqualTo(4);
      assertThat(sequencer.number()).isZero();
    }
    assertThat(verdict()).isInstanceOf(Verdict.Whole.class);
  }

  @Test
  void P10_changedEntryIsFound() throws SQLException {
    tamper("UPDATE audit_entry SET actor = 'mallory' WHERE what = 'vote.cast'");
    assertThat(verdict()).isInstanceOf(Verdict.Broken.class);
  }

  @Test
  void P10_removedEntryIsFound() throws SQLException {
    tamper("DELETE FROM audit_entry WHERE what = 'vote.cast'");
    assertThat(verdict()).isInstanceOf(Verdict.Broken.class);
  }

  @Test
  void P10_headThatWasEmptiedIsNotBuiltUponAgain() throws SQLException {
    tamper("UPDATE audit_head SET size = 0, peaks = ''");
    try (World world = open()) {
      Sequencer sequencer = sequencer(world);
      assertThatThrownBy(sequencer::number)
          .isInstanceOf(StoreTrouble.class)
          .hasMessageContaining("the log was changed");
    }
  }

  @Test
  void P10_anotherKeyCannotContinueTheLog() {
    SigningKey other = SigningKey.generate("postern/log", new SecureRandom());
    try (World world = open()) {
      Sequencer sequencer = world.store().sequencer(other, _ -> {}, () -> world.now);
      assertThatThrownBy(sequencer::number).hasMessageContaining("log key");
    }
  }

  @Test
  void eachCheckpointIsToldOnceItStandsInTheStore() throws SQLException {
    assertThat(told)
        .singleElement()
        .satisfies(note -> assertThat(Checkpoint.open(note, key.verifier())).isPresent());
    tamper("UPDATE audit_head SET peaks = ''");
    try (World world = open()) {
      world.held("m2");
      Sequencer sequencer = sequencer(world);
      assertThatThrownBy(sequencer::number).isInstanceOf(StoreTrouble.class);
    }
    assertThat(told).hasSize(1);
  }

  @Test
  void exportHoldsNoWordsOfTheMessageOrOfPeople() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    StoredLog.of(Databases.h2(folder)).read(new AuditExport(file));
    List<String> lines = file.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(9);
    assertThat(file.toString(StandardCharsets.UTF_8))
        .doesNotContain("Subject m1", "evil.example", "because");
  }

  @Test
  void aReplicaWithAnotherKeyIsRefusedAtItsStart() {
    try (World world = open();
        Sequencer first = sequencer(world);
        Sequencer replica = sequencer(world)) {
      first.start();
      replica.start(); // the same key
      SigningKey own = SigningKey.generate("postern/log", new SecureRandom());
      try (Sequencer stranger = world.store().sequencer(own, told::add, () -> world.now)) {
        assertThatThrownBy(stranger::start)
            .isInstanceOf(StoreTrouble.class)
            .hasMessageContaining("signed by another key, " + key.verifier())
            .hasMessageContaining("all replicas have the same keys");
      }
    }
  }
}
