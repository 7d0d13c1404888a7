package dev.postern.quarantine.amavis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Mandate;
import dev.postern.quarantine.amavis.AmPdp.Answer;
import dev.postern.quarantine.amavis.AmPdp.Attribute;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The protocol, against a server that says what it is told to say. */
class AmPdpTest {
  private static final List<Attribute> REQUEST =
      List.of(new Attribute("request", "release"), new Attribute("recipient", "<a%b=\u00e4@x>"));

  @TempDir Path folder;

  private final List<String> heard = new CopyOnWriteArrayList<>();

  /** Answers one connection with this, and hangs up, unless it is to hang. */
  private ServerSocketChannel server(ServerSocketChannel listening, String answer, boolean hangs) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                SocketChannel client = listening.accept();
                BufferedReader lines =
                    new BufferedReader(
                        new InputStreamReader(Channels.newInputStream(client), US_ASCII));
                for (String line = lines.readLine();
                    line != null && !line.isEmpty();
                    line = lines.readLine()) {
                  heard.add(line);
                }
                client.write(ByteBuffer.wrap(answer.getBytes(US_ASCII)));
                if (!hangs) {
                  client.close();
                }
              } catch (IOException gone) {
                // the client left
              }
            });
    return listening;
  }

  private Answer ask(String answer, boolean hangs) throws IOException {
    try (ServerSocketChannel listening =
        server(
            ServerSocketChannel.open()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
            answer,
            hangs)) {
      int port = ((InetSocketAddress) listening.getLocalAddress()).getPort();
      return new AmPdp("127.0.0.1:" + port, Duration.ofSeconds(hangs ? 1 : 20))
          .ask(REQUEST, new Mandate(1, () -> true));
    }
  }

  @Test
  void repliesAreReadInTheirOrder() throws IOException {
    assertThat(
            ask(
                "setreply=250 2.0.0 from%20MTA:%20ok%0d%0aX\r\nother=1\r\nsetreply=451 4.3.0"
                    + " 100%25%zz%\r\n\r\n",
                false))
        .isEqualTo(
            new Answer.Said(List.of("250 2.0.0 from MTA: ok  X", "451 4.3.0 100%%zz%"), false));
    assertThat(heard).containsExactly("request=release", "recipient=<a%25b%3D%C3%A4@x>");
  }

  @Test
  void aFailureOfTheWholeIsTold() throws IOException {
    assertThat(ask("setreply=450 4.5.0 Failure:%20x\nreturn_value=tempfail\n\n", false))
        .isEqualTo(new Answer.Said(List.of("450 4.5.0 Failure: x"), true));
  }

  @Test
  void P7_whatIsLostBehindTheRequestIsUnsure() throws IOException {
    for (String answer : List.of("", "setreply=250 ok", "setreply=250 ok\r\n")) {
      assertThat(ask(answer, false)).isInstanceOf(Answer.Unsure.class);
      assertThat(ask(answer, true)).isInstanceOf(Answer.Unsure.class);
    }
    assertThat(ask("x".repeat(300_000), false)).isInstanceOf(Answer.Unsure.class);
    assertThat(ask("setreply=250 ok\r\n".repeat(30_000), false)).isInstanceOf(Answer.Unsure.class);
  }

  @Test
  void aSocketOfAFileIsSpokenToAsWell() throws IOException {
    Path path = folder.resolve("sock");
    try (ServerSocketChannel listening =
        server(
            ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(path)),
            "setreply=250 ok\r\n\r\n",
            false)) {
      assertThat(listening.isOpen()).isTrue();
      assertThat(
              new AmPdp(path.toString(), Duration.ofSeconds(20))
                  .ask(REQUEST, new Mandate(1, () -> true)))
          .isEqualTo(new Answer.Said(List.of("250 ok"), false));
    }
  }

  @Test
  void whomNobodyReachesIsNotAsked() {
    assertThat(
            new AmPdp(folder.resolve("none").toString(), Duration.ofSeconds(5))
                .ask(REQUEST, new Mandate(1, () -> true)))
        .isInstanceOf(Answer.NotAsked.class);
  }
}
