package dev.postern.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a@b.example | `` | a@b.example",
        "Ann <a@b.example> | Ann | a@b.example",
        "\"Ann, Inc.\" <a@b.example> | Ann, Inc. | a@b.example",
        "\"ceo@bank.example\" <x@evil.example> | ceo@bank.example | x@evil.example",
        "Ann (of <c@d.example> (and) more) <a@b.example> | Ann | a@b.example",
        "=?utf-8?q?J=C3=BCrg?= =?UTF-8?B?IE0=?= <j@b.example> | Jürg M | j@b.example",
        "=?iso-8859-1*de?q?J=FCrg,_M?= <j@b.example> | Jürg, M | j@b.example",
        "<@route.example,@two.example:a@b.example> | `` | a@b.example",
        "\"john doe\"@b.example | `` | \"john doe\"@b.example",
        "Team: a@b.example; | `` | a@b.example",
        "Ann \\\" <a@b.example> | Ann \\\" | a@b.example",
        "\"A \\\"B\\\" C\" <a@b.example> | A \"B\" C | a@b.example",
        "Ann <a@b.example | Ann | a@b.example",
      })
  void readsTheMailboxesThatRealMailHas(String value, String name, String written) {
    assertThat(authors("From: " + value + "\r\n").mailboxes().getFirst())
        .isEqualTo(new Mailbox(name, written));
  }

  @Test
  void oneAuthorDomainOfSeveralMailboxes() {
    Authors authors = authors("From: a@b.example, Team: c@B.example, \"x\" <d@b.example>;\r\n");
    assertThat(authors.problem()).isEmpty();
    assertThat(authors.mailboxes()).hasSize(3);
    assertThat(authors.domain()).contains(new DomainName("b.example"));
  }

  @Test
  void aDomainInAnyScriptIsItsALabels() {
    assertThat(authors("From: a@bücher.example\r\n").domain())
        .contains(new DomainName("xn--bcher-kva.example"));
  }

  @Test
  void whatNamesNoSingleAuthorDomainSaysWhy() {
    assertThat(authors("Subject: x\r\n").problem()).contains("no From field");
    assertThat(authors("From: a@b.example\r\nFrom: a@b.example\r\n").problem())
        .contains("2 From fields");
    assertThat(authors("From: a@b.example, c@d.example\r\n").problem()).contains("2 domains");
    assertThat(authors("From: <a@b.example> <c@d.example>\r\n").problem()).contains("2 domains");
    assertThat(authors("From: a@b.example c@d.example\r\n").domain()).isEmpty();
    assertThat(authors("From: undisclosed:;\r\n").problem()).contains("no mailbox");
    assertThat(authors("From: \r\n").problem()).contains("no mailbox");
    assertThat(authors("From: a@[192.0.2.1]\r\n").problem()).contains("no address");
    assertThat(authors("From: a@b.example, c@d..example\r\n").problem()).contains("no address");
    assertThat(authors("From: a\0@b.example\r\n").domain()).isEmpty();
    assertThat(authors("Subject: x\r\n").domain()).isEmpty();
  }

  @Test
  void hostileFieldsTakeLinearTime() {
    String value = "(".repeat(100_000) + "=?=?".repeat(20_000) + "<".repeat(50_000);
    String quotes = "\"\\".repeat(120_000);
    String words = "=?utf-8?q?a?= ".repeat(18_000) + "<a@b.example>";
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          assertThat(authors("From: " + value + "\r\n").domain()).isEmpty();
          assertThat(authors("From: " + quotes + "\r\n").domain()).isEmpty();
          assertThat(authors("From: " + "=?".repeat(120_000) + "\r\n").domain()).isEmpty();
          assertThat(authors("From: " + words + "\r\n").mailboxes().getFirst().name())
              .hasSize(18_000);
        });
  }

  private static Authors authors(String header) {
    byte[] octets = (header + "\r\n").getBytes(StandardCharsets.UTF_8);
    return Authors.of(HeaderFields.of(RawMessage.of(octets)));
  }
}
