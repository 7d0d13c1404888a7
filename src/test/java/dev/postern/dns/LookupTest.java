package dev.postern.dns;

import static dev.postern.dns.FakeNameServer.add;
import static dev.postern.dns.FakeNameServer.answer;
import static dev.postern.dns.FakeNameServer.rcode;
import static dev.postern.dns.FakeNameServer.reply;
import static dev.postern.dns.ResolverOnLoopback.ask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Answer.Status;
import dev.postern.evidence.DnsType;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/** Which server is asked when, and whose word counts. */
class LookupTest {
  private final ResolverOnLoopback loopback = new ResolverOnLoopback();

  @AfterEach
  void close() throws IOException {
    loopback.close();
  }

  @Test
  void theNextServerIsAskedWhenOneCannotAnswerOrSaysNothing() throws IOException {
    FakeNameServer broken = loopback.server((question, tcp) -> rcode(question, Rcode.SERVFAIL));
    FakeNameServer silent = loopback.server((question, tcp) -> null);
    FakeNameServer good = loopback.server((question, tcp) -> answer(question, "192.0.2.1"));
    DnsJavaResolver dns = loopback.resolver(broken, silent, good);

    assertThat(ask(dns, "b.example", DnsType.A).data()).containsExactly("192.0.2.1");
    assertThat(broken.asked).hasSize(1);
    assertThat(silent.asked).hasSize(1);
  }

  @Test
  void aServerThatLosesTheFirstDatagramIsAskedAgain() throws IOException {
    AtomicBoolean lost = new AtomicBoolean();
    FakeNameServer lossy =
        loopback.server(
            (question, tcp) -> lost.getAndSet(true) ? answer(question, "192.0.2.1") : null);
    assertThat(ask(loopback.resolver(lossy), "b.example", DnsType.A).status())
        .isEqualTo(Status.NOERROR);
    assertThat(lossy.asked).hasSize(2);
  }

  @Test
  void aSilentServerIsAskedLastForAWhileAndThenTriedByOneQuestion() throws IOException {
    AtomicBoolean up = new AtomicBoolean();
    FakeNameServer first = silentUntil(up);
    FakeNameServer second = loopback.server((question, tcp) -> answer(question, "192.0.2.2"));
    DnsJavaResolver dns = loopback.resolver(first, second);

    ask(dns, "a.example", DnsType.A);
    ask(dns, "b.example", DnsType.A);
    ask(dns, "c.example", DnsType.A);
    assertThat(first.asked).containsExactly("a.example. udp");

    loopback.later(Duration.ofSeconds(31));
    ask(dns, "d.example", DnsType.A);
    ask(dns, "e.example", DnsType.A);
    assertThat(first.asked).containsExactly("a.example. udp", "d.example. udp");

    up.set(true);
    loopback.later(Duration.ofSeconds(31));
    assertThat(ask(dns, "f.example", DnsType.A).data()).containsExactly("192.0.2.1");
    assertThat(ask(dns, "g.example", DnsType.A).data()).containsExactly("192.0.2.1");
    assertThat(second.asked).hasSize(5);
  }

  @Test
  void whenAllAreSilentAllAreStillAsked() throws IOException {
    AtomicBoolean up = new AtomicBoolean();
    DnsJavaResolver dns = loopback.resolver(silentUntil(up));
    assertThat(ask(dns, "a.example", DnsType.A)).isEqualTo(Answer.failure("TIMEOUT"));
    up.set(true);
    assertThat(ask(dns, "b.example", DnsType.A).status()).isEqualTo(Status.NOERROR);
  }

  @Test
  void whatNobodyAnswersSaysHowItFailed() throws IOException {
    FakeNameServer failing = loopback.server((question, tcp) -> rcode(question, Rcode.SERVFAIL));
    FakeNameServer refusing = loopback.server((question, tcp) -> rcode(question, Rcode.REFUSED));
    FakeNameServer silent = loopback.server((question, tcp) -> null);
    FakeNameServer lame =
        loopback.server(
            (question, tcp) -> {
              Message referral = reply(question, it -> it);
              referral.getHeader().unsetFlag(Flags.RA);
              add(referral, Section.AUTHORITY, 300, "example. NS ns.example.");
              return referral;
            });
    InetSocketAddress nobody;
    try (FakeNameServer closed = FakeNameServer.of((question, tcp) -> null)) {
      nobody = closed.address();
    }
    assertThat(failure(loopback.resolver(failing))).isEqualTo("SERVFAIL");
    assertThat(failure(loopback.resolver(failing, refusing))).isEqualTo("REFUSED");
    assertThat(failure(loopback.resolver(failing, silent))).isEqualTo("SERVFAIL");
    assertThat(failure(loopback.resolver(silent))).isEqualTo("TIMEOUT");
    assertThat(failure(loopback.resolver(lame))).isEqualTo("LAME");
    assertThat(failure(loopback.resolver(List.of(nobody), Duration.ofSeconds(1), 1)))
        .isEqualTo("UNREACHABLE");
  }

