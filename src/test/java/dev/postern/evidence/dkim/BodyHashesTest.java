package dev.postern.evidence.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BodyHashesTest {

  @Test
  void tenSignaturesWithTenLengthsHashTheBodyOncePerCanonicalization() {
    byte[] body = octets("x".repeat(1000) + "\r\n");
    List<BodyHashes.Signed> wanted =
        LongStream.range(0, 10)
            .mapToObj(
                l ->
                    new BodyHashes.Signed(
                        l % 2 == 0 ? Canonicalization.SIMPLE : Canonicalization.RELAXED, l * 100))
            .toList();
    AtomicLong hashed = new AtomicLong();

    BodyHashes hashes = BodyHashes.of(body, 0, wanted, () -> new Counting(hashed));

    assertThat(hashed).hasValue(2L * body.length);
    assertThat(hashes.of(wanted.get(3))).hasValue(Sha256.fresh().digest(octets("x".repeat(300))));
  }

  /** SHA-256 that counts what it is given. */
  private static final class Counting extends MessageDigest implements Cloneable {
    private final AtomicLong count;
    private MessageDigest sha256 = Sha256.fresh();

    Counting(AtomicLong count) {
      super("SHA-256");
      this.count = count;
    }

    @Override
    protected void engineUpdate(byte input) {
      count.incrementAndGet();
      sha256.update(input);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
      count.addAndGet(length);
      sha256.update(input, offset, length);
    }

    @Override
    protected byte[] engineDigest() {
      return sha256.digest();
    }

    @Override
    protected void engineReset() {
      sha256.reset();
    }

    @Override
    public Object clone() throws CloneNotSupportedException {
      Counting copy = (Counting) super.clone();
      copy.sha256 = Sha256.copyOf(sha256);
      return copy;
    }
  }

  @Test
  void aLengthBeyondTheBodyHasNoHash() {
    BodyHashes.Signed tooLong = new BodyHashes.Signed(Canonicalization.SIMPLE, 7);

    BodyHashes hashes = BodyHashes.of(octets("four"), 0, List.of(tooLong), Sha256::fresh);

    assertThat(hashes.of(tooLong)).isEmpty();
    assertThat(hashes.beyond(tooLong)).isEqualTo(-1);
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
