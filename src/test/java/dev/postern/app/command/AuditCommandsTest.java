package dev.postern.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.approval.People;
import dev.postern.audit.SigningKey;
import dev.postern.evidence.Answer;
import dev.postern.store.Sequencer;
import dev.postern.store.Store;
import dev.postern.store.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log as an auditor meets it: on the command line. */
class AuditCommandsTest {
  private final SigningKey key = SigningKey.generate("postern/log", new SecureRandom());
  private final List<String> checkpoints = new ArrayList<>();

  @TempDir private Path folder;
  private ATerminal terminal = new ATerminal(Path.of(""));

  @BeforeEach
  void keepALogOfTwoCases() throws IOException {
    terminal = new ATerminal(folder);
    Files.createDirectories(folder.resolve("data/keys"));
    terminal.file("data/keys/log.key", key.file());
    terminal.file("postern.pub", key.verifier().text() + "\n");
    try (World world = world()) {
      Sequencer sequencer = sequencer(world);
      world.held("m1");
      sequencer.number();
      world.now = world.now.plusSeconds(60);
      world.held("m2");
      sequencer.number();
    }
  }

  private World world() {
    return new World(
        Store.Access.to("jdbc:h2:file:" + folder.resolve("data/postern")),
        new People().and("kim"),
        (_, _, _) -> Answer.without(Answer.Status.NXDOMAIN, 60));
  }

  private Sequencer sequencer(World world) {
    return world.store().sequencer(key, checkpoints::add, () -> world.now);
  }

  private void export() {
    assertThat(terminal.run("audit", "export", "--out", "log.jsonl")).isZero();
  }

  private Path exported() {
    return folder.resolve("log.jsonl");
  }

  private JsonNode answer() throws JsonProcessingException {
    return Json.read(terminal.out());
  }

  @Test
  void theStoreOfTheSettingsIsVerifiedWithoutAnyOption() {
    assertThat(terminal.run("audit", "verify")).as(terminal.err()).isZero();
    assertThat(terminal.out())
        .startsWith("The log in the store is intact.\n")
        .contains("entries  8\n")
        .contains("first    2026-11-24T07:00:00Z\n")
        .contains("last     2026-11-24T07:01:00Z\n")
        .contains("signed   2 checkpoints\n")
        .contains("key      " + key.verifier().text() + "\n");
    assertThat(terminal.err()).isEmpty();
  }

  @Test
  void anExportAndThePublicKeyAreEnough() throws IOException {
    export();
    assertThat(terminal.out()).isEqualTo("wrote 8 entries and 2 checkpoints to log.jsonl\n");
    Path elsewhere = Files.createDirectory(folder.resolve("auditor"));
    Files.move(exported(), elsewhere.resolve("log.jsonl"));
    ATerminal auditor = new ATerminal(elsewhere);

    for (String named : List.of(key.verifier().text(), "../postern.pub")) {
      assertThat(auditor.run("audit", "verify", "log.jsonl", "--key", named)).isZero();
      assertThat(auditor.out()).startsWith("The log in log.jsonl is intact.\n");
    }
    assertThat(elsewhere.toFile().list()).containsExactly("log.jsonl");
  }

  @Test
  void anExportGoesThroughAPipeAsWell() {
    assertThat(terminal.run("audit", "export", "--out", "-")).isZero();
    assertThat(terminal.err()).isEqualTo("wrote 8 entries and 2 checkpoints\n");
    terminal.input = terminal.out().getBytes(StandardCharsets.UTF_8);
    assertThat(terminal.run("audit", "verify", "-", "--json")).isZero();
  }

  @Test
  void P10_whatIsWrongIsToldInWordsWithItsPlace() throws IOException {
    export();
    Files.writeString(
        exported(),
        Files.readString(exported()).replaceFirst("(\"number\":6,.*\"what\":\")", "$1x"));

    assertThat(terminal.run("audit", "verify", "log.jsonl")).isEqualTo(Exit.NO);
    assertThat(terminal.out())
        .startsWith("The log in log.jsonl is NOT intact.\n")
        .contains("wrong    entry ")
        .contains(" was changed: it does not have its hash\n")
        .contains("; entries 1 to 4 are as they were signed\n");

    assertThat(terminal.run("audit", "verify", "log.jsonl", "--json")).isEqualTo(Exit.NO);
    assertThat(answer().path("intact").asBoolean(true)).isFalse();
    assertThat(answer().path("wrong").path("kind").asText()).isEqualTo("changed");
    assertThat(answer().path("wrong").path("sound").asInt()).isEqualTo(4);
  }

