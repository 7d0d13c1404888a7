package dev.postern.intake.milter;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads packets: four octets of length (the highest first, with the command), the command, data.
 * However slowly octets drip, a packet that has begun ends in time or not at all.
 */
final class PacketReader {
  /** A header field is one packet, and MTAs bound it to some 100 KB; a body comes in 64 KB. */
  private static final int LONGEST = 1 << 20;

  /** The first packet has 13 octets; what else comes first is another protocol. */
  private static final int LONGEST_FIRST = 64;

  /** What is set aside for a packet before its octets are there. */
  private static final int FIRST_GUESS = 64 * 1024;

  private final Socket socket;
  private final InputStream in;
  private final MilterSettings.Timing timing;
  private int longest = LONGEST_FIRST;

  PacketReader(Socket socket, MilterSettings.Timing timing) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(new PromptInput(socket));
    this.timing = timing;
  }

  /** From now on packets may be as long as MTAs send them. */
  void agreed() {
    longest = LONGEST;
  }

  /**
   * The next packet; empty when the peer is done, or has been silent between two for too long.
   *
   * @throws SocketTimeoutException when it drips, or does not even begin
   * @throws ProtocolBreach when it speaks something else
   */
  Optional<Packet> next() throws IOException {
    int first = first();
    if (first < 0) {
      return Optional.empty();
    }
    long deadline = System.nanoTime() + timing.packet().toNanos();
    byte[] head = new byte[4];
    fill(head, 0, head.length, deadline);
    int length = (first << 24) | (head[0] & 0xff) << 16 | (head[1] & 0xff) << 8 | (head[2] & 0xff);
    char command = (char) (head[3] & 0xff);
    if (length < 1 || length > longest) {
      throw new ProtocolBreach("a packet of " + Integer.toUnsignedString(length) + " octets");
    }
    Event event =
        Event.of(command).orElseThrow(() -> new ProtocolBreach("unknown command " + (int) command));
    return Optional.of(new Packet(event, data(length - 1, deadline)));
  }

  private int first() throws IOException {
    if (longest != LONGEST) {
      wait(timing.packet());
      return in.read();
    }
    wait(timing.idle());
    try {
      return in.read();
    } catch (SocketTimeoutException idle) {
      return -1;
    }
  }

  /** Memory follows what was sent, not what was announced. */
  private byte[] data(int length, long deadline) throws IOException {
    byte[] data = new byte[Math.min(length, FIRST_GUESS)];
    int have = 0;
    while (true) {
      fill(data, have, data.length, deadline);
      have = data.length;
      if (have == length) {
        return data;
      }
      data = Arrays.copyOf(data, Math.min(length, 2 * have));
    }
  }

  private void fill(byte[] data, int from, int to, long deadline) throws IOException {
    int at = from;
    while (at < to) {
      wait(Duration.ofNanos(deadline - System.nanoTime()));
      int read = in.read(data, at, to - at);
      if (read < 0) {
        throw new ProtocolBreach("closed within a packet");
      }
      at += read;
    }
  }

  private void wait(Duration atMost) throws IOException {
    if (atMost.isNegative() || atMost.isZero()) {
      throw new SocketTimeoutException("a packet took longer than " + timing.packet());
    }
    // Zero would mean for ever.
    socket.setSoTimeout(Math.clamp(atMost.toMillis(), 1, Integer.MAX_VALUE));
  }
}
