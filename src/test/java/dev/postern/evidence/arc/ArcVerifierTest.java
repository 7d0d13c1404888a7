package dev.postern.evidence.arc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.evidence.Answer;
import dev.postern.evidence.ArcFinding;
import dev.postern.evidence.ArcHop;
import dev.postern.evidence.ArcResult;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.Dns;
import dev.postern.evidence.Home;
import dev.postern.evidence.dkim.TestSealer;
import dev.postern.mail.DomainName;
import dev.postern.mail.HeaderFields;
import dev.postern.mail.RawMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Own chains; the suite is in {@link ArcConformanceTest}. */
@Timeout(30)
class ArcVerifierTest {
  private static final String MESSAGE = "From: <anna@supplier.example>\r\n\r\nHello.\r\n";
  private static final TestSealer A = TestSealer.of("a.example");
  private static final TestSealer B = TestSealer.of("b.example");
  private static final TestSealer C = TestSealer.of("c.example");
  private static final Dns KEYS =
      (name, _, _) ->
          Stream.of(A, B, C)
              .filter(sealer -> sealer.keyName().equals(name.text()))
              .map(TestSealer::answer)
              .findFirst()
              .orElse(Answer.without(Answer.Status.NXDOMAIN, 60));
  private static final Home HOME =
      new Home(Set.of(), Set.of(new DomainName("b.example")), Set.of(), Set.of(), List.of());
  private static final AtomicInteger QUESTIONS = new AtomicInteger();
  private static final Dns NOTHING =
      (_, _, _) -> {
        QUESTIONS.incrementAndGet();
        return Answer.without(Answer.Status.NXDOMAIN, 60);
      };

  @Test
  void aMessageWithoutArcHasNoChain() {
    assertThat(verify(MESSAGE)).isEqualTo(ArcFinding.none());
  }

  @Test
  void aChainOfThreeHopsPassesAndNamesItsSealers() {
    ArcFinding found = verify(forwarded(MESSAGE), KEYS);

    assertThat(found.result()).isEqualTo(ArcResult.PASS);
    assertThat(found.reason()).isEmpty();
    assertThat(found.sealers()).containsExactly("a.example", "b.example", "c.example");
    assertThat(found.hops()).extracting(ArcHop::trusted).containsExactly(false, true, false);
    assertThat(found.trusted()).isFalse();
  }

