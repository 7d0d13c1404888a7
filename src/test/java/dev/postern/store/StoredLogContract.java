package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseId;
import dev.postern.approval.People;
import dev.postern.audit.AuditExport;
import dev.postern.audit.LogEntry;
import dev.postern.audit.LogVerifier;
import dev.postern.audit.Merkle;
import dev.postern.audit.SigningKey;
import dev.postern.audit.Verdict;
import dev.postern.audit.Verdict.Broken;
import dev.postern.audit.Verdict.Whole;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody with the database in hand can do to the rows of the log, and that it is found. */
abstract class StoredLogContract {
  private static final List<String> TABLES =
      List.of("audit_entry", "audit_checkpoint", "audit_head");
  private static final Pattern SIZE = Pattern.compile("(?m)^[0-9]+$");

  private final SigningKey key = SigningKey.generate("postern/log", new SecureRandom());
  private Optional<World> open = Optional.empty();
  private Store.Access access = Store.Access.to("");
  private Optional<Handle> intruder = Optional.empty();

  abstract Store.Access database();

  @BeforeEach
  void decideACaseInThreeBatches() {
    access = database();
    World world = new World(access, new People().and("kim"), Dnses.NOTHING);
    open = Optional.of(world);
    Sequencer sequencer = world.store().sequencer(key, _ -> {}, () -> world.now);
    CaseId id = world.held("m1");
    assertThat(sequencer.number()).isEqualTo(4);
    world.release(id, "kim");
    assertThat(sequencer.number()).isEqualTo(2);
    world.effects.carryOut(1);
    assertThat(sequencer.number()).isEqualTo(2);

    String url = Dialect.of(access.url()).complete(access);
    Handle handle =
        access.user().isEmpty() ? Jdbi.open(url) : Jdbi.open(url, access.user(), access.password());
    TABLES.forEach(t -> handle.execute("CREATE TABLE was_" + t + " AS SELECT * FROM " + t));
    intruder = Optional.of(handle);
  }

  @AfterEach
  void close() {
    intruder.ifPresent(Handle::close);
    open.ifPresent(World::close);
  }

  private Handle rows() {
    return intruder.orElseThrow();
  }

  private Verdict inTheStore() {
    LogVerifier verifier = new LogVerifier(key.verifier());
    StoredLog.of(access).check(verifier, verifier);
    return verifier.verdict();
  }

