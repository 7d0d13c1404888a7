package dev.postern.dns;

import static dev.postern.dns.FakeNameServer.answer;
import static dev.postern.dns.FakeNameServer.rcode;
import static dev.postern.dns.FakeNameServer.reply;
import static dev.postern.dns.ResolverOnLoopback.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Answer.Status;
import dev.postern.evidence.DnsType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What goes to one server, and what of that which comes back counts. */
class NameServerTest {
  private final ResolverOnLoopback loopback = new ResolverOnLoopback();

  @AfterEach
  void close() throws IOException {
    loopback.close();
  }

  @Test
  void aQuestionOffers1232OctetsAndAsksWhetherTheAnswerIsAuthenticated() throws IOException {
    List<Message> questions = Collections.synchronizedList(new ArrayList<>());
    FakeNameServer server =
        loopback.server(
            (question, tcp) -> {
              questions.add(question);
              return answer(question, "192.0.2.1");
            });
    ask(loopback.resolver(server), "b.example", DnsType.A);

    Message question = questions.getFirst();
    assertThat(question.getOPT().getPayloadSize()).isEqualTo(1232);
    assertThat(question.getHeader().getFlag(Flags.RD)).isTrue();
    assertThat(question.getHeader().getFlag(Flags.AD)).isTrue();
  }

  @Test
  void forgedDatagramsNeitherAnswerNorSilenceTheServer() throws IOException {
    FakeNameServer server =
        loopback.serverOfOctets(
            (question, tcp) ->
                List.of(
                    new byte[0],
                    new byte[] {1, 2, 3},
                    forged(question, it -> it.getHeader().setID(it.getHeader().getID() ^ 1)),
                    forged(question, it -> it.getHeader().unsetFlag(Flags.QR)),
                    forged(question, it -> it.getHeader().setOpcode(4)),
                    forged(question, it -> about(it, "evil.example.", Type.A)),
                    forged(question, it -> about(it, "b.example.", Type.TXT)),
                    forged(question, it -> it.removeAllRecords(Section.QUESTION)),
                    forged(question, it -> it.addRecord(question.getQuestion(), Section.QUESTION)),
                    answer(question, "192.0.2.1").toWire()));
    Answer answer = ask(loopback.resolver(server), "b.example", DnsType.A);
    assertThat(answer.data()).containsExactly("192.0.2.1");
    assertThat(server.asked).hasSize(1);
  }

  @Test
  void theNameMayComeBackInOtherCase() throws IOException {
    FakeNameServer server =
        loopback.server(
            (question, tcp) -> {
              Message reply = answer(question, "192.0.2.1");
              about(reply, "B.EXAMPLE.", Type.A);
              return reply;
            });
    assertThat(ask(loopback.resolver(server), "b.example", DnsType.A).status())
        .isEqualTo(Status.NOERROR);
  }

  @Test
  void anAnswerThatCannotBeReadIsNone() throws IOException {
    FakeNameServer server =
        loopback.serverOfOctets(
            (question, tcp) -> {
              byte[] whole = answer(question, "192.0.2.1").toWire();
              return List.of(Arrays.copyOf(whole, whole.length - 1));
            });
    assertThat(ask(loopback.resolver(server), "b.example", DnsType.A))
        .isEqualTo(Answer.failure("MALFORMED"));
  }

  @Test
  void whatDoesNotFitIsAskedForByTcp() throws IOException {
    FakeNameServer server =
        loopback.server(
            (question, tcp) -> {
              String[] records = new String[tcp ? 500 : 1];
              Arrays.fill(records, "\"" + "x".repeat(100) + "\"");
              for (int i = 0; i < records.length; i++) {
                records[i] = "\"" + i + "\" " + records[i];
              }
              Message reply = answer(question, records);
              if (!tcp) {
                reply.getHeader().setFlag(Flags.TC);
              }
              return reply;
            });
    assertThat(ask(loopback.resolver(server), "b.example", DnsType.TXT).data()).hasSize(500);
    assertThat(server.asked).containsExactly("b.example. udp", "b.example. tcp");
  }

