package dev.postern.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseId;
import dev.postern.approval.People;
import dev.postern.audit.SigningKey;
import dev.postern.evidence.Answer;
import dev.postern.store.Sequencer;
import dev.postern.store.Store;
import dev.postern.store.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one case went through, proved to somebody who is not shown the others. */
class AuditProveTest {
  private final SigningKey key = SigningKey.generate("postern/log", new SecureRandom());
  private final List<String> checkpoints = new ArrayList<>();
  private final List<CaseId> cases = new ArrayList<>();

  @TempDir private Path folder;
  private ATerminal terminal = new ATerminal(Path.of(""));

  @BeforeEach
  void keepALogOfThreeCases() throws IOException {
    terminal = new ATerminal(folder);
    Files.createDirectories(folder.resolve("data/keys"));
    terminal.file("data/keys/log.key", key.file());
    terminal.file("postern.pub", key.verifier().text() + "\n");
    try (World world =
        new World(
            Store.Access.to("jdbc:h2:file:" + folder.resolve("data/postern")),
            new People().and("kim"),
            (_, _, _) -> Answer.without(Answer.Status.NXDOMAIN, 60))) {
      Sequencer sequencer = world.store().sequencer(key, checkpoints::add, () -> world.now);
      for (String message : List.of("m1", "m2", "m3")) {
        cases.add(world.held(message));
        sequencer.number();
      }
    }
    terminal.file("kept.txt", checkpoints.getFirst());
  }

  private int run(String... arguments) {
    return terminal.run(arguments);
  }

  @Test
  void P10_aCaseIsProvedToWhoHasThePublicKeyOnly() throws IOException {
    assertThat(run("audit", "prove", cases.get(1).text(), "--out", "case.tlog-proof"))
        .as(terminal.err())
        .isZero();
    assertThat(terminal.out()).isEqualTo("wrote proofs of 4 entries to case.tlog-proof\n");
    Path elsewhere = Files.createDirectory(folder.resolve("auditor"));
    Files.move(folder.resolve("case.tlog-proof"), elsewhere.resolve("case.tlog-proof"));
    ATerminal auditor = new ATerminal(elsewhere);

    assertThat(auditor.run("audit", "verify", "case.tlog-proof", "--key", "../postern.pub"))
        .isZero();
    assertThat(auditor.out())
        .startsWith("case.tlog-proof proves: these stand in the log.\n")
        .contains("  5        2026-11-24T07:00:00Z " + cases.get(1) + " postern case.received ")
        .contains("  signed   by the checkpoint of 12 entries\n")
        .doesNotContain(cases.get(0).text());
  }

  @Test
  void oneEntryIsProvedFromAnExport_againstACheckpointThatWasKept() {
    assertThat(run("audit", "export", "--out", "log.jsonl")).isZero();
    assertThat(
            run("audit", "prove", "7", "--in", "log.jsonl", "--since", "kept.txt", "--out", "it"))
        .as(terminal.err())
        .isZero();
    assertThat(run("audit", "verify", "it", "--since", "kept.txt", "--json")).isZero();
    assertThat(terminal.out())
        .contains("\"proved\" : true", "\"number\" : 7", "\"heldAgainst\" : 1");

    assertThat(run("audit", "prove", "7", "--out", "it")).isZero();
    assertThat(run("audit", "verify", "it", "--since", "kept.txt")).isEqualTo(Exit.NO);
    assertThat(terminal.out())
        .startsWith("it does NOT prove what it says.\n")
        .contains("that was kept: have it proved with \"audit prove --since\"");
  }

  @Test
  void P10_aFileThatWasChangedProvesNothing() throws IOException {
    assertThat(run("audit", "prove", "7", "--out", "it")).isZero();
    String text = Files.readString(folder.resolve("it"));

    terminal.file("it", text.replace("index 6", "index 5"));
    assertThat(run("audit", "verify", "it")).isEqualTo(Exit.NO);
    assertThat(terminal.out()).contains("wrong    entry 6 is not the one");

    terminal.file("it", text.substring(0, text.length() - 90));
    assertThat(run("audit", "verify", "it")).isEqualTo(Exit.NO);

    terminal.file("it", text.substring(0, 60));
    assertThat(run("audit", "verify", "it")).isEqualTo(Exit.NO);
    assertThat(terminal.err()).isEqualTo("it is cut off, or was changed\n");
  }

  @Test
  void P10_nothingIsProvedOfALogThatWasChanged() throws IOException {
    assertThat(run("audit", "export", "--out", "log.jsonl")).isZero();
    Path log = folder.resolve("log.jsonl");
    Files.writeString(
        log, Files.readString(log).replaceFirst("(\"number\":6,.*\"what\":\")", "$1x"));

    assertThat(run("audit", "prove", "7", "--in", "log.jsonl", "--out", "it")).isEqualTo(Exit.NO);
    assertThat(terminal.err()).startsWith("nothing is proved: the log was changed");
    assertThat(folder.resolve("it")).doesNotExist();
  }

  @Test
  void wrongUsageSaysWhatToMend() {
    assertThat(run("audit", "prove", "what", "--out", "it")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).startsWith("what is neither a case, such as PN-7F3K-2QXD, nor");
    assertThat(run("audit", "prove", "99", "--out", "it")).isEqualTo(Exit.NO);
    assertThat(terminal.err()).isEqualTo("the log has no signed entry of 99\n");
    assertThat(run("audit", "prove", "1", "--in", "none", "--out", "it")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).isEqualTo("there is no readable file none\n");
    terminal.file("empty", "");
    assertThat(run("audit", "prove", "1", "--in", "empty", "--out", "it")).isEqualTo(Exit.NO);
    assertThat(run("audit", "prove", "1")).isEqualTo(Exit.USAGE);
  }
}
