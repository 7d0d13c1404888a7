package dev.postern.evidence.dkim;

import dev.postern.evidence.MicroBenchmark;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;

/** Reading the tags of a DKIM-Signature as large as those of large senders, RSA of 2048 bits. */
public class TagListBenchmark extends MicroBenchmark {
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
