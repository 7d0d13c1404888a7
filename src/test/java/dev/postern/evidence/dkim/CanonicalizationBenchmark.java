package dev.postern.evidence.dkim;

import dev.postern.evidence.MicroBenchmark;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;

/** What the two canonical forms of a body of 40 KB cost beyond its hash. */
public class CanonicalizationBenchmark extends MicroBenchmark {
  private static final int LENGTH = 40 * 1024;

  /** Half text with indents and spaces left at line ends, half base64. */
  final byte[] body = body();

  /** No verification takes less: SHA-256 over the octets as they are. */
  @Benchmark
  public byte[] hashOnly() {
    PrefixDigest digest = new PrefixDigest(Sha256.fresh(), List.of());
    digest.put(body, 0, body.length);
    return hash(digest);
  }

  @Benchmark
  public byte[] simple() {
    return canonical(Canonicalization.SIMPLE);
  }

  @Benchmark
  public byte[] relaxed() {
    return canonical(Canonicalization.RELAXED);
  }

  private byte[] canonical(Canonicalization how) {
    PrefixDigest digest = new PrefixDigest(Sha256.fresh(), List.of());
    BodyCanonicalizer.canonicalize(how, body, 0, digest);
    return hash(digest);
  }

  private static byte[] hash(PrefixDigest digest) {
    digest.finish();
    return digest.hash(PrefixDigest.WHOLE).orElseThrow();
  }

  private static byte[] body() {
    Random random = new Random(6376);
    StringBuilder text = new StringBuilder();
    for (int line = 0; text.length() < LENGTH / 2; line++) {
      text.append(" ".repeat(2 * (line % 4)));
      for (int words = 4 + random.nextInt(8); words > 0; words--) {
        text.append("invoice", 0, 2 + random.nextInt(6)).append(words > 1 ? " " : "");
      }
      text.append(line % 8 == 0 ? " \r\n" : "\r\n");
    }
    byte[] attached = new byte[LENGTH * 3 / 8];
    random.nextBytes(attached);
    text.append("\r\n").append(Base64.getMimeEncoder().encodeToString(attached));
    text.setLength(LENGTH - 2);
    return text.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
  }
}
