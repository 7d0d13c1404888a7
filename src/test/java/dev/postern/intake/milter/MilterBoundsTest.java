package dev.postern.intake.milter;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.fake.Pause;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is sent to the port: the milter stays, and what it takes is bounded. */
class MilterBoundsTest {
  private static final String FROM = "ben@partner.example";
  private static final Duration GRACE = Duration.ofSeconds(20);
  private static final String TO = "ap@corp.example";

  @SuppressWarnings("NullAway.Init")
  private Milters milter;

  @BeforeEach
  void start() {
    MilterSettings.Timing timing =
        new MilterSettings.Timing(
            Duration.ofMillis(800),
            Duration.ofMillis(300),
            Duration.ofSeconds(20),
            Duration.ofSeconds(5));
    MilterSettings.Limits limits = new MilterSettings.Limits(1 << 20, 100, 20);
    milter = Milters.judging(it -> Milters.bounded(it, limits, timing), _ -> Milters.pass());
  }

  @AfterEach
  void itStillTakesMail_andGaveBackAllMemory() throws IOException {
    try (AnMta mta = new AnMta(milter.port()).likePostfix()) {
      mta.envelope("4jYM1", FROM, TO).field("From", " x").body();
      assertThat(mta.end()).last().isEqualTo(new AnMta.Answer('c', ""));
      mta.send('Q');
      assertThat(mta.isClosedByPeer()).isTrue();
    }
    assertThat(milter.memory.taken()).isZero();
    milter.close();
  }

  static Stream<Named<byte[]>> garbage() {
    byte[] noise = new byte[4096];
    new Random(11).nextBytes(noise);
    byte[] offer = AnMta.packet('O', new byte[12]);
    return Stream.of(
        Named.of("HTTP", "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII)),
        Named.of("SMTP", "EHLO client.example\r\n".getBytes(US_ASCII)),
        Named.of("TLS", new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3}),
        Named.of("noise", noise),
        Named.of("zeros", new byte[64]),
        Named.of("a packet of 4 GiB", new byte[] {-1, -1, -1, -1, 'O', 0, 0}),
        Named.of("an offer of version 0", offer),
        Named.of("an offer that is too short", AnMta.packet('O', new byte[3])),
        Named.of("an offer that is too long", AnMta.packet('O', new byte[40])),
        Named.of("a message before the offer", AnMta.packet('E', new byte[0])));
  }

  @ParameterizedTest
  @MethodSource("garbage")
  void whatIsNoMilterProtocolIsClosed(byte[] octets) throws IOException {
    try (AnMta mta = new AnMta(milter.port())) {
      mta.write(octets);
      assertThat(mta.isClosedByPeer()).isTrue();
    }
  }

  static Stream<Named<byte[]>> breaches() {
    return Stream.of(
        Named.of("unknown command", AnMta.packet('z', new byte[0])),
        Named.of("a packet of 1 MiB and more", new byte[] {0, 0x10, 0, 1, 'B'}),
        Named.of("a second offer", AnMta.packet('O', new byte[12])),
        Named.of("RCPT before MAIL", AnMta.packet('R', AnMta.octets("<a@b.example>"))),
        Named.of("a body before MAIL", AnMta.packet('B', new byte[3])),
        Named.of("an end before MAIL", AnMta.packet('E', new byte[0])),
        Named.of("HELO without NUL", AnMta.packet('H', new byte[] {'x'})),
        Named.of("a connection without family", AnMta.packet('C', AnMta.octets("x"))),
        Named.of("an unknown family", AnMta.packet('C', new byte[] {'x', 0, 'Z'})),
        Named.of("a macro without value", AnMta.packet('D', new byte[] {'C', 'j', 0})),
        Named.of("macros of nothing", AnMta.packet('D', new byte[0])));
  }

