package dev.postern.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Choice;
import dev.postern.approval.Click;
import dev.postern.approval.People;
import dev.postern.approval.Quarantine;
import dev.postern.approval.Refusal;
import dev.postern.audit.SigningKey;
import dev.postern.evidence.Answer;
import dev.postern.policy.Action;
import dev.postern.store.Store;
import dev.postern.store.World;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that is backed up and brought back while no Postern runs. */
class BackupCommandsTest {
  private final SigningKey key = SigningKey.generate("postern/log", new SecureRandom());
  private CaseId asking = new CaseId("PN-0000-0000");
  private CaseId decided = asking;
  private CaseId done = asking;

  @TempDir private Path folder;
  private ATerminal terminal = new ATerminal(Path.of(""));

  @BeforeEach
  void keepThreeCases() throws IOException {
    terminal = new ATerminal(folder);
    Files.createDirectories(folder.resolve("data/keys"));
    terminal.file("data/keys/log.key", key.file());
    terminal.file("data/keys/token.key", "token\n");
    terminal.file("data/keys/session.key", "session\n");
    try (World world = world("data")) {
      asking = world.held("m1");
      decided = world.held("m2");
      done = world.held("m3");
      world.release(done, "kim");
      world.effects.carryOut(1);
      world.release(decided, "kim");
      world.store().sequencer(key, _ -> {}, () -> world.now).number();
    }
  }

  private World world(String data) {
    return new World(
        Store.Access.to("jdbc:h2:file:" + folder.resolve(data).resolve("postern")),
        new People().and("kim"),
        (_, _, _) -> Answer.without(Answer.Status.NXDOMAIN, 60));
  }

  private void backUp(String... more) {
    assertThat(terminal.run(arguments(List.of("backup", "--out", "b.zip"), more)))
        .as(terminal.err())
        .isZero();
  }

  private static String[] arguments(List<String> first, String... more) {
    return Stream.concat(first.stream(), List.of(more).stream()).toArray(String[]::new);
  }

  private int restoreTo(String data, String... more) {
    terminal.environment.put("POSTERN_DATA", folder.resolve(data).toString());
    return terminal.run(arguments(List.of("restore", "b.zip"), more));
  }

  private List<String> files(String of) {
    String[] names = folder.resolve(of).toFile().list();
    return names == null ? List.of() : List.of(names);
  }

  @Test
  void aBackupIsOneFileThatOnlyItsOwnerMayRead() throws IOException {
    backUp();
    assertThat(terminal.out())
        .startsWith("wrote b.zip, ")
        .contains("from the data folder, without its keys");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(files("")).containsExactlyInAnyOrder("data", "b.zip");
  }

  private Path file() {
    return folder.resolve("b.zip");
  }

