package dev.postern.intake.milter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said and awaited, event by event. */
class MilterProtocolTest {
  private static final String FROM = "ben@partner.example";
  private static final String TO = "ap@corp.example";

  @SuppressWarnings("NullAway.Init")
  private Milters milter;

  @BeforeEach
  void start() {
    milter = Milters.judging(_ -> Milters.pass());
  }

  @AfterEach
  void stop() {
    milter.close();
  }

  private AnMta mta() throws IOException {
    return new AnMta(milter.port());
  }

  private String raw() {
    return new String(milter.seen.getLast().raw().octets(), ISO_8859_1);
  }

  private static List<Character> commands(List<AnMta.Answer> answers) {
    return answers.stream().map(AnMta.Answer::command).toList();
  }

  @Test
  void ofPostfixItTakesWhatLeavesOneRoundTripForAMessage() throws IOException {
    try (AnMta mta = mta()) {
      assertThat(mta.negotiate(6, AnMta.POSTFIX_ACTIONS, AnMta.POSTFIX_PROTOCOL))
          .containsExactly(6, 0x31, 0x1ff380);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6})
  void anMtaOfAnyVersionThatAwaitsEveryAnswerGetsEveryAnswer(int version) throws IOException {
    try (AnMta mta = mta()) {
      assertThat(mta.negotiate(version, 0x3f, 0)).containsExactly(version, 0x31, 0);
      mta.connect("192.0.2.50");
      assertThat(mta.answer().command()).isEqualTo('c');
      mta.send('H', "mail.partner.example");
      assertThat(mta.answer().command()).isEqualTo('c');
      mta.macros('M', "i", "4jYM1").send('M', "<" + FROM + ">");
      assertThat(mta.answer().command()).isEqualTo('c');
      mta.send('R', "<" + TO + ">");
      assertThat(mta.answer().command()).isEqualTo('c');
      for (String name : List.of("From", "Subject")) {
        mta.field(name, "x");
        assertThat(mta.answer().command()).isEqualTo('c');
      }
      mta.send('N');
      assertThat(mta.answer().command()).isEqualTo('c');
      mta.send('B', "hello\r\n".getBytes(UTF_8));
      assertThat(mta.answer().command()).isEqualTo('c');
      assertThat(commands(mta.end())).containsExactly('i', 'c');
    }
    assertThat(raw()).as("one blank stands in").isEqualTo("From: x\r\nSubject: x\r\n\r\nhello\r\n");
  }

  @Test
  void aNewerVersionIsAnsweredWithTheNewestThatWeKnow() throws IOException {
    try (AnMta mta = mta()) {
      assertThat(mta.negotiate(9, 0xffff_ffff, 0xffff_ffff)).containsExactly(6, 0x31, 0x1ff380);
    }
  }