  @ParameterizedTest
  @MethodSource("breaches")
  void whoBreaksTheProtocolLaterIsClosed(byte[] octets) throws IOException {
    try (AnMta mta = new AnMta(milter.port()).likePostfix()) {
      mta.write(octets);
      assertThat(mta.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void randomOctetsAfterTheOfferNeverHoldItUp() throws IOException {
    Random random = new Random(7);
    for (int round = 0; round < 30; round++) {
      try (AnMta mta = new AnMta(milter.port()).likePostfix()) {
        byte[] noise = new byte[random.nextInt(1, 2_000)];
        random.nextBytes(noise);
        noise[0] = (byte) random.nextInt(1, 256); // a length beyond any packet
        mta.write(noise);
        assertThat(mta.isClosedByPeer()).isTrue();
      }
    }
  }

  @Test
  void aPacketThatDripsIsCutOff() throws IOException {
    try (AnMta mta = new AnMta(milter.port()).likePostfix()) {
      mta.write(new byte[] {0, 0, 0, 9, 'H'});
      assertThat(mta.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void whoSaysNothingIsLetGo() throws IOException {
    try (AnMta silent = new AnMta(milter.port());
        AnMta idle = new AnMta(milter.port()).likePostfix()) {
      assertThat(silent.isClosedByPeer()).isTrue();
      assertThat(idle.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void P16_aMessagePastTheLimitIsTriedLaterAndNotKept() throws IOException {
    try (AnMta mta = new AnMta(milter.port()).likePostfix()) {
      mta.envelope("4jYM1", FROM, TO).field("From", " x").send('N');
      for (int i = 0; i < 17; i++) {
        mta.send('B', new byte[65_535]);
      }
      assertThat(mta.end().getFirst().data()).startsWith("451 4.7.1");
      assertThat(milter.seen).isEmpty();
    }
  }

  @Test
  void P16_asManyMessagesAreReadAsTheMemoryHolds() throws IOException {
    List<AnMta> mtas = new ArrayList<>();
    try {
      for (int i = 0; i < 12; i++) {
        AnMta mta = new AnMta(milter.port()).likePostfix();
        mtas.add(mta);
        mta.envelope("4jYM" + i, FROM, TO).send('N');
        for (int part = 0; part < 15; part++) {
          mta.send('B', new byte[65_535]);
        }
      }
      List<Character> told = new ArrayList<>();
      for (AnMta mta : mtas) {
        told.add(mta.end().getLast().command());
      }
      assertThat(told).contains('c', 'y');
    } finally {
      for (AnMta mta : mtas) {
        mta.close();
      }
    }
  }

  @Test
  void P16_macrosWithoutEndAreCutOff() throws IOException {
    try (AnMta mta = new AnMta(milter.port()).likePostfix()) {
      String long64k = "x".repeat(64 * 1024);
      for (int i = 0; i < 5; i++) {
        mta.macros('M', "{m" + i + "}", long64k).macros('R', "{r" + i + "}", long64k);
      }
      assertThat(mta.isClosedByPeer()).isTrue();
    } catch (IOException reset) {
      assertThat(reset).isNotNull(); // it was cut off while we wrote
    }
  }

  @Test
  void P16_moreRecipientsThanAreSetAreTriedLater() throws IOException {
    try (AnMta mta = new AnMta(milter.port()).likePostfix()) {
      mta.envelope("4jYM1", FROM, TO);
      for (int i = 0; i < 100; i++) {
        mta.send('R', "<r" + i + "@corp.example>");
      }
      assertThat(mta.field("From", " x").body().end().getFirst().data()).startsWith("451 4.7.1");
    }
  }

  @Test
  void P16_moreConnectionsThanAreSetAreClosed() throws IOException {
    List<Socket> sockets = new ArrayList<>();
    try (AnMta first = new AnMta(milter.port()).likePostfix()) {
      for (int i = 1; i < 20; i++) {
        sockets.add(new Socket(InetAddress.getLoopbackAddress(), milter.port()));
      }
      try (AnMta oneMore = new AnMta(milter.port())) {
        assertThat(oneMore.isClosedByPeer()).isTrue();
      }
      first.envelope("4jYM1", FROM, TO).field("From", " x").body();
      assertThat(first.end()).last().isEqualTo(new AnMta.Answer('c', ""));
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (milter.server().connections() > 0 && System.nanoTime() < end) {
      Pause.betweenLooks();
    }
  }

  @Test
  void peersThatAreNotNamedAreClosed() throws IOException {
    try (Milters strict =
            Milters.judging(
                it ->
                    new MilterSettings(
                        it.listen(),
                        Set.of(),
                        it.keeping(),
                        it.onTrouble(),
                        it.scope(),
                        it.results(),
                        it.limits(),
                        it.timing()),
                _ -> Milters.pass());
        AnMta mta = new AnMta(strict.port())) {
      assertThat(mta.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void P15_atAStopMessagesUnderWayGetTheirAnswer() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try (Milters stopping =
            Milters.judging(
                _ -> {
                  begun.countDown();
                  awaitQuietly(go);
                  return Milters.pass();
                });
        AnMta mta = new AnMta(stopping.port()).likePostfix()) {
      mta.envelope("4jYM1", FROM, TO).field("From", " x").body().send('E');
      begun.await();
      Thread stop = Thread.startVirtualThread(() -> stopping.server().stop(GRACE));
      while (stopping.server().listening()) {
        Pause.betweenLooks();
      }
      go.countDown();
      assertThat(mta.verdict()).last().isEqualTo(new AnMta.Answer('c', ""));
      stop.join();
      assertThat(mta.isClosedByPeer()).isTrue();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
