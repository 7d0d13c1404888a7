package dev.postern.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.app.Child;
import dev.postern.audit.Checkpoint;
import dev.postern.fake.Pause;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of a Postern that runs, and of one that was killed. */
class AuditIT {
  @TempDir private Path folder;

  @Test
  void P10_theLogOfARunningPosternIsLeftAlone_andThatOfAKilledOneHoldsWhatWasWitnessed()
      throws Exception {
    Path copy = folder.resolve("kept.txt");
    ATerminal terminal = new ATerminal(folder);
    try (Child postern =
        Child.start(
            "try",
            folder,
            Map.of(
                "POSTERN_AUDIT_CHECKPOINT_COPY",
                copy.toString(),
                "POSTERN_AUDIT_WITNESS_URL",
                "http://127.0.0.1:1/"))) {
      postern.await("/readyz", "audit.checkpoint-copy: ok");
      postern.await("/readyz", "audit.witness-url: http://127.0.0.1:1/ does not answer");
      while (!Files.exists(copy) || Checkpoint.notes(Files.readString(copy)).isEmpty()) {
        Pause.betweenLooks();
      }
      assertThat(terminal.run("audit", "export", "--out", "log.jsonl")).isEqualTo(Exit.UNAVAILABLE);
      assertThat(terminal.err())
          .startsWith("a running Postern holds jdbc:h2:file:")
          .contains("stop it, run this again");
    }
    while (terminal.run("audit", "export", "--out", "log.jsonl") == Exit.UNAVAILABLE) {
      assertThat(terminal.err()).contains("a running Postern holds"); // SIGKILL is under way
    }
    assertThat(terminal.run("audit", "verify", "--since", "kept.txt")).as(terminal.out()).isZero();
    assertThat(terminal.run("audit", "verify", "log.jsonl", "--since", "kept.txt")).isZero();
    assertThat(terminal.out()).contains(" kept elsewhere");
  }
}
