package dev.postern.evidence.dkim;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading the tags of a DKIM-Signature as large as those of large senders, RSA of 2048 bits. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class TagListBenchmark {
  final byte[] field =
      ("""
        v=1; a=rsa-sha256; c=relaxed/relaxed;
        \td=news.shop.example; s=2025q3; i=@news.shop.example; t=1758000000; x=1758604800;
        \th=From:To:Cc:Subject:Date:Message-ID:Reply-To:MIME-Version:Content-Type:
        \t List-Unsubscribe:List-Unsubscribe-Post:Feedback-ID:From:To:Subject;
        \tbh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=;
        \tb="""
              + "dGhpcyBpcyBub3QgYSBzaWduYXR1cmUsIGJ1dCBhcyBsb25n\n\t ".repeat(7)
              + "YXMgb25l\n")
          .replace("\n", "\r\n")
          .getBytes(StandardCharsets.US_ASCII);

  @Benchmark
  public TagList read() {
    return TagList.read(field, 0, field.length);
  }
}
