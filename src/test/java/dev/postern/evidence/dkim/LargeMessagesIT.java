package dev.postern.evidence.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Messages of fifty megabytes, evaluated by {@code postern evaluate} in a JVM that has twice their
 * size of heap and what an empty message needs as well.
 */
@Timeout(300)
class LargeMessagesIT {
  private static final int SIZE = 50_000_000;

  /**
   * Heap in mebibytes that an empty message needs and some room: with 14 it fails, with 15 not, and
   * with 20 it failed once on a busy machine, where the collector is late.
   */
  private static final int BASE = 24;

  private static final int HEAP = BASE + 2 * SIZE / (1 << 20);
  private static final TestSigner RSA =
      TestSigner.of("supplier.example", "s1", TestKeys.rsa("large messages", 1024)).fields("from");
  private static final TestSigner ED25519 =
      TestSigner.of("supplier.example", "s2", TestKeys.ed25519("large messages")).fields("from");
  private static final String FROM = "From: <anna@supplier.example>\r\n";

  @TempDir private Path folder;

  /** What fills the message. */
  enum Shape {
    EMPTY {
      @Override
      void write(Out out) throws IOException {
        out.text(FROM + "\r\n");
      }
    },
    ONE_LINE {
      @Override
      void write(Out out) throws IOException {
        out.text(FROM + "\r\n").fill("x", SIZE);
      }
    },
    SHORT_LINES {
      @Override
      void write(Out out) throws IOException {
        out.text(FROM + "\r\n").fill("x\r\n", SIZE);
      }
    },
    SAVED_WITH_LF {
      @Override
      void write(Out out) throws IOException {
        out.text(FROM.replace("\r", "") + "\n").fill("x\n", SIZE * 2 / 3);
      }
    },
    EIGHT_BIT {
      @Override
      void write(Out out) throws IOException {
        byte[] noise = new byte[10_000];
        new Random(8).nextBytes(noise);
        out.text(FROM + "Content-Transfer-Encoding: 8bit\r\n\r\n");
        out.fill(new String(noise, StandardCharsets.ISO_8859_1) + "\r\n", SIZE);
      }
    },
    ATTACHMENT {
      @Override
      void write(Out out) throws IOException {
        out.text(FROM + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n");
        out.text("Content-Type: application/pdf; name=a.pdf\r\n");
        out.text("Content-Transfer-Encoding: base64\r\n\r\n");
        String line = Base64.getEncoder().encodeToString(new byte[54]) + "\r\n";
        out.fill(line, SIZE).text("\r\n--b--\r\n");
      }
    },
    A_HUNDRED_THOUSAND_FIELDS {
      @Override
      void write(Out out) throws IOException {
        for (int i = 0; i < 100_000; i++) {
          out.text("X-" + i + ": " + "y".repeat(490) + "\r\n");
        }
        out.text(FROM + "\r\n");
      }
    },
    ONE_FIELD {
      @Override
      void write(Out out) throws IOException {
        out.text("From: <anna@supplier.example>")
            .fill(",\r\n <a@b.example>", SIZE)
            .text("\r\n\r\n");
      }
    },
    ONE_TAG_OF_A_SIGNATURE {
      @Override
      void write(Out out) throws IOException {
        String tags = "v=1; a=rsa-sha256; d=supplier.example; s=s1; b=AAAA; bh=AAAA; h=from; ";
        for (String tag : List.of("c", "i", "l", "z", "q")) {
          out.text("DKIM-Signature: " + tags.replace(" " + tag + "=", " x=") + tag + "=");
          out.fill("y", out.size + SIZE / 6).text("\r\n");
        }
        out.text("ARC-Seal: i=1; cv=").fill("y", SIZE).text("\r\n" + FROM + "\r\n");
      }
    },
    TWO_SIGNATURES {
      @Override
      void write(Out out) throws IOException {
        StringBuilder body = new StringBuilder(FROM + "\r\n");
        while (body.length() < SIZE) {
          body.append("What  is sent is \tlong, and has white space. \r\n");
        }
        byte[] message = body.toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] signed = RSA.canonicalization("simple/simple").sign(message);
        out.octets(ED25519.canonicalization("relaxed/relaxed").sign(signed));
      }
    };

    abstract void write(Out out) throws IOException;
  }

  /** A message on its way to a file. */
  static final class Out {
    private final OutputStream file;
    private int size;

    Out(OutputStream file) {
      this.file = file;
    }

    Out octets(byte[] octets) throws IOException {
      file.write(octets);
      size += octets.length;
      return this;
    }

    Out text(String text) throws IOException {
      return octets(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Repeats {@code piece} until the message is that large. */
    Out fill(String piece, int until) throws IOException {
      byte[] octets = piece.getBytes(StandardCharsets.ISO_8859_1);
      while (size < until) {
        octets(octets);
      }
      return this;
    }
  }

  @BeforeEach
  void writeZone() throws IOException {
    String zone =
        """
        supplier.example: {TXT: "v=spf1 ip4:192.0.2.7 -all"}
        _dmarc.supplier.example: {TXT: "v=DMARC1; p=reject"}
        %s: {TXT: "%s"}
        %s: {TXT: "%s"}
        """
            .formatted(RSA.keyName(), RSA.record(), ED25519.keyName(), ED25519.record());
    Files.writeString(folder.resolve("zone.yaml"), zone);
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void isEvaluatedInTwiceItsSizeOfHeap(Shape shape) throws IOException, InterruptedException {
    try (OutputStream file =
        new BufferedOutputStream(Files.newOutputStream(folder.resolve("message.eml")))) {
      shape.write(new Out(file));
    }
    int heap = shape == Shape.EMPTY ? BASE : HEAP;

    String report = evaluate(heap);

    assertThat(report).contains("DMARC").doesNotContain("OutOfMemory");
    if (shape == Shape.TWO_SIGNATURES) {
      assertThat(report.lines().filter(line -> line.matches("DKIM +pass.*"))).hasSize(2);
    }
  }

  private String evaluate(int mebibytes) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Xmx" + mebibytes + "m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.postern.app.Postern",
                "evaluate",
                "message.eml",
                "--ip=192.0.2.7",
                "--helo=mx.supplier.example",
                "--from=anna@supplier.example",
                "--zone=zone.yaml")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("report.txt").toFile())
            .start();
    assertThat(process.waitFor(280, TimeUnit.SECONDS)).as("it ended").isTrue();
    return Files.readString(folder.resolve("report.txt"));
  }
}
