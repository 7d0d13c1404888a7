package dev.postern.dns;

import static dev.postern.dns.FakeNameServer.answer;
import static dev.postern.dns.FakeNameServer.rcode;
import static dev.postern.dns.ResolverOnLoopback.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Answer.Status;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.DnsName;
import dev.postern.evidence.DnsType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class DnsJavaResolverTest {
  private static final Duration FOR_EVER = Duration.ofMinutes(10);

  private final ResolverOnLoopback loopback = new ResolverOnLoopback();

  @AfterEach
  void close() throws IOException {
    loopback.close();
  }

  @Test
  void readsEveryTypeAsAnswersWriteIt() throws IOException {
    FakeNameServer server =
        loopback.server(
            (question, tcp) -> {
              Message reply =
                  switch (Type.string(question.getQuestion().getType())) {
                    case "A" -> answer(question, "192.0.2.1", "192.0.2.2");
                    case "AAAA" -> answer(question, "2001:db8::1");
                    case "MX" -> answer(question, "10 MX.b.example.", "0 .");
                    case "PTR" -> answer(question, "Host.b.example.");
                    case "CNAME" -> answer(question, "c.example.");
                    default -> answer(question, "\"v=spf1 \" \"-all\\255\"");
                  };
              reply.getHeader().setFlag(Flags.AD);
              return reply;
            });
    DnsJavaResolver dns = loopback.resolver(server);

    assertThat(ask(dns, "b.example", DnsType.A).data()).containsExactly("192.0.2.1", "192.0.2.2");
    assertThat(ask(dns, "b.example", DnsType.AAAA).data()).containsExactly("2001:db8:0:0:0:0:0:1");
    assertThat(ask(dns, "b.example", DnsType.MX).data()).containsExactly("10 mx.b.example", "0 .");
    assertThat(ask(dns, "b.example", DnsType.PTR).data()).containsExactly("host.b.example");
    assertThat(ask(dns, "b.example", DnsType.CNAME).data()).containsExactly("c.example");
    Answer txt = ask(dns, "b.example", DnsType.TXT);
    assertThat(txt.data()).containsExactly("v=spf1 -all\u00ff");
    assertThat(txt.ttl()).isEqualTo(300);
    assertThat(txt.authenticated()).isTrue();
    assertThat(txt.rcode()).isEqualTo("NOERROR");
  }

  @Test
  void anAnswerIsKeptForItsTtlAndIsThenTheSameObject() throws IOException {
    FakeNameServer server = loopback.server((question, tcp) -> answer(question, "192.0.2.1"));
    DnsJavaResolver dns = loopback.resolver(server);

    Answer fresh = ask(dns, "b.example", DnsType.A);
    loopback.later(Duration.ofSeconds(290));
    Answer known = ask(dns, "b.example", DnsType.A);
    assertThat(fresh.cached()).isFalse();
    assertThat(known).isEqualTo(fresh.fromCache());
    assertThat(ask(dns, "B.example.", DnsType.A)).isSameAs(known);
    assertThat(server.asked).hasSize(1);

    loopback.later(Duration.ofSeconds(11));
    assertThat(ask(dns, "b.example", DnsType.A).cached()).isFalse();
    assertThat(server.asked).hasSize(2);
  }

  @Test
  void thatANameDoesNotExistIsKeptForAllItsTypesAndAsLongAsItsZoneSays() throws IOException {
    FakeNameServer server =
        loopback.server(
            (question, tcp) -> {
              Message reply = rcode(question, Rcode.NXDOMAIN);
              String soa = "example. SOA ns.example. h.example. 1 3600 600 86400 60";
              FakeNameServer.add(reply, Section.AUTHORITY, 900, soa);
              return reply;
            });
    DnsJavaResolver dns = loopback.resolver(server);

    assertThat(ask(dns, "no.example", DnsType.TXT).ttl()).isEqualTo(60);
    assertThat(ask(dns, "no.example", DnsType.MX).status()).isEqualTo(Status.NXDOMAIN);
    assertThat(ask(dns, "no.example", DnsType.TXT).cached()).isTrue();
    assertThat(server.asked).hasSize(1);

    loopback.later(Duration.ofSeconds(61));
    ask(dns, "no.example", DnsType.A);
    assertThat(server.asked).hasSize(2);
  }

  @Test
  void aFailureIsKeptForOneSecond() throws IOException {
    FakeNameServer server = loopback.server((question, tcp) -> rcode(question, Rcode.SERVFAIL));
    DnsJavaResolver dns = loopback.resolver(server);

    assertThat(ask(dns, "b.example", DnsType.A)).isEqualTo(Answer.failure("SERVFAIL"));
    assertThat(ask(dns, "b.example", DnsType.A).cached()).isTrue();
    assertThat(server.asked).hasSize(1);

    loopback.later(Duration.ofMillis(1001));
    ask(dns, "b.example", DnsType.A);
    assertThat(server.asked).hasSize(2);
  }

  @Test
  void anAnswerWithoutTtlServesOnlyThoseWhoWaitForIt() throws IOException {
    FakeNameServer server =
        loopback.server(
            (question, tcp) ->
                FakeNameServer.reply(
                    question,
                    reply -> {
                      FakeNameServer.add(reply, Section.ANSWER, 0, "b.example. A 192.0.2.1");
                      return reply;
                    }));
    DnsJavaResolver dns = loopback.resolver(server);
    ask(dns, "b.example", DnsType.A);
    assertThat(ask(dns, "b.example", DnsType.A).cached()).isFalse();
    assertThat(server.asked).hasSize(2);
  }

  @Test
  void asksTheSameQuestionOnceWhoeverWaits() throws Exception {
    CountDownLatch all = new CountDownLatch(50);
    FakeNameServer server =
        loopback.server(
            (question, tcp) -> {
              awaitAll(all);
              return answer(question, "192.0.2.1");
            });
    DnsJavaResolver dns = loopback.resolver(List.of(server.address()), FOR_EVER, 50);
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
  void dnsThatNeverAnswersIsATemporaryFailureAtTheDeadline() throws IOException {
    DnsJavaResolver dns = loopback.resolver(loopback.server((question, tcp) -> null));
    Deadline by = Deadline.in(Duration.ofMillis(100));
    assertThat(dns.query(new DnsName("b.example"), DnsType.A, by))
        .isEqualTo(Answer.failure("TIMEOUT"));
    assertThat(by.passed()).isTrue();
    assertThat(ask(dns, "b.example", DnsType.A).status()).isEqualTo(Status.TEMPFAIL);
  }

  @Test
  void anAnswerThatComesTooLateForItsAskerIsThereForTheNext() throws IOException {
    CountDownLatch gone = new CountDownLatch(1);
    FakeNameServer server =
        loopback.server(
            (question, tcp) -> {
              awaitAll(gone);
              return answer(question, "192.0.2.1");
            });
    DnsJavaResolver dns = loopback.resolver(List.of(server.address()), FOR_EVER, 50);
    DnsName name = new DnsName("b.example");
    assertThat(dns.query(name, DnsType.A, Deadline.in(Duration.ofMillis(50))).status())
        .isEqualTo(Status.TEMPFAIL);
    gone.countDown();
    assertThat(ask(dns, "b.example", DnsType.A).status()).isEqualTo(Status.NOERROR);
    assertThat(server.asked).hasSize(1);
  }

  @Test
  void P16_questionsBeyondThePlacesWaitNoLongerThanTheirDeadline() throws Exception {
    FakeNameServer silent = loopback.server((question, tcp) -> null);
    DnsJavaResolver dns = loopback.resolver(List.of(silent.address()), FOR_EVER, 2);
    List<Future<Answer>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 100; i++) {
        DnsName name = new DnsName("n" + i + ".example");
        answers.add(
            threads.submit(() -> dns.query(name, DnsType.A, Deadline.in(Duration.ofMillis(100)))));
      }
    }
    List<String> said = answers.stream().map(it -> it.resultNow().rcode()).distinct().toList();
    assertThat(said).contains("BUSY").isSubsetOf("BUSY", "TIMEOUT");
    assertThat(silent.asked).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void closingEndsWhatIsInFlightAndWhatIsAskedLater() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    FakeNameServer silent =
        loopback.server(
            (question, tcp) -> {
              reached.countDown();
              return null;
            });
    DnsJavaResolver dns = loopback.resolver(List.of(silent.address()), FOR_EVER, 2);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Answer> open =
          threads.submit(
              () -> dns.query(new DnsName("b.example"), DnsType.A, Deadline.in(FOR_EVER)));
      reached.await();
      assertTimeout(Duration.ofSeconds(2), dns::close);
      assertThat(open.get()).isEqualTo(Answer.failure("CLOSED"));
    }
    assertThat(ask(dns, "c.example", DnsType.A)).isEqualTo(Answer.failure("CLOSED"));
    assertThat(silent.asked).hasSize(1);
  }

  @Test
  void namesThatDnsCannotCarryDoNotExist() throws IOException {
    FakeNameServer server = loopback.server((question, tcp) -> answer(question, "192.0.2.1"));
    DnsJavaResolver dns = loopback.resolver(server);
    for (String name :
        List.of(
            "", "a..example", ".example", "x".repeat(64) + ".example", "ab.".repeat(90) + "c")) {
      assertThat(ask(dns, name, DnsType.A).status()).as(name).isEqualTo(Status.NXDOMAIN);
    }
    assertThat(server.asked).isEmpty();
    assertThat(ask(dns, "foo:b/\u00ff z.example", DnsType.A).status()).isEqualTo(Status.NOERROR);
    assertThat(server.asked).containsExactly("foo:b/\\255\\032z.example. udp");
  }

  /** RFC 4343 §3: only letters of ASCII have a case; the octets of others are never changed. */
  @Test
  void namesKeepTheOctetsOfOtherLetters() throws IOException {
    FakeNameServer server =
        loopback.server((question, tcp) -> answer(question, "\\195\\137.B.example."));
    DnsJavaResolver dns = loopback.resolver(server);

    Answer answer = ask(dns, "\u00c3\u0089.B.example", DnsType.PTR);

    assertThat(server.asked).containsExactly("\\195\\137.b.example. udp");
    assertThat(answer.data()).containsExactly("\u00c3\u0089.b.example");
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
}
