package dev.postern.quarantine;

import static dev.postern.quarantine.Shipments.ANN;
import static dev.postern.quarantine.Shipments.BOB;
import static dev.postern.quarantine.Shipments.EVE;
import static dev.postern.quarantine.Shipments.MAIL;
import static dev.postern.quarantine.Shipments.address;
import static dev.postern.quarantine.Shipments.envelope;
import static dev.postern.quarantine.Shipments.kinds;
import static dev.postern.quarantine.Shipments.raw;
import static dev.postern.quarantine.Shipments.send;
import static dev.postern.quarantine.Shipments.words;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.mail.Dsn;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.RawMessage;
import dev.postern.quarantine.Link.Protocol;
import dev.postern.quarantine.Link.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a message needs of the next hop, and LMTP. */
class NextHopExtensionsTest {
  private static final EmailAddress JOERG = address("j\u00f6rg@corp.example");
  private static final RawMessage EIGHT_BIT = raw("Subject: \u00fc\r\n\r\n\r\n");

  @SuppressWarnings("NullAway.Init")
  private ScriptedNextHop hop;

  @BeforeEach
  void start() throws IOException {
    hop = new ScriptedNextHop();
  }

  @AfterEach
  void stop() throws IOException {
    hop.close();
  }

  @Test
  void eightBitContentIsAnnounced() {
    assertThat(kinds(send(hop.settings(), EIGHT_BIT, ANN)))
        .containsExactly(Kind.DELIVERED_TO_NEXT_HOP);
    assertThat(hop.commands()).anyMatch(line -> line.endsWith(" BODY=8BITMIME"));
  }

  @Test
  void eightBitContentIsNeverConverted() {
    hop.on("EHLO", "250 next.example");
    Outcome outcome = send(hop.settings(), EIGHT_BIT, ANN);
    assertThat(kinds(outcome)).containsExactly(Kind.PERM_FAIL);
    assertThat(words(outcome)).contains("does not offer 8BITMIME");
    assertThat(hop.commands()).containsExactly("EHLO postern.example", "QUIT");
    assertThat(kinds(send(hop.settings(), MAIL, ANN))).containsExactly(Kind.DELIVERED_TO_NEXT_HOP);
  }

  @Test
  void anAddressBeyondAsciiIsSaidWithSmtpUtf8() {
    assertThat(kinds(send(hop.settings(), MAIL, JOERG)))
        .containsExactly(Kind.DELIVERED_TO_NEXT_HOP);
    assertThat(hop.commands())
        .contains(
            "MAIL FROM:<sender@supplier.example> SIZE=22 SMTPUTF8",
            "RCPT TO:<j\u00f6rg@corp.example>");
  }

  @Test
  void withoutSmtpUtf8OnlyWhoNeedsItIsLeftOut() {
    hop.on("EHLO", "250-next.example\r\n250 8BITMIME");
    Outcome outcome = send(hop.settings(), MAIL, ANN, JOERG, BOB);
    assertThat(kinds(outcome))
        .containsExactly(Kind.DELIVERED_TO_NEXT_HOP, Kind.PERM_FAIL, Kind.DELIVERED_TO_NEXT_HOP);
    assertThat(outcome.results().get(1).words()).contains("does not offer SMTPUTF8");
    assertThat(hop.commands())
        .contains("MAIL FROM:<sender@supplier.example>")
        .noneMatch(line -> line.contains("rg@"));

    Outcome alone = send(hop.settings(), MAIL, JOERG);
    assertThat(kinds(alone)).containsExactly(Kind.PERM_FAIL);
    assertThat(hop.messages()).hasSize(1);
  }

  @Test
  void withoutSmtpUtf8ASenderThatNeedsItStopsTheMessage() {
    hop.on("EHLO", "250-next.example\r\n250 8BITMIME");
    Envelope envelope =
        new Envelope(Optional.of(JOERG), List.of(ANN, BOB), InetAddress.getLoopbackAddress(), "mx");
    assertThat(kinds(send(hop.settings(), envelope, MAIL)))
        .containsExactly(Kind.PERM_FAIL, Kind.PERM_FAIL);
    assertThat(hop.commands()).containsExactly("EHLO postern.example", "QUIT");
  }

  @Test
  void wishesForNoticesArePassedOnInTheClientsWords() {
    hop.on("EHLO", "250-next.example\r\n250 DSN");
    send(hop.settings(), wishing(), MAIL);
    assertThat(hop.commands())
        .containsSubsequence(
            "MAIL FROM:<sender@supplier.example> RET=HDRS ENVID=QQ+2B314159",
            "RCPT TO:<ann@corp.example> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;Ann+2Bx@corp.example",
            "RCPT TO:<bob@corp.example> NOTIFY=NEVER",
            "RCPT TO:<eve@corp.example>");
  }

  @Test
  void wishesForNoticesAreKeptFromAServerThatDoesNotKnowThem() {
    send(hop.settings(), wishing(), MAIL);
    assertThat(hop.commands())
        .contains("MAIL FROM:<sender@supplier.example> SIZE=22", "RCPT TO:<ann@corp.example>");
  }

  @Test
  void lmtpHasItsOwnReplyForEachRecipient() {
    hop.lmtp()
        .on("RCPT TO:<bob", "550 5.1.1 no such user")
        .on(".eve", "452 4.2.2 mailbox full")
        .on(".ann", "250 2.1.5 <ann@corp.example> delivered");

    Outcome outcome = send(lmtp(), MAIL, EVE, BOB, ANN);

    assertThat(outcome.results())
        .containsExactly(
            new Outcome.Result(EVE, Kind.TEMP_FAIL, "452 4.2.2 mailbox full"),
            new Outcome.Result(BOB, Kind.PERM_FAIL, "550 5.1.1 no such user"),
            new Outcome.Result(
                ANN, Kind.DELIVERED_TO_NEXT_HOP, "250 2.1.5 <ann@corp.example> delivered"));
    assertThat(hop.commands()).startsWith("LHLO postern.example");
    assertThat(hop.messages()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {ScriptedNextHop.DROP, ScriptedNextHop.HANG, "what"})
  void P7_lmtpThatBreaksOffLeavesOnlyTheOthersUncertain(String trouble) {
    hop.lmtp().on(".bob", trouble);
    assertThat(kinds(send(lmtp(), MAIL, ANN, BOB, EVE)))
        .containsExactly(Kind.DELIVERED_TO_NEXT_HOP, Kind.UNCERTAIN, Kind.UNCERTAIN);
  }

  @Test
  void aServerThatSpeaksNoLmtpGetsNothing() {
    Outcome outcome = send(lmtp(), MAIL, ANN);
    assertThat(kinds(outcome)).containsExactly(Kind.TEMP_FAIL);
    assertThat(hop.commands()).containsExactly("LHLO postern.example", "QUIT");
  }

  private static Envelope wishing() {
    Dsn dsn =
        new Dsn(
            Optional.of("HDRS"),
            Optional.of("QQ+2B314159"),
            Map.of(
                ANN,
                new Dsn.Wish(
                    Optional.of("SUCCESS,DELAY"), Optional.of("rfc822;Ann+2Bx@corp.example")),
                BOB,
                new Dsn.Wish(Optional.of("NEVER"), Optional.empty())));
    Envelope plain = envelope(ANN, BOB, EVE);
    return new Envelope(plain.mailFrom(), plain.recipients(), plain.clientIp(), plain.helo(), dsn);
  }

  private NextHopSettings lmtp() {
    return hop.settings().by(new Link(Protocol.LMTP, Tls.OFF, Optional.empty(), Optional.empty()));
  }
}
