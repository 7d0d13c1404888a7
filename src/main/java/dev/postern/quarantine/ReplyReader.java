package dev.postern.quarantine;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads replies within bounds of time and size, whatever the server sends. */
final class ReplyReader {
  /** RFC 5321 §4.5.3.1.5 says 512; real servers send more. */
  private static final int LONGEST_LINE = 4096;

  private static final int MOST_LINES = 128;

  private final Socket socket;
  private final InputStream in;

  ReplyReader(Socket socket, InputStream in) {
    this.socket = socket;
    this.in = in;
  }

  /**
   * The next reply.
   *
   * @throws SocketTimeoutException when all of it has not come in time
   * @throws EOFException when the server closed the connection
   * @throws ProtocolException when what it sent is no reply
   */
  Reply next(Duration patience) throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    List<String> lines = new ArrayList<>();
    int code = 0;
    boolean more = true;
    while (more) {
      String line = line(deadline);
      int its = code(line);
      if (code != 0 && its != code) {
        throw new ProtocolException("lines of one reply with codes " + code + " and " + its);
      }
      code = its;
      more = line.length() > 3 && line.charAt(3) == '-';
      lines.add(line.length() > 4 ? line.substring(4) : "");
      if (lines.size() > MOST_LINES) {
        throw new ProtocolException("a reply of more than " + MOST_LINES + " lines");
      }
    }
    return new Reply(code, lines);
  }

  private static int code(String line) throws ProtocolException {
    if (!line.matches("[2-5][0-9]{2}([ -].*)?")) {
      throw new ProtocolException("no SMTP reply");
    }
    return Integer.parseInt(line.substring(0, 3));
  }

  private String line(long deadline) throws IOException {
    var octets = new ByteArrayOutputStream();
    while (true) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new SocketTimeoutException("no whole reply in time");
      }
      socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
      int octet = in.read();
      if (octet < 0) {
        throw new EOFException("connection closed");
      }
      if (octet == '\n') {
        return octets.toString(StandardCharsets.UTF_8).stripTrailing();
      }
      if (octets.size() == LONGEST_LINE) {
        throw new ProtocolException("a reply line of more than " + LONGEST_LINE + " octets");
      }
      octets.write(octet);
    }
  }
}
