package dev.postern.evidence.dkim;

import dev.postern.evidence.Answer;
import dev.postern.mail.HeaderField;
import dev.postern.mail.HeaderFields;
import dev.postern.mail.RawMessage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;

/**
 * Signs messages for tests and samples.
 *
 * @param domain d=
 * @param selector s=
 * @param keys an RSA or Ed25519 pair
 * @param canonicalization c=
 * @param fields h=
 * @param more further tags, each ending in a semicolon and a space; often empty
 */
public record TestSigner(
    String domain,
    String selector,
    KeyPair keys,
    String canonicalization,
    String fields,
    String more) {

  static final String USUAL_FIELDS = "from:to:subject:date:message-id:mime-version:content-type";

  public static TestSigner of(String domain, String selector, KeyPair keys) {
    return new TestSigner(domain, selector, keys, "relaxed/relaxed", USUAL_FIELDS, "");
  }

  public TestSigner canonicalization(String other) {
    return new TestSigner(domain, selector, keys, other, fields, more);
  }

  TestSigner fields(String other) {
    return new TestSigner(domain, selector, keys, canonicalization, other, more);
  }

  TestSigner more(String other) {
    return new TestSigner(domain, selector, keys, canonicalization, fields, other);
  }

  /** The message with a DKIM-Signature field on top. */
  public byte[] sign(byte[] message) {
    String head =
        "DKIM-Signature: v=1; a=%s; c=%s; d=%s;\r\n\ts=%s; %sh=%s;\r\n\tbh="
            .formatted(algorithm(), canonicalization, domain, selector, more, fields);
    DkimSignature draft = read(join(head + ";\r\n\tb=\r\n", message));
    BodyHashes.Signed body = draft.body().orElseThrow();
    int bodyOffset = HeaderFields.of(RawMessage.of(message)).bodyOffset();
    byte[] hash =
        BodyHashes.of(message, bodyOffset, List.of(body), Sha256::fresh).of(body).orElseThrow();
    String field = head + Base64.getEncoder().encodeToString(hash) + ";\r\n\tb=";
    byte[] value = value(join(field + "\r\n", message));
    return join(field + folded(Base64.getEncoder().encodeToString(value)) + "\r\n", message);
  }

  /** The key record, as one text. */
  String record() {
    byte[] spki = keys.getPublic().getEncoded();
    byte[] p = rsa() ? spki : Arrays.copyOfRange(spki, spki.length - 32, spki.length);
    String type = rsa() ? "rsa" : "ed25519";
    return "v=DKIM1; k=" + type + "; p=" + Base64.getEncoder().encodeToString(p);
  }

  public String keyName() {
    return selector + "._domainkey." + domain;
  }

  public Answer answer() {
    return Answer.of(List.of(record()), 300, false);
  }

  private byte[] value(byte[] withoutB) {
    HeaderFields headers = HeaderFields.of(RawMessage.of(withoutB));
    return value(new SignedHeader(read(withoutB), withoutB, headers)::put);
  }

  /** The signature of what {@code text} puts. */
  byte[] value(Consumer<Octets> text) {
    ByteArrayOutputStream canonical = new ByteArrayOutputStream();
    text.accept((octets, from, to) -> canonical.write(octets, from, to - from));
    try {
      Signature signature = Signature.getInstance(rsa() ? "SHA256withRSA" : "Ed25519");
      signature.initSign(keys.getPrivate());
      byte[] signed = canonical.toByteArray();
      signature.update(rsa() ? signed : Sha256.fresh().digest(signed));
      return signature.sign();
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static DkimSignature read(byte[] message) {
    HeaderField top = HeaderFields.of(RawMessage.of(message)).all().getFirst();
    return DkimSignature.read(message, top);
  }

  private String algorithm() {
    return rsa() ? "rsa-sha256" : "ed25519-sha256";
  }

  private boolean rsa() {
    return keys.getPublic().getAlgorithm().equals("RSA");
  }

  private static String folded(String base64) {
    return base64.replaceAll("(.{72})(?=.)", "$1\r\n\t ");
  }

  private static byte[] join(String head, byte[] tail) {
    byte[] start = head.getBytes(StandardCharsets.UTF_8);
    byte[] both = Arrays.copyOf(start, start.length + tail.length);
    System.arraycopy(tail, 0, both, start.length, tail.length);
    return both;
  }
}
