package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.People;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged outlives {@code kill -9} at any moment, on any store. */
abstract class KillNineContract {
  private static final int ROUNDS = 3;
  private static final int ACKNOWLEDGEMENTS = 400;

  @TempDir Path folder;

  /** What the victim is told to open: {@code h2} or a JDBC URL. */
  abstract String database();

  @Test
  void P1_P3_noAcknowledgedHoldOrVoteIsLostAcrossKillNine() throws IOException {
    String database = database();
    List<String> acknowledged = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      acknowledged.addAll(runAndKill(database, "r" + round));
    }

    int lost = 0;
    People people = new People().and("kim");
    try (World world = new World(CrashVictim.access(database, folder), people, Dnses.NOTHING)) {
      for (String line : acknowledged) {
        CaseId id = new CaseId(line.substring(line.indexOf(' ') + 1));
        lost += kept(world, line.startsWith("voted"), id) ? 0 : 1;
      }
    }
    System.out.printf(
        "kill -9: %d rounds, %d acknowledgements, %d lost%n", ROUNDS, acknowledged.size(), lost);
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ROUNDS * ACKNOWLEDGEMENTS);
    assertThat(lost).isZero();
  }

  private static boolean kept(World world, boolean voted, CaseId id) {
    return world
        .records
        .find(id)
        .filter(it -> it.rawKept() && world.records.raw(id).isPresent())
        .filter(it -> !voted || decidedByVote(it))
        .isPresent();
  }

  private static boolean decidedByVote(CaseFile it) {
    return it.state() == CaseState.DECIDED && it.votes().size() == 1;
  }

  private List<String> runAndKill(String database, String round) throws IOException {
    Process victim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                CrashVictim.class.getName(),
                database,
                folder.toString(),
                round)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader out = victim.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
        if (lines.size() == ACKNOWLEDGEMENTS) {
          victim.toHandle().destroyForcibly(); // SIGKILL, but leaves our end of the pipe open
        }
      }
    }
    return lines.stream().filter(l -> l.matches("(held|voted) PN-.{4}-.{4}")).toList();
  }
}