  @Test
  void eachHopClaimsWhatItFoundAndNoMore() {
    String odd = forwarded(MESSAGE).replace("i=2; mx.example; spf", "i=2; mx.example; none; spf");

    assertThat(verify(forwarded(MESSAGE), KEYS).hops())
        .extracting(ArcHop::claims)
        .containsOnly("spf=pass dmarc=fail");
    assertThat(verify(odd, KEYS).hops())
        .extracting(ArcHop::claims)
        .containsExactly("spf=pass dmarc=fail", "", "spf=pass dmarc=fail");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Hello.              | Hallo.           | ARC-Message-Signature of hop 3: body changed after signing",
        "anna@               | ceo@             | ARC-Message-Signature of hop 3: a signed header field changed after signing, or the signature is not of this key",
        "Results: i=3; mx    | Results: i=3; my | ARC-Seal of hop 3: a sealed field changed",
        "Results: i=1; mx    | Results: i=1; my | ARC-Seal of hop 3: a sealed field changed",
        "s=arc; b=           | s=old; b=        | ARC-Seal of hop 3: no key at old._domainkey.c.example",
        "a=rsa-sha256; cv    | a=rsa-sha1; cv   | ARC-Seal of hop 3: weak algorithm rsa-sha1",
      })
  void aChangeAfterTheLastHopIsFound(String was, String is, String reason) {
    ArcFinding found = verify(forwarded(MESSAGE).replace(was, is), KEYS);

    assertThat(found.result()).isEqualTo(ArcResult.FAIL);
    assertThat(found.reason()).isEqualTo(reason);
    assertThat(found.sealers()).hasSize(3);
  }

  @Test
  void aLastHopMayHaveChangedTheBodyBeforeItSealed() {
    String listed = seal(seal(MESSAGE, A).replace("Hello.", "Hello. [footer]"), B);

    assertThat(verify(listed, KEYS).result()).isEqualTo(ArcResult.PASS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "i=1; cv=none  | i=1 | i=2;x     | an ARC set is not complete",
        "i=1; cv=none  | i=1 | x; i=1    | ARC-Authentication-Results without a proper instance",
        "i=51; cv=none | i=1 | i=1;x     | ARC-Seal without a proper instance",
        "i=1; cv=pass  | i=1 | i=1;x     | hop 1 states no proper cv=",
        "i=1; cv=fail  | i=1 | i=1;x     | hop 1 saw the chain fail",
      })
  void aChainOutOfOrderSaysWhy(String seal, String signature, String results, String reason) {
    ArcFinding found =
        verify(
            field("Seal", seal)
                + field("Message-Signature", signature)
                + field("Authentication-Results", results)
                + MESSAGE);

    assertThat(found.result()).isEqualTo(ArcResult.FAIL);
    assertThat(found.reason()).isEqualTo(reason);
  }

  @Test
  void aForgedChainOfFiftyHopsCostsTwoQuestions() {
    StringBuilder chain = new StringBuilder();
    for (int i = 1; i <= 50; i++) {
      String tags = "i=" + i + "; a=rsa-sha256; d=d" + i + ".example; s=s; b=AAAA; ";
      chain.append(field("Seal", tags + "cv=" + (i == 1 ? "none" : "pass")));
      chain.append(field("Message-Signature", tags + "h=from; bh=" + "A".repeat(43) + "="));
      chain.append(field("Authentication-Results", "i=" + i + "; mx"));
    }
    QUESTIONS.set(0);

    ArcFinding found = verify(chain + MESSAGE);

    assertThat(found.reason())
        .isEqualTo("ARC-Message-Signature of hop 50: no key at s._domainkey.d50.example");
    assertThat(found.sealers()).hasSize(50).startsWith("d1.example");
    assertThat(QUESTIONS).hasValueLessThanOrEqualTo(2);
  }

  @Test
  void aChainWhoseKeysDnsDoesNotGiveIsUndecided() {
    Dns silent = (_, _, _) -> Answer.failure("SERVFAIL");

    ArcFinding found = verify(forwarded(MESSAGE), silent);

    assertThat(found.result()).isEqualTo(ArcResult.FAIL);
    assertThat(found.undecided()).isTrue();
    assertThat(verify(forwarded(MESSAGE)).undecided()).isFalse();
  }

  @Test
  void aHundredThousandArcFieldsAreRefused() {
    assertThat(verify(field("Seal", "i=1").repeat(99_000) + MESSAGE).reason())
        .isEqualTo("more than 50 ARC sets");
  }

  @Test
  void noiseNeverThrows() {
    Random random = new Random(8617);
    String chain =
        field("Seal", "i=1; a=rsa-sha256; cv=none; d=a.example; s=s; b=AAAA")
            + field("Message-Signature", "i=1; a=rsa-sha256; d=a.example; s=s; h=from; b=AA; bh=A")
            + field("Authentication-Results", "i=1; mx; spf=pass");
    byte[] good = (chain + MESSAGE).getBytes(StandardCharsets.ISO_8859_1);
    for (int round = 0; round < 3_000; round++) {
      byte[] noise = good.clone();
      for (int i = random.nextInt(5); i >= 0; i--) {
        noise[random.nextInt(noise.length)] = (byte) random.nextInt(256);
      }
      assertThat(verify(new String(noise, StandardCharsets.ISO_8859_1)).result())
          .isNotEqualTo(ArcResult.PASS);
    }
  }

  private static String field(String name, String value) {
    return "ARC-" + name + ": " + value + "\r\n";
  }

  private static String forwarded(String message) {
    return seal(seal(seal(message, A), B), C);
  }

  private static String seal(String message, TestSealer hop) {
    byte[] sealed = hop.seal(message.getBytes(StandardCharsets.ISO_8859_1));
    return new String(sealed, StandardCharsets.ISO_8859_1);
  }

  private static ArcFinding verify(String text) {
    return verify(text, NOTHING);
  }

  private static ArcFinding verify(String text, Dns dns) {
    RawMessage message = RawMessage.of(text.getBytes(StandardCharsets.ISO_8859_1));
    Deadline by = Deadline.in(Duration.ofSeconds(20));
    return new ArcVerifier(HOME).verify(message, HeaderFields.of(message), dns, by, 1_795_000_000);
  }
}
