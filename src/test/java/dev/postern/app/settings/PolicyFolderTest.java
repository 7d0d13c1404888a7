package dev.postern.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyFolderTest {
  @TempDir private Path folder;

  @Test
  void whatChangesAfterItWasReadIsSeenAsAChange() throws IOException {
    Path file = Files.writeString(folder.resolve("p.yaml"), "rules: []");
    PolicyFolder read = new PolicyFolder(file);
    read.first();
    assertThat(read.asRead()).isEqualTo(read.stamps());

    Files.writeString(file, "rules: [] # longer");

    assertThat(read.asRead()).isNotEqualTo(read.stamps());
  }

  @Test
  void whatIsNoFileIsSaidInASentence() throws IOException {
    PolicyFolder read = new PolicyFolder(folder.resolve("p.yaml"));
    Files.createDirectory(folder.resolve("p.yaml"));

    assertThatThrownBy(read::first).hasMessageStartingWith("there is no readable policy file ");
    assertThatThrownBy(() -> read.read("l.txt"))
        .hasMessage("there is no readable file l.txt beside the policy");
  }
}
