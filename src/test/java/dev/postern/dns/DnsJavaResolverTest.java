package dev.postern.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Answer.Status;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.DnsName;
import dev.postern.evidence.DnsType;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class DnsJavaResolverTest {
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable it : open.reversed()) {
      it.close();
    }
  }

  @Test
  void readsEveryTypeAsAnswersWriteIt() throws IOException {
    FakeNameServer server =
        server(
            (question, tcp) ->
                switch (Type.string(question.getQuestion().getType())) {
                  case "A" -> answer(question, "192.0.2.1", "192.0.2.2");
                  case "AAAA" -> answer(question, "2001:db8::1");
                  case "MX" -> answer(question, "10 MX.b.example.", "0 .");
                  case "PTR" -> answer(question, "Host.b.example.");
                  case "CNAME" -> answer(question, "c.example.");
                  default -> answer(question, "\"v=spf1 \" \"-all\\255\"");
                });
    DnsJavaResolver dns = resolver(server);

    assertThat(ask(dns, "b.example", DnsType.A).data()).containsExactly("192.0.2.1", "192.0.2.2");
    assertThat(ask(dns, "b.example", DnsType.AAAA).data()).containsExactly("2001:db8:0:0:0:0:0:1");
    assertThat(ask(dns, "b.example", DnsType.MX).data()).containsExactly("10 mx.b.example", "0 .");
    assertThat(ask(dns, "b.example", DnsType.PTR).data()).containsExactly("host.b.example");
    assertThat(ask(dns, "b.example", DnsType.CNAME).data()).containsExactly("c.example");
    Answer txt = ask(dns, "b.example", DnsType.TXT);
    assertThat(txt.data()).containsExactly("v=spf1 -all\u00ff");
    assertThat(txt.ttl()).isEqualTo(300);
    assertThat(txt.authenticated()).isTrue();
  }

  @Test
  void keepsAnswersAlsoThoseThatSayThereIsNone() throws IOException {
    FakeNameServer server =
        server(
            (question, tcp) ->
                question.getQuestion().getName().toString().startsWith("no")
                    ? rcode(question, Rcode.NXDOMAIN)
                    : answer(question, "192.0.2.1"));
    DnsJavaResolver dns = resolver(server);
    for (int i = 0; i < 3; i++) {
      assertThat(ask(dns, "b.example", DnsType.A).status()).isEqualTo(Status.NOERROR);
      assertThat(ask(dns, "no.example", DnsType.A).status()).isEqualTo(Status.NXDOMAIN);
      assertThat(ask(dns, "no.example", DnsType.MX).status()).isEqualTo(Status.NXDOMAIN);
    }
    assertThat(server.asked).hasSize(3);
  }

  @Test
  void asksTheSameQuestionOnceWhoeverWaits() throws Exception {
    CountDownLatch all = new CountDownLatch(50);
    FakeNameServer server =
        server(
            (question, tcp) -> {
              awaitAll(all);
              return answer(question, "192.0.2.1");
            });
    DnsJavaResolver dns = resolver(server);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        answers.add(
            threads.submit(
                () -> {
                  all.countDown();
                  return ask(dns, "b.example", DnsType.A);
                }));
      }
      for (Future<Answer> answer : answers) {
        assertThat(answer.get().status()).isEqualTo(Status.NOERROR);
      }
    }
    assertThat(server.asked).hasSize(1);
  }

  @Test
  void followsAliasesAndIgnoresRecordsOfOtherNames() throws IOException {
    FakeNameServer server =
        server(
            (question, tcp) ->
                FakeNameServer.reply(
                    question,
                    reply -> {
                      add(reply, "evil.example.", "A", "203.0.113.66");
                      if (question.getQuestion().getName().toString().startsWith("loop")) {
                        add(reply, "loop.example.", "CNAME", "loop.example.");
                      } else {
                        add(reply, "alias.example.", "CNAME", "b.example.");
                        add(reply, "b.example.", "A", "192.0.2.1");
                      }
                      return reply;
                    }));
    DnsJavaResolver dns = resolver(server);
    assertThat(ask(dns, "alias.example", DnsType.A).data()).containsExactly("192.0.2.1");
    assertThat(ask(dns, "other.example", DnsType.A).status()).isEqualTo(Status.NODATA);
    assertThat(ask(dns, "loop.example", DnsType.A).status()).isEqualTo(Status.TEMPFAIL);
  }

  @Test
  void anAnswerToAnotherQuestionIsNoAnswer() throws IOException {
    FakeNameServer server =
        server(
            (question, tcp) -> {
              Message reply = new Message(question.getHeader().getID());
              reply.getHeader().setFlag(Flags.QR);
              reply.addRecord(
                  Record.newRecord(Name.fromConstantString("evil.example."), Type.A, DClass.IN),
                  Section.QUESTION);
              add(reply, "b.example.", "A", "203.0.113.66");
              return reply;
            });
    assertThat(ask(resolver(server), "b.example", DnsType.A).status()).isEqualTo(Status.TEMPFAIL);
  }

  @Test
  void asksTheNextServerAndByTcpWhatDoesNotFit() throws IOException {
    FakeNameServer broken = server((question, tcp) -> rcode(question, Rcode.SERVFAIL));
    FakeNameServer silent = server((question, tcp) -> null);
    FakeNameServer good =
        server(
            (question, tcp) -> {
              Message reply = answer(question, "\"long\"");
              if (!tcp) {
                reply.getHeader().setFlag(Flags.TC);
              }
              return reply;
            });
    assertThat(ask(resolver(broken, silent, good), "b.example", DnsType.TXT).data())
        .containsExactly("long");
    assertThat(good.asked).containsExactly("b.example. udp", "b.example. tcp");
  }

  @Test
  void dnsThatNeverAnswersIsATemporaryFailureAtTheDeadline() throws IOException {
    DnsJavaResolver dns = resolver(server((question, tcp) -> null));
    Deadline by = Deadline.in(Duration.ofMillis(100));
    assertThat(dns.query(new DnsName("b.example"), DnsType.A, by).status())
        .isEqualTo(Status.TEMPFAIL);
    assertThat(by.passed()).isTrue();
    assertThat(ask(dns, "b.example", DnsType.A).status()).isEqualTo(Status.TEMPFAIL);
  }

  @Test
  void P16_questionsBeyondThePlacesWaitNoLongerThanTheirDeadline() throws Exception {
    FakeNameServer silent = server((question, tcp) -> null);
    DnsJavaResolver dns = new DnsJavaResolver(List.of(silent.address()), Duration.ofSeconds(2), 2);
    open.add(dns);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 100; i++) {
        String name = "n" + i + ".example";
        threads.execute(
            () -> {
              Deadline by = Deadline.in(Duration.ofMillis(100));
              assertThat(dns.query(new DnsName(name), DnsType.A, by).status())
                  .isEqualTo(Status.TEMPFAIL);
            });
      }
    }
    assertThat(silent.asked).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void namesThatDnsCannotCarryDoNotExist() throws IOException {
    FakeNameServer server = server((question, tcp) -> answer(question, "192.0.2.1"));
    DnsJavaResolver dns = resolver(server);
    for (String name :
        List.of(
            "", "a..example", ".example", "x".repeat(64) + ".example", "ab.".repeat(90) + "c")) {
      assertThat(ask(dns, name, DnsType.A).status()).as(name).isEqualTo(Status.NXDOMAIN);
    }
    assertThat(server.asked).isEmpty();
    assertThat(ask(dns, "foo:b/\u00ff z.example", DnsType.A).status()).isEqualTo(Status.NOERROR);
    assertThat(server.asked).containsExactly("foo:b/\\255\\032z.example. udp");
  }

  @Test
  void serversAreAddressesWithOrWithoutPort() {
    assertThat(DnsJavaResolver.server("192.0.2.53").getPort()).isEqualTo(53);
    assertThat(DnsJavaResolver.server("192.0.2.53:5353").getPort()).isEqualTo(5353);
    assertThat(DnsJavaResolver.server("2001:db8::53").getPort()).isEqualTo(53);
    assertThat(DnsJavaResolver.server("[2001:db8::53]:5353").getPort()).isEqualTo(5353);
    for (String wrong : List.of("dns.example", "192.0.2.53:99999", "", "1.2.3.4:x")) {
      assertThatThrownBy(() -> DnsJavaResolver.server(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("name server");
    }
  }

  private static void awaitAll(CountDownLatch all) {
    try {
      all.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private FakeNameServer server(FakeNameServer.Script script) throws IOException {
    FakeNameServer server = new FakeNameServer(script);
    open.add(server);
    return server;
  }

  private DnsJavaResolver resolver(FakeNameServer... servers) {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (FakeNameServer server : servers) {
      addresses.add(server.address());
    }
    DnsJavaResolver resolver = new DnsJavaResolver(addresses, Duration.ofMillis(300), 50);
    open.add(resolver);
    return resolver;
  }

  private static Answer ask(DnsJavaResolver dns, String name, DnsType type) {
    return dns.query(new DnsName(name), type, Deadline.in(Duration.ofSeconds(10)));
  }

  private static Message answer(Message question, String... data) {
    return FakeNameServer.reply(
        question,
        reply -> {
          reply.getHeader().setFlag(Flags.AD);
          Record asked = question.getQuestion();
          for (String text : data) {
            add(reply, asked.getName().toString(), Type.string(asked.getType()), text);
          }
          return reply;
        });
  }

  private static Message rcode(Message question, int rcode) {
    return FakeNameServer.reply(
        question,
        reply -> {
          reply.getHeader().setRcode(rcode);
          return reply;
        });
  }

  private static void add(Message reply, String owner, String type, String data) {
    try {
      Name name = Name.fromString(owner);
      Record record = Record.fromString(name, Type.value(type), DClass.IN, 300, data, Name.root);
      reply.addRecord(record, Section.ANSWER);
    } catch (IOException notARecord) {
      throw new IllegalArgumentException(notARecord);
    }
  }
}
