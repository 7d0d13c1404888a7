package dev.postern.evidence.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.DkimFinding;
import dev.postern.evidence.DkimResult;
import dev.postern.mail.HeaderFields;
import dev.postern.mail.RawMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Signs messages, changes them and asks why the signature fails; {@code ~} is a line end. */
final class ChangedMail {
  private static final long NOW = 1_795_000_000;

  private ChangedMail() {}

  static String reason(TestSigner signer, String message, String was, String is) {
    String signed = signed(signer, message);
    String then = was.replace("~", "\r\n");
    String now = is == null ? "" : is.replace("~", "\r\n");
    assertThat(signed).contains(then);
    return verify(signed.replace(then, now), signer).reason();
  }

  static String signed(TestSigner signer, String message) {
    byte[] octets = signer.sign(message.getBytes(StandardCharsets.ISO_8859_1));
    return new String(octets, StandardCharsets.ISO_8859_1);
  }

  static DkimFinding verify(String message, TestSigner signer) {
    return verify(message, signer.answer());
  }

  static DkimFinding verify(String message, Answer key) {
    List<DkimFinding> found = verifyAll(message, key);
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().result()).isIn(DkimResult.FAIL, DkimResult.PASS);
    return found.getFirst();
  }

  static List<DkimFinding> verifyAll(String text, Answer key) {
    byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
    RawMessage message = RawMessage.of(octets);
    SuiteDns dns = new SuiteDns(Map.of("s1._domainkey.supplier.example", key));
    Deadline by = Deadline.in(Duration.ofSeconds(25));
    return new DkimVerifier().verify(message, HeaderFields.of(message), dns, by, NOW);
  }
}
