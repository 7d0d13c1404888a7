package dev.postern.evidence.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.postern.evidence.Answer;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.DkimFinding;
import dev.postern.evidence.DkimResult;
import dev.postern.evidence.Dns;
import dev.postern.mail.HeaderFields;
import dev.postern.mail.RawMessage;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages and answers made to hurt: never a throw, never a hang, never memory without bound. */
@Timeout(30)
class HostileDkimTest {
  private static final long NOW = 1_795_000_000;
  private static final byte[] SPECIALS = octets("\r\n;=: \tvb\0\u00ff");
  private static final TestSigner SIGNER =
      TestSigner.of("supplier.example", "s1", TestKeys.rsa("hostile dkim test", 1024));
  private static final String MESSAGE =
      "From: <anna@supplier.example>\r\nSubject: Order  4711\r\n\r\nDear  all,\r\n\r\nyes.\r\n";

  @Test
  void aMillionOctetsOfTagsAreRefused() {
    StringBuilder field = new StringBuilder("DKIM-Signature: v=1");
    while (field.length() < 1_000_000) {
      field.append("; t").append(field.length()).append("=x");
    }
    assertThat(only(field + "\r\n" + MESSAGE).reason()).startsWith("malformed signature");
  }

  @Test
  void aMillionSignedFieldNamesAreRefused() {
    String names = "from" + ":x".repeat(500_000);
    String field = "DKIM-Signature: v=1; a=rsa-sha256; d=supplier.example; s=s1; h=" + names;

    assertThat(only(field + "; bh=AAAA; b=AAAA\r\n" + MESSAGE).reason())
        .isEqualTo("signature lists too many header fields");
  }

  @Test
  void hugeValuesAreRefused() {
    for (String tag : List.of("v", "a", "b", "bh", "c", "d", "s", "i", "l", "q", "t", "x", "h")) {
      String signed = text(SIGNER.sign(octets(MESSAGE)));
      String huge = "DKIM-Signature: " + tag + "=" + "\u00e4".repeat(500_000) + "9;";
      DkimFinding found = only(signed.replaceFirst("DKIM-Signature:", huge));

      assertThat(found.result()).as(tag).isNotEqualTo(DkimResult.PASS);
    }
  }

  @Test
  void ofAThousandSignaturesTenAreVerifiedAndTheRestIsTold() {
    byte[] signed = SIGNER.sign(octets(MESSAGE));
    String field = text(signed).substring(0, signed.length - MESSAGE.length());
    SuiteDns dns = new SuiteDns(Map.of(SIGNER.keyName(), SIGNER.answer()));

    List<DkimFinding> found = verify(octets(field.repeat(1000) + MESSAGE), dns);

    assertThat(found).hasSize(11);
    assertThat(found.getLast().result()).isEqualTo(DkimResult.POLICY);
    assertThat(found.getLast().reason())
        .isEqualTo("signature-limit: 990 more signatures were not verified");
  }

  @Test
  void aHundredThousandHeaderFieldsAreVerified() {
    String many = "X: y\r\n".repeat(99_990) + MESSAGE;
    byte[] signed = SIGNER.fields("from" + ":x".repeat(400)).sign(octets(many));
    SuiteDns dns = new SuiteDns(Map.of(SIGNER.keyName(), SIGNER.answer()));

    assertThat(verify(signed, dns).getFirst().result()).isEqualTo(DkimResult.PASS);
  }

  @Test
  void moreHeaderFieldsThanAreListedAreNotTrusted() {
    byte[] signed = SIGNER.sign(octets("X: y\r\n".repeat(HeaderFields.MOST_FIELDS) + MESSAGE));

    assertThat(only(text(signed)).reason()).isEqualTo("header has too many fields to verify");
  }

  @Test
  void keysOfNoiseNeverThrow() {
    Random random = new Random(8301);
    byte[] signed = SIGNER.sign(octets(MESSAGE));
    byte[] good = octets(SIGNER.record());
    for (int round = 0; round < 3_000; round++) {
      byte[] record = good.clone();
      for (int i = random.nextInt(6); i >= 0; i--) {
        record[random.nextInt(record.length)] = (byte) random.nextInt(256);
      }
      Answer answer = Answer.of(List.of(text(record)), 1, false);
      assertThat(verify(signed, new SuiteDns(Map.of(SIGNER.keyName(), answer)))).hasSize(1);
    }
  }

  @Test
  void messagesOfNoiseNeverThrow() {
    Random random = new Random(6376);
    SuiteDns dns = new SuiteDns(Map.of(SIGNER.keyName(), SIGNER.answer()));
    byte[] good = SIGNER.more("i=@supplier.example; l=10; t=1; ").sign(octets(MESSAGE));
    for (int round = 0; round < 5_000; round++) {
      byte[] noise = good.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        noise[random.nextInt(noise.length)] = SPECIALS[random.nextInt(SPECIALS.length)];
      }
      byte[] cut = Arrays.copyOf(noise, random.nextInt(noise.length));
      assertThat(verify(noise, dns)).hasSizeLessThanOrEqualTo(2);
      assertThat(verify(cut, dns)).hasSizeLessThanOrEqualTo(2);
    }
  }

  @Test
  void aNameServerThatNeverAnswersIsLeftAtTheDeadline() {
    CountDownLatch never = new CountDownLatch(1);
    Dns silent =
        (_, _, by) -> {
          try {
            assertThat(never.await(by.left().toNanos(), TimeUnit.NANOSECONDS)).isFalse();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
          return Answer.without(Answer.Status.TEMPFAIL, 0);
        };
    RawMessage message = RawMessage.of(SIGNER.sign(octets(MESSAGE)));

    List<DkimFinding> found =
        new DkimVerifier()
            .verify(
                message, HeaderFields.of(message), silent, Deadline.in(Duration.ofMillis(20)), NOW);

    assertThat(found.getFirst().result()).isEqualTo(DkimResult.TEMPERROR);
  }

  @Test
  void fiftyMegabytesAreVerifiedWithoutACopy() {
    byte[] signed = SIGNER.sign(fiftyMegabytes());
    RawMessage message = RawMessage.of(signed);
    HeaderFields headers = HeaderFields.of(message);
    Dns dns = new SuiteDns(Map.of(SIGNER.keyName(), SIGNER.answer()));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Deadline by = Deadline.in(Duration.ofSeconds(25));
    DkimVerifier verifier = new DkimVerifier();

    long before = threads.getCurrentThreadAllocatedBytes();
    List<DkimFinding> found = verifier.verify(message, headers, dns, by, NOW);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(found.getFirst().result()).isEqualTo(DkimResult.PASS);
    assertThat(allocated).as("octets allocated").isLessThan(4_000_000);
  }

  private static byte[] fiftyMegabytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(51_000_000);
    out.writeBytes(octets("From: <anna@supplier.example>\r\nSubject: Large\r\n\r\n"));
    byte[] line = octets("What  is sent here is \tlong, and has white space of all kinds. \r\n");
    while (out.size() < 50_000_000) {
      out.writeBytes(line);
    }
    return out.toByteArray();
  }

  private static DkimFinding only(String message) {
    SuiteDns dns = new SuiteDns(Map.of(SIGNER.keyName(), SIGNER.answer()));
    List<DkimFinding> found = verify(octets(message), dns);
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private static List<DkimFinding> verify(byte[] octets, SuiteDns dns) {
    RawMessage message = RawMessage.of(octets);
    Deadline by = Deadline.in(Duration.ofSeconds(25));
    return new DkimVerifier().verify(message, HeaderFields.of(message), dns, by, NOW);
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String text(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1);
  }
}
