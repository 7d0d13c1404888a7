package dev.postern.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DsnTest {
  @Test
  void nothingSaidIsNothingPassedOn() {
    EmailAddress ann = EmailAddress.parse("ann@corp.example").orElseThrow();
    assertThat(Dsn.NONE.parameters()).isEmpty();
    assertThat(Dsn.NONE.parameters(ann)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"NEVER", "SUCCESS", "SUCCESS,FAILURE,DELAY", "DELAY,FAILURE"})
  void wishesOfTheStandardAreTaken(String when) {
    assertThat(new Dsn.Wish(Optional.of(when), Optional.empty()).parameters())
        .isEqualTo(" NOTIFY=" + when);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "never", "NEVER,DELAY", "SUCCESS,", "SUCCESS RET=FULL", "SUCCESS\r\nDATA"})
  void otherWishesAreNot(String when) {
    assertThatThrownBy(() -> new Dsn.Wish(Optional.of(when), Optional.empty()))
        .hasMessageContaining("NOTIFY");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a=b", "a+b", "a+0", "a\r\nDATA", "\u00fc"})
  void whatIsNoXtextIsNoName(String envid) {
    assertThatThrownBy(() -> new Dsn(Optional.empty(), Optional.of(envid), Map.of()))
        .hasMessageContaining("ENVID");
    assertThatThrownBy(() -> new Dsn.Wish(Optional.empty(), Optional.of("rfc822;" + envid)))
        .hasMessageContaining("ORCPT");
  }

  @Test
  void namesAreBounded() {
    assertThat(new Dsn(Optional.empty(), Optional.of("a".repeat(100)), Map.of()).parameters())
        .hasSize(107);
    assertThatThrownBy(() -> new Dsn(Optional.empty(), Optional.of("a".repeat(101)), Map.of()))
        .hasMessageContaining("ENVID");
    assertThatThrownBy(
            () -> new Dsn.Wish(Optional.empty(), Optional.of("rfc822;" + "a".repeat(500))))
        .hasMessageContaining("ORCPT");
  }
}