  @Test
  void P10_aCheckpointKeptFromTheLastTimeShowsACutOffEnd() throws IOException {
    export();
    assertThat(terminal.run("audit", "verify", "log.jsonl", "--keep", "kept.txt")).isZero();
    assertThat(folder.resolve("kept.txt")).hasContent(checkpoints.getLast());
    assertThat(terminal.run("audit", "verify", "log.jsonl", "--since", "kept.txt")).isZero();
    assertThat(terminal.out())
        .contains("the log then is the beginning of the log now, by 1 checkpoint kept elsewhere");

    List<String> lines = Files.readAllLines(exported());
    Files.write(exported(), lines.subList(0, 5));
    assertThat(terminal.run("audit", "verify", "log.jsonl")).isZero();
    assertThat(terminal.run("audit", "verify", "log.jsonl", "--since", "kept.txt"))
        .isEqualTo(Exit.NO);
    assertThat(terminal.out())
        .contains(
            "the log ends after entry 4, but a checkpoint that was kept elsewhere covers 8"
                + " entries\n");
    Files.write(exported(), List.of());
    assertThat(terminal.run("audit", "verify", "log.jsonl")).isEqualTo(Exit.NO);
    assertThat(terminal.out()).contains("the file is empty");
  }

  @Test
  void aWholeFileOfCheckpointsIsHeldAgainstTheLogThatWentOn() throws JsonProcessingException {
    terminal.file("kept.txt", String.join("", checkpoints));
    try (World world = world()) {
      world.held("m3");
      sequencer(world).number();
    }
    assertThat(terminal.run("audit", "verify", "--since", "kept.txt", "--json")).isZero();
    assertThat(answer().path("heldAgainst").asInt()).isEqualTo(2);
    assertThat(answer().path("entries").asInt()).isEqualTo(12);
    assertThat(answer().path("checkpoints").asInt()).isEqualTo(3);
  }

  @Test
  void P10_aKeyOfSomebodyElseDoesNotFit() {
    export();
    String other = SigningKey.generate("postern/log", new SecureRandom()).verifier().text();
    assertThat(terminal.run("audit", "verify", "log.jsonl", "--key", other)).isEqualTo(Exit.NO);
    assertThat(terminal.out()).contains("was not signed by postern/log");
  }

  @Test
  void wrongUsageSaysWhatToMend() throws IOException {
    Files.delete(folder.resolve("data/keys/log.key"));
    assertThat(terminal.run("audit", "verify", "log.jsonl")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).startsWith("name the log's public key with --key: ");
    assertThat(terminal.run("audit", "verify", "log.jsonl", "--key", "postern.pub"))
        .isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).isEqualTo("there is no readable file log.jsonl\n");
    terminal.file("empty", "\n");
    assertThat(terminal.run("audit", "verify", "--key", "postern.pub", "--since", "empty"))
        .isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).isEqualTo("--since: empty holds no checkpoint\n");
    assertThat(terminal.run("audit", "verify", "--key", "empty")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).startsWith("--key: ").endsWith(" holds no public key\n");
    assertThat(terminal.run("audit", "export")).isEqualTo(Exit.USAGE);
    assertThat(terminal.run("audit", "export", "--out", "no/such/folder")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains("no/such/folder cannot be written");
    assertThat(terminal.run("audit")).isEqualTo(Exit.USAGE);
  }

  @Test
  void aStoreThatIsNotThereIsUnavailable_andIsNotMade() throws IOException {
    terminal.file("postern.conf", "data = elsewhere\n");
    assertThat(terminal.run("audit", "export", "--out", "log.jsonl")).isEqualTo(Exit.UNAVAILABLE);
    assertThat(terminal.err()).startsWith("there is no log at jdbc:h2:file:").contains("--config");
    assertThat(folder.resolve("elsewhere")).doesNotExist();
    assertThat(exported()).doesNotExist();
    terminal.file("postern.conf", "store.url = \"jdbc:postgresql://127.0.0.1:1/postern\"\n");
    assertThat(terminal.run("audit", "verify", "--key", "postern.pub")).isEqualTo(Exit.UNAVAILABLE);
    assertThat(terminal.err()).startsWith("the store at jdbc:postgresql://127.0.0.1:1/postern ");
  }
}
