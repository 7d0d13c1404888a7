package dev.postern.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDateTest {
  @Test
  void theFormOfRfc9110IsRead() {
    assertThat(HttpDate.read("Sun, 06 Nov 1994 08:49:37 GMT"))
        .contains(Instant.parse("1994-11-06T08:49:37Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "now", "2026-11-26T09:00:00Z", "Sun, 06 Nov 1994", "\u0000"})
  void whatIsNoDateIsNone(String header) {
    assertThat(HttpDate.read(header)).isEmpty();
  }
}
