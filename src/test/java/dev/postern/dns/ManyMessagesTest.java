package dev.postern.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.evidence.DmarcResult;
import dev.postern.evidence.Dns;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.Examiner;
import dev.postern.evidence.Home;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.RawMessage;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class ManyMessagesTest {
  private static final int MESSAGES = 64;
  private static final Map<String, String> TXT =
      Map.of(
          "bank.example.", "\"v=spf1 include:_spf.bank.example -all\"",
          "_spf.bank.example.", "\"v=spf1 ip4:192.0.2.0/24 -all\"",
          "mx.bank.example.", "\"v=spf1 ip4:192.0.2.7 -all\"",
          "_dmarc.bank.example.", "\"v=DMARC1; p=reject\"");

  /** The server answers nothing before all messages have asked it something. */
  @Test
  void P16_sixtyFourMessagesInFlightFromOneDomainAskEachQuestionOnce() throws Exception {
    CountDownLatch all = new CountDownLatch(MESSAGES);
    try (ResolverOnLoopback loopback = new ResolverOnLoopback();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      FakeNameServer server = loopback.server((question, tcp) -> answer(question, all));
      Dns resolver =
          loopback.resolver(List.of(server.address()), Duration.ofMinutes(1), MESSAGES * 20);
      List<Future<Evidence>> found = new ArrayList<>();
      for (int i = 0; i < MESSAGES; i++) {
        found.add(threads.submit(() -> examine(resolver, all)));
      }
      for (Future<Evidence> evidence : found) {
        assertThat(evidence.get().dmarc().result()).isEqualTo(DmarcResult.PASS);
      }
      assertThat(server.asked).doesNotHaveDuplicates();
      assertThat(server.asked).contains("_dmarc.bank.example. udp", "_spf.bank.example. udp");
    }
  }

  private static Evidence examine(Dns resolver, CountDownLatch all) {
    AtomicBoolean arrived = new AtomicBoolean();
    Dns counted =
        (name, type, by) -> {
          if (!arrived.getAndSet(true)) {
            all.countDown();
          }
          return resolver.query(name, type, by);
        };
    byte[] octets = "From: a@bank.example\r\n\r\nhi\r\n".getBytes(StandardCharsets.US_ASCII);
    Envelope envelope =
        new Envelope(
            EmailAddress.parse("bounce@bank.example"),
            List.of(EmailAddress.parse("info@firm.example").orElseThrow()),
            InetAddress.ofLiteral("192.0.2.7"),
            "mx.bank.example");
    return new Examiner(counted, Duration.ofMinutes(1), Home.unknown())
        .examine(envelope, RawMessage.of(octets), Instant.ofEpochSecond(1_790_000_000L));
  }

  private static Message answer(Message question, CountDownLatch all) {
    try {
      all.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    String name = question.getQuestion().getName().toString();
    if (question.getQuestion().getType() == Type.TXT && TXT.containsKey(name)) {
      return FakeNameServer.answer(question, TXT.get(name));
    }
    Message none = FakeNameServer.rcode(question, Rcode.NXDOMAIN);
    String soa = "example. SOA ns.example. h.example. 1 3600 600 86400 60";
    FakeNameServer.add(none, Section.AUTHORITY, 900, soa);
    return none;
  }
}