  @Test
  void aliasesAreFollowedWithinAnAnswerAndRecordsOfOtherNamesIgnored() throws IOException {
    FakeNameServer server =
        loopback.server(
            (question, tcp) ->
                reply(
                    question,
                    reply -> {
                      add(reply, "evil.example.", "A", "203.0.113.66");
                      if (asks(question, "loop.example.")) {
                        add(reply, "loop.example.", "CNAME", "loop.example.");
                      } else {
                        add(reply, Section.ANSWER, 20, "alias.example. CNAME b.example.");
                        add(reply, "b.example.", "A", "192.0.2.1");
                      }
                      return reply;
                    }));
    DnsJavaResolver dns = loopback.resolver(server);
    Answer answer = ask(dns, "alias.example", DnsType.A);
    assertThat(answer.data()).containsExactly("192.0.2.1");
    assertThat(answer.ttl()).isEqualTo(20);
    assertThat(ask(dns, "other.example", DnsType.A).status()).isEqualTo(Status.NODATA);
    assertThat(ask(dns, "loop.example", DnsType.A)).isEqualTo(Answer.failure("ALIASES"));
    assertThat(server.asked).hasSize(3);
  }

  @Test
  void aliasesAreFollowedFromAnswerToAnswerUpToALimit() throws IOException {
    FakeNameServer server =
        loopback.server(
            (question, tcp) ->
                reply(
                    question,
                    reply -> {
                      String name = question.getQuestion().getName().toString();
                      int left = Integer.parseInt(name.replaceAll("\\D", ""));
                      if (left == 0) {
                        add(reply, name, "TXT", "end");
                      } else {
                        String next = "n" + (left - 1) + ".example.";
                        add(reply, Section.ANSWER, 100 + left, name + " CNAME " + next);
                      }
                      return reply;
                    }));
    DnsJavaResolver dns = loopback.resolver(server);
    Answer end = ask(dns, "n9.example", DnsType.TXT);
    assertThat(end.data()).containsExactly("end");
    assertThat(end.ttl()).isEqualTo(101);
    server.asked.clear();
    assertThat(ask(dns, "n500.example", DnsType.TXT)).isEqualTo(Answer.failure("ALIASES"));
    assertThat(server.asked).hasSize(Replies.MOST_ALIASES + 1);
  }

  @Test
  void anAliasOfNothingIsNothingWithoutAnotherQuestion() throws IOException {
    FakeNameServer server =
        loopback.server(
            (question, tcp) -> {
              Message reply =
                  rcode(question, asks(question, "x.example.") ? Rcode.NXDOMAIN : Rcode.NOERROR);
              String name = question.getQuestion().getName().toString();
              add(reply, Section.ANSWER, 20, name + " CNAME end.example.");
              String soa = "example. SOA ns.example. h.example. 1 3600 600 86400 60";
              add(reply, Section.AUTHORITY, 900, soa);
              return reply;
            });
    DnsJavaResolver dns = loopback.resolver(server);
    assertThat(ask(dns, "x.example", DnsType.A).status()).isEqualTo(Status.NXDOMAIN);
    Answer nodata = ask(dns, "y.example", DnsType.A);
    assertThat(nodata.status()).isEqualTo(Status.NODATA);
    assertThat(nodata.ttl()).isEqualTo(20);
    assertThat(server.asked).containsExactly("x.example. udp", "y.example. udp");
    assertThat(ask(dns, "x.example", DnsType.CNAME).data()).containsExactly("end.example");
  }

  private FakeNameServer silentUntil(AtomicBoolean up) throws IOException {
    return loopback.server((question, tcp) -> up.get() ? answer(question, "192.0.2.1") : null);
  }

  private static boolean asks(Message question, String name) {
    return question.getQuestion().getName().toString().equals(name);
  }

  private static String failure(DnsJavaResolver dns) {
    Answer answer = ask(dns, "b.example", DnsType.A);
    assertThat(answer.status()).isEqualTo(Status.TEMPFAIL);
    return answer.rcode();
  }
}
