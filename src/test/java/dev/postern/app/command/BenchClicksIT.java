package dev.postern.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postern.store.Databases;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small runs of the bench: its Postern is a process of its own, its HTTP and its effects real. */
class BenchClicksIT {
  @TempDir private Path folder;

  private JsonNode run(String... more) throws IOException {
    ATerminal terminal = new ATerminal(folder);
    List<String> arguments =
        new ArrayList<>(
            List.of("bench", "clicks", "--json", "--folder", ".", "--connections", "4"));
    arguments.addAll(List.of(more));

    int exit = terminal.run(arguments.toArray(String[]::new));

    assertThat(terminal.err()).isEmpty();
    assertThat(exit).isZero();
    assertThat(folder).isEmptyDirectory();
    JsonNode line = new ObjectMapper().readTree(terminal.out());
    assertThat(line.path("effects_missing").asInt(-1)).isZero();
    assertThat(line.path("effects_double").asInt(-1)).isZero();
    assertThat(line.path("floor_per_s").asDouble()).isPositive();
    assertThat(line.path("ack_ms").path("p99").asDouble()).isPositive();
    return line;
  }

  @Test
  void fiftyClicksOnOneCaseDecideItOnce() throws IOException {
    JsonNode line = run("--scenario", "hot", "--clicks", "50", "--people", "5");

    assertThat(line.path("acknowledged").asInt()).isEqualTo(50);
    assertThat(line.path("refused").asInt()).isEqualTo(49);
    assertThat(line.path("effects").asInt()).isEqualTo(1);
    assertThat(line.path("people").asInt()).isEqualTo(5);
  }

  @Test
  void aClickForEachOfTwentyCasesSentTwiceReleasesEachOnce() throws IOException {
    JsonNode line = run("--scenario", "replay", "--cases", "20");

    assertThat(line.path("clicks").asInt()).isEqualTo(40);
    assertThat(line.path("acknowledged").asInt()).isEqualTo(40);
    assertThat(line.path("effects").asInt()).isEqualTo(20);
    assertThat(line.path("disk_syncs").asInt()).isPositive();
  }

  @Test
  void whatWasAcknowledgedOutlivesKills() throws IOException {
    JsonNode line = run("--scenario", "crash", "--cases", "40", "--kills", "2");

    assertThat(line.path("disk_syncs").isNull()).isTrue();
    assertThat(line.path("effects").asInt()).isPositive();
  }

  @Test
  void worksOnPostgresAndLeavesNothingBehind() throws IOException {
    String url = Databases.emptyPostgres().url();

    JsonNode line = run("--scenario", "wide", "--cases", "20", "--store", url);

    assertThat(line.path("store").asText()).isEqualTo("postgresql");
    assertThat(line.path("effects").asInt()).isEqualTo(20);
  }
}
