package dev.postern.evidence.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.postern.evidence.DkimResult;
import dev.postern.evidence.DmarcResult;
import dev.postern.evidence.Dns;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.Examiner;
import dev.postern.evidence.Home;
import dev.postern.mail.DomainName;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.RawMessage;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the examination of an everyday message allocates, all threads together. */
@Timeout(60)
class AllocationTest {
  private static final int SIZE = 40_000;
  private static final int ROUNDS = 200;
  private static final TestSigner SIGNER =
      TestSigner.of("supplier.example", "s1", TestKeys.rsa("allocation", 2048));

  @Test
  void fortyKilobytesAllocateLessThanFiveTimesTheirSize() {
    RawMessage message = RawMessage.of(SIGNER.sign(everydayMessage()));
    Dns dns = new SuiteDns(Map.of(SIGNER.keyName(), SIGNER.answer()));
    Examiner examiner = new Examiner(dns, Duration.ofSeconds(20), Home.unknown());
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = 0;
    for (int warm = 0; warm < 2; warm++) {
      long before = threads.getTotalThreadAllocatedBytes();
      for (int i = 0; i < ROUNDS; i++) {
        Evidence evidence = examiner.examine(envelope(), message, Instant.ofEpochSecond(2_000));
        assertThat(evidence.dkim().getFirst().result()).isEqualTo(DkimResult.PASS);
        assertThat(evidence.dmarc().result()).isEqualTo(DmarcResult.NONE);
      }
      allocated = (threads.getTotalThreadAllocatedBytes() - before) / ROUNDS;
    }
    System.out.println("allocation evidence " + message.size() + " octets: " + allocated);
    assertThat(allocated).isLessThan(5 * SIZE);
  }

  private static byte[] everydayMessage() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      text.append("Received: from a.example by b.example; Mon, 1 Jan 2026 10:00:00 +0000\r\n");
    }
    text.append("From: Anna <anna@supplier.example>\r\nTo: <info@firm.example>\r\n");
    text.append("Subject: Order 4711\r\nDate: Mon, 1 Jan 2026 10:00:00 +0000\r\n");
    text.append("Message-ID: <1@supplier.example>\r\nMIME-Version: 1.0\r\n\r\n");
    while (text.length() < SIZE) {
      text.append("Dear all, this is a line  of a message as people write them.\r\n");
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static Envelope envelope() {
    EmailAddress recipient = new EmailAddress("info", new DomainName("firm.example"));
    Optional<EmailAddress> sender = EmailAddress.parse("anna@supplier.example");
    InetAddress ip = InetAddress.ofLiteral("192.0.2.7");
    return new Envelope(sender, List.of(recipient), ip, "mx.supplier.example");
  }
}
