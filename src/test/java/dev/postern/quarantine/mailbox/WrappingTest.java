package dev.postern.quarantine.mailbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.mail.RawMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is believed of what stands above a message. */
class WrappingTest {
  private static Wrapping of(String message) {
    return Wrapping.of(raw(message), Quarantined.fields());
  }

  private static RawMessage raw(String message) {
    return RawMessage.of(message.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(ISO_8859_1));
  }

  @Test
  void ourServersSayWhomItIsFromAndFor() {
    Wrapping it = of(Quarantined.to("<a@corp.example>, <b@corp.example>"));

    assertThat(it.sender()).hasToString("Optional[ben@partner.example]");
    assertThat(it.recipients()).hasToString("[a@corp.example, b@corp.example]");
    assertThat(it.origin().orElseThrow().client().getHostAddress()).isEqualTo("192.0.2.50");
    assertThat(it.origin().orElseThrow().helo()).isEqualTo("mail.partner.example");
  }

  @Test
  void whatStandsBelowTheFirstForeignReceivedIsNotBelieved() {
    Wrapping it =
        of(
            """
            Received: from x (x [192.0.2.1]) by mx
            X-Envelope-To: a@corp.example
            X-Envelope-From: boss@corp.example

            """);

    assertThat(it.recipients()).isEmpty();
    assertThat(it.senderTold()).isFalse();
  }

  @Test
  void aReceivedThatNamesNoClientEndsWhatIsBelieved() {
    Wrapping it =
        of(
            """
            X-Envelope-To: a@corp.example
            Received: by mx with local
            Received: from x (x [192.0.2.1]) by forged
            X-Envelope-From: b@corp.example

            """);

    assertThat(it.recipients()).hasToString("[a@corp.example]");
    assertThat(it.senderTold()).isFalse();
    assertThat(it.origin()).isEmpty();
  }

  @Test
  void withoutAnyReceivedNothingIsBelieved() {
    Wrapping it = of("X-Envelope-To: a@corp.example\nX-Envelope-From: b@corp.example\n\n");

    assertThat(it.recipients()).isEmpty();
    assertThat(it.senderTold()).isFalse();
  }

  @Test
  void theMailboxItselfIsNobodyThatMailWasMeantFor() {
    Wrapping it =
        of(
            """
            Delivered-To: QUARANTINE@corp.example
            X-Original-To: a@corp.example
            Received: from x (x [192.0.2.1]) by mx

            """);

    assertThat(it.recipients()).hasToString("[a@corp.example]");
  }

  @Test
  void theNullSenderIsToldAndOneThatCannotBeReadIsNot() {
    String received = "Received: from x (x [192.0.2.1]) by mx\n\n";
    assertThat(of("Return-Path: <>\n" + received).senderTold()).isTrue();
    assertThat(of("Return-Path: <>\n" + received).sender()).isEmpty();
    assertThat(of("Return-Path: <ben@[192.0.2.7]>\n" + received).senderTold()).isFalse();
  }

  @Test
  void whatTellsOfTheDeliveryIsNotSentOnAndEverythingElseIs() {
    RawMessage sent =
        Wrapping.unwrapped(raw(Quarantined.to("a@corp.example")), Quarantined.fields());

    assertThat(new String(sent.octets(), ISO_8859_1))
        .startsWith("Received: from filter.corp.example")
        .doesNotContain("Delivered-To", "Return-Path")
        .contains("X-Envelope-To: <forged@corp.example>\r\n")
        .endsWith(Quarantined.CONTENT);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "from a.test (b.test [192.0.2.1]) by mx | 192.0.2.1",
        "from a.test (unknown [IPv6:2001:db8::1]) by mx | 2001:db8:0:0:0:0:0:1",
        "from a.test ([192.0.2.1] helo=b.test) by mx | 192.0.2.1",
        "from a.test (192.0.2.1) by mx with Microsoft SMTP Server | 192.0.2.1",
        "from a.test by mx with LMTP | ",
        "by mx (Postfix, from userid 0) | ",
        "from a.test (b.test [999.0.2.1]) by mx | ",
        "from a (x [127.0.0.1]) (b [192.0.2.1]) by mx | 127.0.0.1",
        "from (x [127.0.0.1]) (b [192.0.2.1]) by mx | ",
        "from [6.6.6.6] (helo=[127.0.0.1]) by mx | 6.6.6.6",
        "from [6.6.6.6] (port=4711 helo=[127.0.0.1]) by mx | 6.6.6.6",
        "from [6.6.6.6] (ident=a [127.0.0.1]) by mx | 6.6.6.6",
        "from a.test (helo=[127.0.0.1]) by mx | ",
        "from a.test ([6.6.6.6]:4711 helo=[127.0.0.1] ident=[127.0.0.1]) by mx | 6.6.6.6",
        "from a.test ([6.6.6.6] helo=[127.0.0.1]) by mx | 6.6.6.6",
        "from unknown (HELO [127.0.0.1]) (6.6.6.6) by mx | ",
        "from [127.0.0.1] (HELO x) (6.6.6.6) by mx | ",
        "from a.test (b.test [6.6.6.6] [127.0.0.1]) by mx | ",
      })
  void clients(String received, String client) {
    assertThat(Origin.parse(received).map(it -> it.client().getHostAddress()).orElse(null))
        .isEqualTo(client);
  }
}
