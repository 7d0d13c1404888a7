package dev.postern.app.bench.clicks;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One connection of HTTP/1.1 that is kept open (RFC 9112), as thin as can be: what it costs is
 * taken from what is measured. For one thread.
 */
final class Line implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;
  private static final int LONGEST_HEADER = 8192;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  /** What came back. */
  record Reply(int status, String body) {}

  Line(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /**
   * Sends a request and waits for the answer.
   *
   * @param start method and path
   * @param headers each ended by CRLF
   */
  Reply send(String start, String headers, byte[] body) throws IOException {
    String head =
        "%s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n%s\r\n"
            .formatted(start, body.length, headers);
    ByteArrayOutputStream request = new ByteArrayOutputStream(head.length() + body.length);
    request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    request.writeBytes(body);
    request.writeTo(out);
    out.flush();
    return answer();
  }

  private Reply answer() throws IOException {
    String status = header();
    if (!status.startsWith("HTTP/1.1 ")) {
      throw new IOException("no HTTP answer but: " + status);
    }
    int length = 0;
    for (String line = header(); !line.isEmpty(); line = header()) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring("content-length:".length()).strip());
      } else if (lower.startsWith("transfer-encoding:")) {
        throw new IOException("an answer without length");
      }
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new IOException("the answer ended early");
    }
    return new Reply(
        Integer.parseInt(status.substring(9, 12)), new String(body, StandardCharsets.UTF_8));
  }

  private String header() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0 || line.length() > LONGEST_HEADER) {
        throw new IOException("the connection ended in a header");
      }
      line.append((char) octet);
    }
    return line.toString().stripTrailing();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
