package dev.postern.quarantine;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One connection to an SMTP server. Used by one thread. */
final class SmtpConversation implements AutoCloseable {
  private static final Duration FAREWELL = Duration.ofSeconds(2);
  private static final int BLOCK = 32 * 1024;

  private final Socket socket;
  private final NextHopSettings where;
  private final NextHopSettings.Timing timing;
  private final CountDownLatch over = new CountDownLatch(1);
  private InputStream in;
  private OutputStream out;
  private ReplyReader replies;

  private SmtpConversation(Socket socket, NextHopSettings where, Duration atMost)
      throws IOException {
    this.socket = socket;
    this.where = where;
    this.timing = where.timing();
    in = new BufferedInputStream(socket.getInputStream());
    out = new BufferedOutputStream(socket.getOutputStream(), BLOCK);
    replies = new ReplyReader(socket, in);
    Thread.ofVirtual().name("smtp-deadline").start(() -> closeWhenLate(over, atMost));
  }

  /**
   * Connects.
   *
   * @param atMost how long it may take until it is closed
   */
  static SmtpConversation open(NextHopSettings where, Duration atMost) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(
          new InetSocketAddress(where.host(), where.port()),
          Math.toIntExact(where.timing().connect().toMillis()));
      return new SmtpConversation(socket, where, atMost);
    } catch (IOException | RuntimeException failed) {
      socket.close();
      throw failed;
    }
  }

  /** Whether the server is on this host, where nobody listens on the way. */
  boolean local() {
    return socket.getInetAddress().isLoopbackAddress();
  }

  /**
   * From here on everything is encrypted.
   *
   * @param check whether the server must prove its name
   * @throws ProtocolException when words lie there that came in clear text: nothing may come before
   *     we begin, so somebody on the way put them there to be taken for the server's own
   * @throws HandshakeFailed when there is no TLS to be had
   */
  void encrypt(Encryption encryption, boolean check) throws IOException {
    if (in.available() > 0) {
      throw new ProtocolException("words in clear text where TLS begins: taken for injected");
    }
    Socket tls = shakenHands(encryption, check);
    in = new BufferedInputStream(tls.getInputStream());
    out = new BufferedOutputStream(tls.getOutputStream(), BLOCK);
    replies = new ReplyReader(tls, in);
  }

  /** In the time of one reply: a server that drips its part octet by octet is not waited for. */
  private Socket shakenHands(Encryption encryption, boolean check) throws IOException {
    socket.setSoTimeout(Math.toIntExact(timing.reply().toMillis()));
    CountDownLatch shaken = new CountDownLatch(1);
    Thread.ofVirtual().name("tls-deadline").start(() -> closeWhenLate(shaken, timing.reply()));
    try {
      return encryption.over(socket, where.host(), where.port(), check);
    } finally {
      shaken.countDown();
    }
  }

  Reply greeting() throws IOException {
    return replies.next(timing.reply());
  }

  Reply command(String line) throws IOException {
    send(line);
    return replies.next(timing.reply());
  }

  /** Sends the octets dot-stuffed, up to but without the line that ends the message. */
  void content(byte[] octets) throws IOException {
    DotStuffing.write(octets, out);
    out.flush();
  }

  /** Sends the final dot. From here on the server may have the message. */
  void dot() throws IOException {
    send(".");
  }

  Reply verdict() throws IOException {
    return replies.next(timing.afterDot());
  }

  /** Takes leave; a server that does not answer is left alone. */
  void quit() {
    try {
      send("QUIT");
      replies.next(FAREWELL);
    } catch (IOException theyHungUpFirst) {
      // Everything that counts has been said.
    }
  }

  @Override
  public void close() throws IOException {
    over.countDown();
    socket.close();
  }

  private void send(String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** A write has no timeout of its own: a peer that never reads is cut off here. */
  private void closeWhenLate(CountDownLatch done, Duration atMost) {
    try {
      if (!done.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        socket.close();
      }
    } catch (InterruptedException | IOException closing) {
      // Then there is nothing left to cut off.
    }
  }
}
