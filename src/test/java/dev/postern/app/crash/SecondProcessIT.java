package dev.postern.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.store.Databases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts that must not be. */
class SecondProcessIT {
  private static final int UNAVAILABLE = 3;

  @TempDir private Path folder;

  @Test
  void aSecondProcessOnTheFileOfH2IsRefusedWithASentence_andTheFirstIsUnharmed() throws Exception {
    String url = "jdbc:h2:file:" + folder.resolve("data/postern");
    try (Outside outside = new Outside(2);
        Fleet fleet = new Fleet(outside, folder, url, 1)) {
      fleet.awaitReady();
      Replica second = fleet.add();

      assertThat(second.awaitEnd()).isEqualTo(UNAVAILABLE);
      assertThat(second.log().lines())
          .singleElement()
          .asString()
          .contains("another Postern uses jdbc:h2:file:")
          .contains("H2 serves one process only: stop the other one")
          .doesNotContain("Exception");
      Door door = new Door();
      String first = fleet.replicas.getFirst().awaitReady().url();
      assertThat(door.report(first, "later@corp.test", "Hello")).isPresent();
    }
  }

  @Test
  void aReplicaWithKeysOfItsOwnIsRefused_whichSaysWhatToDo() throws Exception {
    String url = Databases.emptyPostgres().url();
    try (Outside outside = new Outside(2);
        Fleet fleet = new Fleet(outside, folder, url, 1)) {
      fleet.awaitReady();
      Path own = Files.createDirectories(folder.resolve("elsewhere"));
      outside.describe(own, url);
      try (Replica stranger = new Replica(own, Map.of())) {
        assertThat(stranger.awaitEnd()).isEqualTo(UNAVAILABLE);
        assertThat(stranger.log())
            .contains("signed by another key, postern/log+")
            .contains("give this Postern the keys folder of the one that began it")
            .doesNotContain("Exception");
      }
    }
  }
}
