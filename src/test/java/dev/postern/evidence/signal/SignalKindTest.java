package dev.postern.evidence.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SignalKindTest {

  @ParameterizedTest
  @EnumSource
  void everySignalIsDocumented(SignalKind kind) throws IOException {
    assertThat(Files.readString(Path.of("docs/evidence.md"))).contains("| `" + kind.word() + "` |");
    assertThat(SignalKind.of(kind.word())).contains(kind);
    assertThat(kind.meaning()).hasSizeBetween(20, 70).doesNotEndWith(".");
  }

  @Test
  void aNameOfALaterVersionIsNoneOfOurs() {
    assertThat(SignalKind.of("from-the-moon")).isEmpty();
    assertThat(SignalKind.of("")).isEmpty();
  }
}