  @Test
  void aServerThatFailsOverTcpIsFollowedByTheNext() throws IOException {
    FakeNameServer hangsUp =
        loopback.serverOfOctets(
            (question, tcp) -> tcp ? List.of() : List.of(truncated(question).toWire()));
    FakeNameServer liesByTcp =
        loopback.server(
            (question, tcp) -> {
              Message reply = truncated(question);
              if (tcp) {
                about(reply, "evil.example.", Type.A);
              }
              return reply;
            });
    FakeNameServer good = loopback.server((question, tcp) -> answer(question, "192.0.2.1"));
    assertThat(ask(loopback.resolver(hangsUp, liesByTcp, good), "b.example", DnsType.A).status())
        .isEqualTo(Status.NOERROR);
  }

  @ParameterizedTest
  @ValueSource(ints = {Rcode.FORMERR, Rcode.NOTIMP, Rcode.BADVERS})
  void aServerThatDoesNotKnowEdnsIsAskedWithoutItFromThenOn(int rcode) throws IOException {
    FakeNameServer old =
        loopback.server(
            (question, tcp) ->
                question.getOPT() == null ? answer(question, "1.2.3.4") : no(question, rcode));
    DnsJavaResolver dns = loopback.resolver(old);
    assertThat(ask(dns, "b.example", DnsType.A).status()).isEqualTo(Status.NOERROR);
    assertThat(old.asked).hasSize(2);
    assertThat(ask(dns, "c.example", DnsType.A).status()).isEqualTo(Status.NOERROR);
    assertThat(old.asked).hasSize(3);
  }

  @Test
  void aServerThatUnderstandsNothingIsAFailureWithItsWord() throws IOException {
    FakeNameServer server = loopback.server((question, tcp) -> rcode(question, Rcode.NOTIMP));
    assertThat(ask(loopback.resolver(server), "b.example", DnsType.A))
        .isEqualTo(Answer.failure("NOTIMP"));
    assertThat(server.asked).hasSize(2);
  }

  @Test
  void noOctetsFromAServerMakeReadingFail() throws IOException {
    Message question =
        Message.newQuery(Record.newRecord(Name.fromString("b.example."), Type.TXT, DClass.IN));
    Message reply = answer(question, "\"v=spf1 -all\"", "\"a\" \"b\"");
    FakeNameServer.add(reply, "b.example.", "CNAME", "c.example.");
    String soa = "example. SOA ns.example. h.example. 1 3600 600 86400 60";
    FakeNameServer.add(reply, Section.AUTHORITY, 900, soa);
    reply.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
    byte[] whole = reply.toWire();
    Random random = new Random(7208);
    for (int i = 0; i < 20_000; i++) {
      byte[] hostile = Arrays.copyOf(whole, 12 + random.nextInt(whole.length - 11));
      for (int flips = random.nextInt(6); flips >= 0; flips--) {
        hostile[random.nextInt(hostile.length)] = (byte) random.nextInt(256);
      }
      assertThatCode(() -> read(question, hostile)).doesNotThrowAnyException();
    }
  }

  private static void read(Message question, byte[] octets) {
    if (NameServer.read(octets) instanceof NameServer.Heard.Reply(Message message)) {
      Stream.of(DnsType.values())
          .forEach(type -> Replies.read(message, question.getQuestion().getName(), type));
    }
  }

  private interface Change {
    void to(Message reply);
  }

  private static byte[] forged(Message question, Change change) {
    Message reply = answer(question, "203.0.113.66");
    change.to(reply);
    return reply.toWire();
  }

  private static void about(Message message, String name, int type) {
    message.removeAllRecords(Section.QUESTION);
    message.addRecord(
        Record.newRecord(Name.fromConstantString(name), type, DClass.IN), Section.QUESTION);
  }

  private static Message truncated(Message question) {
    return reply(
        question,
        it -> {
          it.getHeader().setFlag(Flags.TC);
          return it;
        });
  }

  /** As old servers say it: FORMERR and NOTIMP without the question, BADVERS by EDNS itself. */
  private static Message no(Message question, int rcode) {
    Message reply = rcode(question, rcode & 0xf);
    if (rcode == Rcode.BADVERS) {
      reply.addRecord(new OPTRecord(1232, 1, 0), Section.ADDITIONAL);
    } else {
      reply.removeAllRecords(Section.QUESTION);
    }
    return reply;
  }
}
