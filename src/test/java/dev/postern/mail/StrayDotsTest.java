package dev.postern.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrayDotsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"a\n.\n", "a\n.\r\n", "a\r.\r", "a\r.\n", "a\r.\r\n", "\n.\n", "\r\r.\r", "a\n."})
  void aDotThatALaxServerTakesForTheEndIsFound(String text) {
    byte[] octets = text.getBytes(US_ASCII);
    assertThat(StrayDots.find(octets)).isEqualTo(text.indexOf('.'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", ".\n", "a\r\n.\r\n", "a\r\n.\n", "a\n.b\n", "a\n..\n", "a.\n", "a\n"})
  void dotsThatStuffingTakesCareOfAreNot(String text) {
    assertThat(StrayDots.find(text.getBytes(US_ASCII))).isEqualTo(-1);
  }
}
