package dev.postern.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsTest {
  private static final Instant NOW = Instant.parse("2026-11-17T09:41:00Z");
  private final Sessions sessions = new Sessions("k".repeat(32).getBytes(UTF_8));

  @Test
  void aSignInIsReadBackUntilTwelveHoursLater() {
    String cookie = sessions.open("mara", NOW);
    Instant last = NOW.plus(Duration.ofHours(12)).minusSeconds(1);
    assertThat(sessions.read(cookie, last).orElseThrow().personId()).isEqualTo("mara");
    assertThat(sessions.read(cookie, last.plusSeconds(1))).isEmpty();
  }

  @Test
  void anotherKeyReadsNothing() {
    String cookie = new Sessions("x".repeat(32).getBytes(UTF_8)).open("mara", NOW);
    assertThat(sessions.read(cookie, NOW)).isEmpty();
  }

  @Test
  void anyChangedCharacterSpoilsTheCookie() {
    String cookie = sessions.open("mara", NOW);
    for (int i = 0; i < cookie.length(); i++) {
      char other = cookie.charAt(i) == 'A' ? 'B' : 'A';
      String forged = cookie.substring(0, i) + other + cookie.substring(i + 1);
      // The last character of base 64 carries spare bits, but the text is compared, not the bits.
      assertThat(sessions.read(forged, NOW)).as("position %s", i).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "...", "a.b.c.d", "bWFyYQ.x.9999999999."})
  void whatIsNoCookieOfOursIsNoSignIn(String cookie) {
    assertThat(sessions.read(cookie, NOW)).isEmpty();
  }

  @Test
  void aFormTokenIsNoSessionAndBelongsToOneSignIn() {
    String payload = "bWFyYQ.AAAAAAAAAAAAAAAAAAAAAA.9999999999";
    assertThat(sessions.read(payload + "." + sessions.formToken(payload), NOW)).isEmpty();
    assertThat(sessions.formToken("a")).isNotEqualTo(sessions.formToken("b"));
  }

  @Test
  void aShortKeyIsRefused() {
    assertThatThrownBy(() -> new Sessions(new byte[31])).hasMessageContaining("31 octets");
  }
}
