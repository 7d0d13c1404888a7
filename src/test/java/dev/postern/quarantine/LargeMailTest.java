package dev.postern.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a large message costs while it is read: itself, twice at most. */
class LargeMailTest {
  private static final int MIB = 1 << 20;
  private static final int MAIL = 50 * MIB;

  /** A text of it alone would have 67 MiB. */
  private static final String HEAP = "-Xmx160m";

  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write("{\"name\":\"x\",\"rawMessage\":\"".getBytes(StandardCharsets.US_ASCII));
            // Three octets are four letters, so pieces of them can be put together.
            byte[] piece = Base64.getUrlEncoder().encode(new byte[3 * MIB]);
            for (int i = 0; i < 3 * MAIL / (9 * MIB); i++) {
              out.write(piece);
            }
            out.write(Base64.getUrlEncoder().encode(new byte[MAIL % (3 * MIB)]));
            out.write("\",\"state\":\"PENDING_TRIAGE\"}".getBytes(StandardCharsets.US_ASCII));
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String read(int largest) throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-cp",
                System.getProperty("java.class.path"),
                LargeMailReader.class.getName(),
                "http://127.0.0.1:" + server.getAddress().getPort(),
                String.valueOf(largest))
            .redirectErrorStream(true)
            .start();
    try {
      String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return said.strip();
    } finally {
      child.destroyForcibly();
    }
  }

  @Test
  void P16_aMailOfFiftyMebibytesIsReadInAHeapThatItsTextWouldNotFit()
      throws IOException, InterruptedException, GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(new byte[MAIL]);

    assertThat(read(MAIL)).isEqualTo(HexFormat.of().formatHex(digest.digest()));
    assertThat(read(MAIL - 1)).isEqualTo("too large");
  }
}
