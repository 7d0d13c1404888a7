package dev.postern.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {
  @Test
  void nothingOfItSteersATerminalOrBreaksTheLine() {
    assertThat(OneLine.of("\r\n550\u001b[2J no\u009b31m \u202esuch\u2028user\u0000", 200))
        .isEqualTo("550 [2J no 31m  such user");
  }

  @Test
  void whatIsCutIsSaidAndNoLetterIsHalved() {
    assertThat(OneLine.of("abcdef", 6)).isEqualTo("abcdef");
    assertThat(OneLine.of("abcdefg", 6)).isEqualTo("abcde…");
    assertThat(OneLine.of("abcd😀efg", 6)).isEqualTo("abcd…");
    assertThat(OneLine.of("", 6)).isEmpty();
  }
}
