package dev.postern.intake.smtp;

import static dev.postern.intake.smtp.Entrances.client;
import static dev.postern.intake.smtp.Entrances.limits;
import static dev.postern.intake.smtp.Entrances.listener;
import static dev.postern.intake.smtp.Entrances.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.mail.Network;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XForwardTest extends ListenerCase {

  @Test
  void xforwardOfATrustedRelayNamesTheClientForOneTransaction() throws IOException {
    assertThat(client.say("EHLO relay.example")).startsWith("250");
    assertThat(client.say("XFORWARD NAME=mail.partner.example ADDR=IPV6:2001:db8::1"))
        .startsWith("250");
    assertThat(
            client.say("xforward PROTO=ESMTP helo=partner+2Bplus.example SOURCE=REMOTE IDENT=4jYM"))
        .startsWith("250");
    assertThat(client.say("MAIL FROM:<a@b.example>")).startsWith("250");
    assertThat(client.say("XFORWARD ADDR=192.0.2.1")).startsWith("503");
    assertThat(client.say("RCPT TO:<c@d.example>")).startsWith("250");
    assertThat(client.data(MAIL)).startsWith("250");
    assertThat(taken.getFirst().envelope().clientIp())
        .isEqualTo(InetAddress.ofLiteral("2001:db8::1"));
    assertThat(taken.getFirst().envelope().helo()).isEqualTo("partner+plus.example");

    assertThat(client.say("XFORWARD ADDR=192.0.2.1 HELO=forgotten.example")).startsWith("250");
    assertThat(client.say("RSET")).startsWith("250");
    assertThat(client.say("XFORWARD ADDR=[UNAVAILABLE] HELO=[UNAVAILABLE]")).startsWith("250");
    assertThat(client.say("MAIL FROM:<a@b.example>")).startsWith("250");
    assertThat(client.say("RCPT TO:<c@d.example>")).startsWith("250");
    assertThat(client.data(MAIL)).startsWith("250");
    assertThat(taken.get(1).envelope().clientIp().isLoopbackAddress()).isTrue();
    assertThat(taken.get(1).envelope().helo()).isEqualTo("relay.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "XFORWARD",
        "XFORWARD ADDR",
        "XFORWARD ADDR=mail.example",
        "XFORWARD COLOUR=blue",
        "XFORWARD HELO=a+0",
        "XFORWARD HELO=a+0D+0Ab",
      })
  void malformedXforwardIsRefused(String command) throws IOException {
    assertThat(client.say(command)).startsWith("501 5.5.4");
  }

  @Test
  void xforwardOfAnybodyElseIsRefusedAndNotOffered() throws IOException {
    Set<Network> elsewhere = Set.of(Network.parse("192.0.2.0/24").orElseThrow());
    try (SmtpListener strict = listener(settings(elsewhere, limits()), sink);
        RawSmtpClient mine = client(strict)) {
      assertThat(mine.sayAll("EHLO x.example")).noneMatch(l -> l.contains("XFORWARD"));
      assertThat(mine.say("XFORWARD ADDR=192.0.2.1")).startsWith("550 5.7.0");
      assertThat(mine.begin("a@b.example", "c@d.example").data(MAIL)).startsWith("250");
    }
    assertThat(taken.getFirst().envelope().clientIp().isLoopbackAddress()).isTrue();
  }
}
