package dev.postern.evidence.dkim;

import dev.postern.evidence.Answer;
import dev.postern.mail.HeaderField;
import dev.postern.mail.HeaderFields;
import dev.postern.mail.RawMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;

/** A hop that adds ARC sets, for tests. */
public final class TestSealer {
  private static final String AUTHENTICATION_RESULTS = "ARC-Authentication-Results";
  private static final String MESSAGE_SIGNATURE = "ARC-Message-Signature";
  private static final String SEAL = "ARC-Seal";

  private final TestSigner signer;

  private TestSealer(TestSigner signer) {
    this.signer = signer;
  }

  /** A hop of that domain, with a key of its own. */
  public static TestSealer of(String domain) {
    return new TestSealer(TestSigner.of(domain, "arc", TestKeys.rsa("sealer " + domain, 1024)));
  }

  public String keyName() {
    return signer.keyName();
  }

  public Answer answer() {
    return signer.answer();
  }

  /** The message with one more ARC set on top: RFC 8617 §5.1. */
  public byte[] seal(byte[] message) {
    int hop = HeaderFields.of(RawMessage.of(message)).named(SEAL).size() + 1;
    String claims = "; mx.example; spf=pass smtp.mailfrom=a.example; dmarc=fail\r\n";
    byte[] results = join(AUTHENTICATION_RESULTS + ": i=" + hop + claims, message);
    byte[] signed = sign(results, hop);
    String state = hop == 1 ? "none" : "pass";
    String head =
        SEAL + ": i=%d; a=rsa-sha256; cv=%s; d=%s; s=arc; b=".formatted(hop, state, domain());
    byte[] draft = join(head + "\r\n", signed);
    return join(head + value(canonicalSeal(draft, hop)) + "\r\n", signed);
  }

  private byte[] sign(byte[] message, int hop) {
    int bodyOffset = HeaderFields.of(RawMessage.of(message)).bodyOffset();
    BodyHashes.Signed body = new BodyHashes.Signed(Canonicalization.RELAXED, PrefixDigest.WHOLE);
    byte[] hash =
        BodyHashes.of(message, bodyOffset, List.of(body), Sha256::fresh).of(body).orElseThrow();
    String head =
        MESSAGE_SIGNATURE
            + ": i=%d; a=rsa-sha256; c=relaxed/relaxed; d=%s; s=arc; h=from:subject; bh=%s; b="
                .formatted(hop, domain(), Base64.getEncoder().encodeToString(hash));
    byte[] draft = join(head + "\r\n", message);
    HeaderFields headers = HeaderFields.of(RawMessage.of(draft));
    DkimSignature read = DkimSignature.readArc(draft, headers.all().getFirst());
    return join(head + value(new SignedHeader(read, draft, headers)::put) + "\r\n", message);
  }

  private static Consumer<Octets> canonicalSeal(byte[] draft, int hop) {
    HeaderFields headers = HeaderFields.of(RawMessage.of(draft));
    List<HeaderField> sealed = new ArrayList<>();
    for (int i = 1; i <= hop; i++) { // each hop stands above the one before
      sealed.add(fromBelow(headers, AUTHENTICATION_RESULTS, i));
      sealed.add(fromBelow(headers, MESSAGE_SIGNATURE, i));
      sealed.add(fromBelow(headers, SEAL, i));
    }
    DkimSignature own = DkimSignature.readArc(draft, sealed.removeLast());
    return out -> {
      HeaderCanonicalizer relaxed = new HeaderCanonicalizer(Canonicalization.RELAXED, draft, out);
      sealed.forEach(relaxed::put);
      relaxed.putWithout(own.tags().window("b"), own.field());
    };
  }

  private static HeaderField fromBelow(HeaderFields headers, String name, int i) {
    return headers.named(name).reversed().get(i - 1);
  }

  private String value(Consumer<Octets> text) {
    return Base64.getEncoder().encodeToString(signer.value(text));
  }

  private String domain() {
    return signer.domain();
  }

  private static byte[] join(String head, byte[] tail) {
    byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
    byte[] both = Arrays.copyOf(start, start.length + tail.length);
    System.arraycopy(tail, 0, both, start.length, tail.length);
    return both;
  }
}