  @Test
  void anMtaThatCannotQuarantineIsLetGo() throws IOException {
    try (AnMta mta = mta()) {
      mta.write(AnMta.packet('O', new byte[] {0, 0, 0, 2, 0, 0, 0, 0x1f, 0, 0, 0, 0x7f}));
      assertThat(mta.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void theMessageAndItsEnvelopeAreWhatTheClientSent() throws IOException {
    try (AnMta mta = mta().likePostfix()) {
      mta.envelope("4jYM1", FROM, TO, "cfo@corp.example")
          .field("From", " a@b.example")
          .field("SUBJECT", "\ttwo  blanks \n\tfolded")
          .field("X-Empty", "")
          .field("X-Bare", "a\rb")
          .body("he", "llo\r\n.dot\r\n");
      assertThat(commands(mta.end())).containsExactly('i', 'c');
      assertThat(mta.hasAnswer()).isFalse();
    }
    assertThat(raw())
        .isEqualTo(
            String.join(
                "\r\n",
                "From: a@b.example",
                "SUBJECT:\ttwo  blanks ",
                "\tfolded",
                "X-Empty:",
                "X-Bare:a\rb",
                "",
                "hello",
                ".dot",
                ""));
    Envelope envelope = milter.seen.getLast().envelope();
    assertThat(envelope.mailFromText()).isEqualTo(FROM);
    assertThat(envelope.recipients())
        .map(EmailAddress::toString)
        .containsExactly(TO, "cfo@corp.example");
    assertThat(envelope.clientIp().getHostAddress()).isEqualTo("192.0.2.50");
    assertThat(envelope.helo()).isEqualTo("mail.partner.example");
    assertThat(milter.seen.getLast().ref().source()).isEqualTo("postfix");
    assertThat(milter.seen.getLast().ref().id()).isEqualTo("4jYM1");
  }

  @Test
  void octetsThatArriveOneByOneAreTheSameMessage() throws IOException {
    try (AnMta mta = mta().likePostfix()) {
      byte[] all =
          AnMta.join(
              AnMta.packet('M', AnMta.octets("<" + FROM + ">")),
              AnMta.packet('R', AnMta.octets("<" + TO + ">")),
              AnMta.packet('D', AnMta.octets("Ti", "4jYM1")),
              AnMta.packet('L', AnMta.octets("From", " x")),
              AnMta.packet('N', new byte[0]),
              AnMta.packet('B', "hello\r\n".getBytes(UTF_8)),
              AnMta.packet('E', new byte[0]));
      for (byte octet : all) {
        mta.write(new byte[] {octet});
      }
      assertThat(commands(mta.verdict())).containsExactly('i', 'c');
    }
    assertThat(raw()).isEqualTo("From: x\r\n\r\nhello\r\n");
  }

  @Test
  void manyMessagesAndAbortsComeOverOneConnection() throws IOException {
    try (AnMta mta = mta().likePostfix()) {
      mta.envelope("4jYM1", FROM, TO).field("From", " lost").send('A').send('A');
      for (int i = 0; i < 20; i++) {
        mta.transaction("4jYM" + i, FROM, TO).field("N", " " + i).body("x\r\n");
        assertThat(commands(mta.end())).containsExactly('i', 'c');
        mta.send('A').send('A');
        assertThat(raw()).isEqualTo("N: " + i + "\r\n\r\nx\r\n");
        assertThat(milter.seen.getLast().ref().id()).isEqualTo("4jYM" + i);
      }
      mta.send('Q');
      assertThat(mta.isClosedByPeer()).isTrue();
    }
    assertThat(milter.seen).hasSize(20);
    assertThat(milter.memory.taken()).isZero();
  }

  @Test
  void aConnectionThatIsUsedAgainForgetsItsClient() throws IOException {
    try (AnMta mta = mta().likePostfix()) {
      mta.envelope("4jYM1", FROM, TO).field("A", " b").body();
      mta.end();
      mta.send('K');
      mta.transaction("4jYM2", FROM, TO).field("A", " b").body();
      mta.end();
    }
    assertThat(milter.seen.getLast().envelope().clientIp().getHostAddress()).isEqualTo("0.0.0.0");
    assertThat(milter.seen.getLast().envelope().helo()).isEmpty();
  }

  @Test
  void clientsOfEveryFamilyAreKnown() throws IOException {
    try (AnMta mta = mta().likePostfix()) {
      byte[] six = {'6', 0, 25};
      for (byte[] connect :
          List.of(
              AnMta.join(AnMta.octets("[v6]"), six, AnMta.octets("2001:db8::50")),
              AnMta.join(AnMta.octets("[v6]"), six, AnMta.octets("IPv6:2001:db8::50")),
              AnMta.join(AnMta.octets("localhost"), new byte[] {'L', 0, 0}, AnMta.octets("/s")),
              AnMta.join(AnMta.octets("unknown"), new byte[] {'U'}))) {
        mta.send('C', connect).transaction("4jYM1", FROM, TO).field("A", " b").body();
        mta.end();
      }
      mta.macros('C', "{client_addr}", "198.51.100.7")
          .send('C', AnMta.join(AnMta.octets("unknown"), new byte[] {'U'}))
          .transaction("4jYM1", FROM, TO)
          .field("A", " b")
          .body();
      mta.end();
    }
    assertThat(milter.seen)
        .map(it -> it.envelope().clientIp().getHostAddress())
        .containsExactly(
            "2001:db8:0:0:0:0:0:50",
            "2001:db8:0:0:0:0:0:50",
            "127.0.0.1",
            "0.0.0.0",
            "198.51.100.7");
  }

  @Test
  void theNullSenderAndAddressesBeyondAsciiComeThrough() throws IOException {
    try (AnMta mta = mta().likePostfix()) {
      mta.envelope("4jYM1", "", "j\u00fcrgen@corp.example").field("A", " b").body();
      mta.end();
    }
    assertThat(milter.seen.getLast().envelope().mailFrom()).isEmpty();
    assertThat(milter.seen.getLast().envelope().recipients().getFirst().localPart())
        .isEqualTo("j\u00fcrgen");
  }

  @Test
  void aRecipientWithoutDomainIsTheOneThatTheMtaMadeOfIt() throws IOException {
    try (AnMta mta = mta().likePostfix()) {
      mta.macros('M').send('M', "<>");
      mta.macros('R', "{rcpt_addr}", "postmaster@corp.example").send('R', "<postmaster>");
      mta.macros('T', "i", "4jYM1").field("A", " b").body();
      assertThat(commands(mta.end())).containsExactly('i', 'c');
    }
    assertThat(milter.seen.getLast().envelope().recipients())
        .map(EmailAddress::toString)
        .containsExactly("postmaster@corp.example");
  }

  @Test
  void aBodyInTheEndOfTheMessageCounts() throws IOException {
    try (AnMta mta = mta().likePostfix()) {
      mta.envelope("4jYM1", FROM, TO).field("A", " b").body("one\r\n");
      mta.send('E', "two\r\n".getBytes(UTF_8));
      mta.verdict();
    }
    assertThat(raw()).isEqualTo("A: b\r\n\r\none\r\ntwo\r\n");
  }

  @Test
  void whereTheMtaMayBeToldToSkipItIsToldOnceTheBodyIsTooLarge() throws IOException {
    try (AnMta mta = mta()) {
      int allButNoReplyToBody = 0x1fffff & ~0x80000;
      assertThat(mta.negotiate(6, 0x1ff, allButNoReplyToBody))
          .last()
          .isEqualTo(0x1ff780 & ~0x80000);
      mta.envelope("4jYM1", FROM, TO).field("A", " b").send('N');
      byte[] part = new byte[65_535];
      char said = 'c';
      int parts = 0;
      while (said == 'c') {
        said = mta.send('B', part).answer().command();
        parts++;
      }
      assertThat(said).isEqualTo('s');
      assertThat(parts).isEqualTo(17);
      assertThat(mta.end()).extracting(AnMta.Answer::command).containsExactly('y');
    }
    assertThat(milter.seen).isEmpty();
  }

  @Test
  void eventsThatOtherMtasSendBesidesAreAnsweredAndHarmless() throws IOException {
    try (AnMta mta = mta()) {
      mta.negotiate(6, 0x3f, 0);
      mta.connect("192.0.2.50").answer();
      mta.send('U', "WIBBLE");
      assertThat(mta.answer().command()).isEqualTo('c');
      mta.macros('M', "i", "4jYM1").send('M', "<" + FROM + ">").answer();
      mta.send('R', "<" + TO + ">").answer();
      mta.send('T');
      assertThat(mta.answer().command()).isEqualTo('c');
      assertThat(commands(mta.end())).containsExactly('i', 'c');
    }
  }
}
