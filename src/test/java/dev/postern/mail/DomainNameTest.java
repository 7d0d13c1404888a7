package dev.postern.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DomainNameTest {

  @Test
  void namesOfOtherScriptsBecomeALabels() {
    assertThat(DomainName.parse("Bücher.Example."))
        .contains(new DomainName("xn--bcher-kva.example"));
  }

  @Test
  void aTextFarLongerThanAnyNameIsNone() {
    assertThat(DomainName.parse("ü".repeat(1 << 20))).isEmpty();
    assertThat(DomainName.parse("a.".repeat(1 << 20))).isEmpty();
  }
}