  private Verdict inTheExport() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    StoredLog.of(access).read(new AuditExport(file));
    LogVerifier verifier = new LogVerifier(key.verifier());
    AuditExport.read(new ByteArrayInputStream(file.toByteArray()), verifier);
    return verifier.verdict();
  }

  private void assertFound(String deed) {
    assertThat(inTheStore()).as("in the store: %s", deed).isInstanceOf(Broken.class);
    assertThat(inTheExport()).as("in the export: %s", deed).isInstanceOf(Broken.class);
    putBack();
  }

  /** Everything as it was, so that the next deed is the only one. */
  private void putBack() {
    for (String table : TABLES) {
      rows().execute("DELETE FROM " + table);
      rows().execute("INSERT INTO " + table + " SELECT * FROM was_" + table);
    }
  }

  private void found(String sql, Object... values) {
    assertThat(rows().execute(sql, values)).as(sql).isPositive();
    assertFound(sql + " " + List.of(values));
  }

  @Test
  void P10_aLogThatNobodyTouchedIsWhole() {
    assertThat(inTheStore()).isInstanceOf(Whole.class);
    assertThat(inTheExport()).isInstanceOf(Whole.class);
    putBack();
    assertThat(inTheStore()).isEqualTo(inTheExport()).isInstanceOf(Whole.class);
  }

  @Test
  void P10_everyChangedColumnOfEveryEntryIsFound() {
    for (int number = 1; number <= 8; number++) {
      for (String change :
          List.of(
              "at = at + INTERVAL '1' HOUR",
              "actor = 'mallory'",
              "what = 'case.forgotten'",
              "case_id = 'PN-AAAA-AAAA'",
              "detail = detail || ' '",
              "leaf_hash = 'no hash\"'",
              "leaf_hash = NULL",
              "number = NULL",
              "number = 99",
              "number = 0",
              "number = -9223372036854775808")) {
        found("UPDATE audit_entry SET " + change + " WHERE number = ?", number);
      }
    }
  }

  @Test
  void P10_everyRemovedEntryIsFound_alsoWhenTheRestIsNumberedAnew() {
    for (int number = 1; number <= 8; number++) {
      found("DELETE FROM audit_entry WHERE number = ?", number);
      rows().execute("DELETE FROM audit_entry WHERE number = ?", number);
      for (int later = number + 1; later <= 8; later++) {
        rows().execute("UPDATE audit_entry SET number = ? WHERE number = ?", later - 1, later);
      }
      assertFound("removed and numbered anew: " + number);
    }
  }

  @Test
  void P10_everyEntryChangedTogetherWithItsHashIsFound() {
    for (int number = 1; number <= 8; number++) {
      rows().execute("UPDATE audit_entry SET actor = 'mallory' WHERE number = ?", number);
      rows()
          .execute("UPDATE audit_entry SET leaf_hash = ? WHERE number = ?", leafOf(number), number);
      assertFound("changed with its hash: " + number);
    }
  }

  private String leafOf(int number) {
    LogEntry entry =
        rows()
            .createQuery("SELECT * FROM audit_entry WHERE number = ?")
            .bind(0, number)
            .map((row, _) -> StoredLog.logEntry(row))
            .one();
    return Merkle.leafHash(entry.canonical()).hex();
  }

  @Test
  void P10_everyTwoEntriesThatChangedPlacesAreFound() {
    for (int one = 1; one <= 8; one++) {
      for (int other = one + 1; other <= 8; other++) {
        rows().execute("UPDATE audit_entry SET number = 99 WHERE number = ?", one);
        rows().execute("UPDATE audit_entry SET number = ? WHERE number = ?", one, other);
        rows().execute("UPDATE audit_entry SET number = ? WHERE number = 99", other);
        assertFound(one + " and " + other + " changed places");
      }
    }
  }

  @Test
  void P10_everyAddedEntryIsFound() {
    for (long number : List.of(9L, 10L, 0L, -1L, Long.MAX_VALUE, Long.MIN_VALUE)) {
      found(
          "INSERT INTO audit_entry (number, at, actor, what, case_id, detail, leaf_hash)"
              + " SELECT ?, at, actor, what, case_id, detail, leaf_hash FROM audit_entry"
              + " WHERE number = 8",
          number);
    }
  }

  @Test
  void P10_everyRemovedChangedAddedOrMovedCheckpointIsFound() {
    for (int size : List.of(4, 6, 8)) {
      found("DELETE FROM audit_checkpoint WHERE size = ?", size);
      for (int other : List.of(5, 7, 9, 0, -1)) {
        found("UPDATE audit_checkpoint SET size = ? WHERE size = ?", other, size);
        found(
            "INSERT INTO audit_checkpoint (size, note, at)"
                + " SELECT ?, note, at FROM audit_checkpoint WHERE size = ?",
            other,
            size);
      }
      String note = note(size);
      for (int at = 0; at < note.length(); at += 9) { // CheckpointTest changes every one
        char other = note.charAt(at) == 'A' ? 'B' : 'A';
        String changed = note.substring(0, at) + other + note.substring(at + 1);
        rows().execute("UPDATE audit_checkpoint SET note = ? WHERE size = ?", changed, size);
        assertThat(inTheStore()).as(changed).isInstanceOf(Broken.class);
      }
      putBack();
    }
    rows().execute("UPDATE audit_checkpoint SET note = ? WHERE size = 6", note(4));
    rows().execute("UPDATE audit_checkpoint SET note = ? WHERE size = 4", was(6));
    assertFound("two checkpoints that changed places");
  }

  private String note(int size) {
    return one("SELECT note FROM audit_checkpoint WHERE size = " + size);
  }

  private String was(int size) {
    return one("SELECT note FROM was_audit_checkpoint WHERE size = " + size);
  }

  private String one(String sql) {
    return rows().createQuery(sql).mapTo(String.class).one();
  }

  @Test
  void P10_anEndThatWasCutOffIsFoundByTheCheckpointsThatAreLeft() {
    for (int left = 0; left < 8; left++) {
      found("DELETE FROM audit_entry WHERE number > ?", left);
    }
  }

  @Test
  void P10_anEndThatWasCutOffWithItsCheckpointsIsFoundByTheHead_orByACheckpointKeptElsewhere() {
    rows().execute("DELETE FROM audit_entry WHERE number > 4");
    rows().execute("DELETE FROM audit_checkpoint WHERE size > 4");
    assertThat(inTheStore())
        .isInstanceOfSatisfying(
            Broken.class, found -> assertThat(found.flaw()).isEqualTo(Verdict.Flaw.HEAD_CHANGED));
    assertThat(inTheExport()).isInstanceOf(Whole.class);
    LogVerifier remembers = new LogVerifier(key.verifier());
    remembers.since(was(6));
    StoredLog.of(access).read(remembers);
    assertThat(remembers.verdict())
        .isInstanceOfSatisfying(
            Broken.class, found -> assertThat(found.flaw()).isEqualTo(Verdict.Flaw.TAIL_REMOVED));
  }

  @Test
  void P10_aChangedHeadIsFound() {
    for (String deed :
        List.of(
            "UPDATE audit_head SET size = 7",
            "UPDATE audit_head SET peaks = ''",
            "UPDATE audit_head SET peaks = 'no hex'",
            "UPDATE audit_head SET peaks = REPLACE(peaks, SUBSTRING(peaks, 17, 4), 'abcd')",
            "DELETE FROM audit_head")) {
      assertThat(rows().execute(deed)).isPositive();
      assertThat(inTheStore())
          .as(deed)
          .isInstanceOfSatisfying(
              Broken.class, found -> assertThat(found.flaw()).isEqualTo(Verdict.Flaw.HEAD_CHANGED));
      putBack();
    }
  }

  @Test
  void theExportHoldsEveryCheckpointDirectlyAfterItsLastEntry() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    StoredLog.of(access).read(new AuditExport(file));
    List<String> sizes = new ArrayList<>();
    for (String line : file.toString(StandardCharsets.UTF_8).lines().toList()) {
      Matcher size = SIZE.matcher(line.replace("\\n", "\n"));
      sizes.add(line.startsWith("{\"checkpoint") && size.find() ? size.group() : "-");
    }
    assertThat(String.join(" ", sizes)).isEqualTo("- - - - 4 - - 6 - - 8");
  }
}