  @Test
  void anOlderFileIsReplacedOnlyWhenThatIsSaid() throws IOException {
    Files.writeString(file(), "older");
    assertThat(terminal.run("backup", "--out", "b.zip")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains("b.zip exists", "--replace");
    assertThat(file()).hasContent("older");

    backUp("--replace");
    assertThat(Files.size(file())).isGreaterThan(1000);
  }

  @Test
  void whatCannotBeWrittenLeavesNothingBehind() throws IOException {
    assertThat(terminal.run("backup", "--out", "no/such/folder/b.zip")).isEqualTo(Exit.UNAVAILABLE);
    assertThat(terminal.err()).contains("cannot be written, and nothing is left of it");
    terminal.environment.put("POSTERN_DATA", folder.resolve("elsewhere").toString());
    assertThat(terminal.run("backup", "--out", "b.zip")).isEqualTo(Exit.UNAVAILABLE);
    assertThat(terminal.err()).contains("there is no database at ");
    assertThat(files("")).containsExactly("data");
  }

  @Test
  void postgresHasItsOwnTools() {
    terminal.file("postern.conf", "store.url = \"jdbc:postgresql://127.0.0.1:1/postern\"\n");
    assertThat(terminal.run("backup", "--out", "b.zip")).isEqualTo(Exit.UNAVAILABLE);
    assertThat(terminal.err()).contains("pg_dump");
    backUpFromH2();
    assertThat(terminal.run("restore", "b.zip")).isEqualTo(Exit.UNAVAILABLE);
    assertThat(terminal.err()).contains("pg_restore");
  }

  private void backUpFromH2() {
    terminal.environment.put("POSTERN_STORE_URL", "jdbc:h2:file:" + folder.resolve("data/postern"));
    backUp();
    terminal.environment.remove("POSTERN_STORE_URL");
  }

  @Test
  void whatWasRestoredGoesOnWhereItWas() throws IOException {
    backUp("--with-keys");
    assertThat(restoreTo("new")).as(terminal.err()).isZero();
    assertThat(terminal.out())
        .startsWith("Restored.\n")
        .contains("as of    2026-11-24T07:00:00Z\n")
        .contains("cases    3\n")
        .contains("held     2, each marked: it may have been delivered since\n")
        .contains("look up  1 decided and not proved: asked, not repeated\n")
        .contains("log      intact, ", "keys     those of the backup\n");
    assertThat(files("new")).containsExactlyInAnyOrder("keys", "postern.mv.db");
    for (String name : List.of("log.key", "token.key", "session.key")) {
      assertThat(folder.resolve("new/keys").resolve(name))
          .hasSameTextualContentAs(folder.resolve("data/keys").resolve(name));
    }
    try (World world = world("new")) {
      assertThat(world.find(done).state()).isEqualTo(CaseState.DONE);
      assertThat(world.find(done).trouble()).isEmpty();
      assertThat(world.find(asking).warning()).contains("It may have been delivered since");
      world.release(asking, "kim");
      assertThat(world.find(asking).state()).isEqualTo(CaseState.DECIDED);
      world.store().sequencer(key, _ -> {}, () -> world.now).number();
    }
    assertThat(terminal.run("audit", "verify")).as(terminal.out()).isZero();
  }

  @Test
  void P7_whatWasDecidedAndNotProvedIsLookedUpAfterARestore_notRepeated() {
    backUp("--with-keys");
    assertThat(restoreTo("new")).isZero();
    try (World world = world("new")) {
      world.quarantine.stands = Quarantine.Standing.UNKNOWN;
      world.effects.carryOut(2);

      assertThat(world.quarantine.calls).isEmpty();
      assertThat(world.find(decided).state()).isEqualTo(CaseState.FAILED);
      assertThat(world.find(decided).warning()).contains("may have been delivered");
      assertThat(world.find(decided).openStage()).as("people are asked again").isPresent();
    }
  }

  @Test
  void P7_aVoteThatNobodyHadJudgedSendsNothingAfterARestore() {
    CaseId voted;
    Click vote;
    try (World world = world("data")) {
      voted = world.held("m4");
      vote = world.click("kim", world.token(voted, CardPlace.WEB), new Choice.ReleaseAll());
      assertThat(world.desk.accept(vote)).isTrue();
    }
    backUp("--with-keys");
    assertThat(restoreTo("new")).as(terminal.err()).isZero();
    try (World world = world("new")) {
      assertThat(world.desk.click(vote))
          .extracting("why")
          .as("the vote is set aside")
          .isEqualTo(Refusal.CHANGED);
      assertThat(world.find(voted).state()).isEqualTo(CaseState.ASKING);

      world.release(voted, "kim");
      assertThat(world.find(voted).state()).as("who votes again").isEqualTo(CaseState.DECIDED);
    }
  }

  @Test
  void P7_noRuleReleasesAfterARestoreWhatMayHaveBeenReleasedBefore() {
    CaseId received;
    try (World world = world("data")) {
      received = world.desk.receive(world.hold("m4")).caseId();
    }
    backUp("--with-keys");
    assertThat(restoreTo("new")).as(terminal.err()).isZero();
    try (World world = world("new")) {
      world.action = new Action.Release();
      world.desk.examine(received);

      assertThat(world.find(received).state()).isEqualTo(CaseState.ASKING);
      assertThat(world.find(received).warning()).contains("may have been delivered since");
    }
  }

  @Test
  void aMailSystemThatKnowsSettlesWhatWasDecided() {
    backUp("--with-keys");
    assertThat(restoreTo("new")).isZero();
    try (World world = world("new")) {
      world.quarantine.stands = Quarantine.Standing.RELEASED;
      world.effects.carryOut(2);
      assertThat(world.quarantine.calls).isEmpty();
      assertThat(world.find(decided).state()).isEqualTo(CaseState.DONE);
    }
  }

  @Test
  void keysThatWereKeptElsewhereAreLaidDownFirst() throws IOException {
    backUp();
    assertThat(restoreTo("new")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains("the backup holds no keys: copy the keys");
    assertThat(files("new")).isEmpty();

    Files.createDirectories(folder.resolve("new/keys"));
    Files.copy(folder.resolve("data/keys/log.key"), folder.resolve("new/keys/log.key"));
    assertThat(restoreTo("new")).as(terminal.err()).isZero();
    assertThat(terminal.out()).contains("keys     those in the data folder\n");
  }

  @Test
  void aFolderThatIsInUseIsNotTouched() throws IOException {
    backUp("--with-keys");
    byte[] before = Files.readAllBytes(folder.resolve("data/postern.mv.db"));
    assertThat(restoreTo("data")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains("postern.mv.db is there: restore into an empty folder");
    assertThat(folder.resolve("data/postern.mv.db")).hasBinaryContent(before);

    Files.createDirectories(folder.resolve("new/keys"));
    assertThat(restoreTo("new")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains("the backup brings keys of its own");
    Files.createFile(folder.resolve("new/somebody's.txt"));
    assertThat(restoreTo("new")).isEqualTo(Exit.USAGE);
    assertThat(files("new")).containsExactlyInAnyOrder("keys", "somebody's.txt");
  }

  @Test
  void aCheckLeavesNothingBehind() {
    backUp("--with-keys");
    assertThat(restoreTo("data", "--check")).as(terminal.err()).isZero();
    assertThat(terminal.out()).startsWith("The backup is good.\n");
    assertThat(files("data")).contains("keys", "postern.mv.db").doesNotContain("restoring");
  }

  @Test
  void P10_aBackupWhoseLogSomebodyChangedIsRefused() throws IOException {
    try (World world = world("data")) {
      world.held("m4");
    }
    try (var connection =
            DriverManager.getConnection(
                "jdbc:h2:file:" + folder.resolve("data/postern") + ";DATABASE_TO_LOWER=TRUE");
        var statement = connection.createStatement()) {
      statement.execute("UPDATE audit_entry SET actor = 'nobody' WHERE number = 3");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    backUp("--with-keys");
    assertThat(restoreTo("new")).isEqualTo(Exit.NO);
    assertThat(terminal.err())
        .contains("the log in the backup is not intact, and nothing was restored: ");
    assertThat(files("new")).isEmpty();
  }

  @Test
  void whatIsNoBackupOrHalfOfOneIsRefused() throws IOException {
    backUp("--with-keys");
    byte[] whole = Files.readAllBytes(file());
    for (int length : new int[] {0, 10, whole.length / 2, whole.length - 1}) {
      Files.write(file(), Arrays.copyOf(whole, length));
      assertThat(restoreTo("new")).as("%d octets", length).isEqualTo(Exit.UNAVAILABLE);
      assertThat(terminal.err()).contains("cannot be restored, and nothing was changed");
    }
    for (String name : List.of("../evil", "/tmp/evil", "keys/../../evil", "readme.txt")) {
      zip(Map.of(name, "x"));
      assertThat(restoreTo("new")).as(name).isEqualTo(Exit.UNAVAILABLE);
      assertThat(terminal.err()).contains("holds nothing like");
    }
    zip(Map.of("postern.mv.db", "this is no database"));
    assertThat(restoreTo("new")).isEqualTo(Exit.UNAVAILABLE);
    assertThat(terminal.err()).contains("the backup holds no database of Postern");
    assertThat(files("new")).isEmpty();
    assertThat(terminal.run("restore", "missing.zip")).isEqualTo(Exit.USAGE);
  }

  @Test
  void anOctetThatChangedOnTheWayIsFound() throws IOException {
    backUp("--with-keys");
    byte[] whole = Files.readAllBytes(file());
    Path good = Files.createDirectory(folder.resolve("good"));
    new BackupFile(file()).unpack(good);
    Path bad = Files.createDirectory(folder.resolve("bad"));
    int refused = 0;
    for (int at = 1; at < whole.length; at += whole.length / 200) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 4;
      Files.write(file(), flipped);
      try {
        new BackupFile(file()).unpack(bad);
        for (String name : files("good")) { // the day of an entry, say, is of no consequence
          assertThat(bad.resolve(name)).hasSameBinaryContentAs(good.resolve(name));
        }
      } catch (IOException found) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(180);
  }

  private void zip(Map<String, String> entries) throws IOException {
    try (OutputStream out = Files.newOutputStream(file());
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  @Test
  void aBackupOfANewerPosternIsRefused() {
    try (var connection =
            DriverManager.getConnection(
                "jdbc:h2:file:" + folder.resolve("data/postern") + ";DATABASE_TO_LOWER=TRUE");
        var statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO \"flyway_schema_history\" SELECT 99, '99', 'later', 'SQL', 'V99__later.sql',"
              + " 1, 'sa', CURRENT_TIMESTAMP, 1, TRUE");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    backUp("--with-keys");
    assertThat(restoreTo("new")).isEqualTo(Exit.UNAVAILABLE);
    assertThat(terminal.err()).contains("was made by a newer Postern, with schema 99");
  }
}
