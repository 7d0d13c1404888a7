package dev.postern.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiteTest {
  private final Site site = new Site(URI.create("https://postern.corp.example"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postern.corp.example",
        "POSTERN.corp.example",
        "127.0.0.1:8080",
        "localhost",
        "[::1]:80"
      })
  void servesItsOwnNameAndLoopback(String host) {
    assertThat(site.serves(Optional.of(host))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "evil.example",
        "postern.corp.example.evil.example",
        "postern.corp.example:8443",
        "127.0.0.1.evil.example",
        "localhost.evil.example:8080",
        "203.0.113.7:8080"
      })
  void servesNoOtherName(String host) {
    assertThat(site.serves(Optional.of(host))).isFalse();
  }

  @Test
  void servesNobodyWithoutAHost() {
    assertThat(site.serves(Optional.empty())).isFalse();
  }

  @Test
  void thePortIsPartOfTheName() {
    Site other = new Site(URI.create("http://postern.corp.example:8080"));
    assertThat(other.serves(Optional.of("postern.corp.example:8080"))).isTrue();
    assertThat(other.serves(Optional.of("postern.corp.example"))).isFalse();
  }

  @Test
  void theBrowsersWordOnWhereAFormCameFromIsFinal() {
    Optional<String> origin = Optional.of("https://postern.corp.example");
    assertThat(site.ownPage(Optional.of("same-origin"), origin, "postern.corp.example")).isTrue();
    assertThat(site.ownPage(Optional.of("cross-site"), origin, "postern.corp.example")).isFalse();
    assertThat(site.ownPage(Optional.of("same-site"), origin, "postern.corp.example")).isFalse();
    assertThat(site.ownPage(Optional.of("none"), origin, "postern.corp.example")).isFalse();
  }

  @Test
  void withoutThatWordTheOriginMustBeOurs() {
    Optional<String> none = Optional.empty();
    String host = "postern.corp.example";
    assertThat(site.ownPage(none, Optional.of("https://evil.example"), host)).isFalse();
    assertThat(site.ownPage(none, Optional.of("https://postern.corp.example"), host)).isTrue();
    assertThat(site.ownPage(none, Optional.of("null"), host)).isTrue();
    assertThat(site.ownPage(none, none, host)).isTrue();
  }
}
