package dev.postern.intake.smtp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Speaks SMTP octet by octet, also wrongly. Knows nothing of our own code. */
public final class RawSmtpClient implements Closeable {
  private final Socket socket;
  private InputStream in;
  private OutputStream out;

  /** Connects and reads the greeting. */
  public RawSmtpClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(30_000);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /** Sends a command line and returns the last line of its reply. */
  public String say(String line) throws IOException {
    write(line + "\r\n");
    return reply();
  }

  /** Sends a command line and returns all lines of its reply. */
  public List<String> sayAll(String line) throws IOException {
    write(line + "\r\n");
    return lines();
  }

  /** TLS from here on, by whoever has a certificate that this context trusts. */
  public void encrypt(SSLContext context) throws IOException {
    SSLSocket tls =
        (SSLSocket)
            context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
    tls.startHandshake();
    in = new BufferedInputStream(tls.getInputStream());
    out = tls.getOutputStream();
  }

  /** The next so many replies, the last line of each. */
  public List<String> replies(int count) throws IOException {
    List<String> replies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      replies.add(reply());
    }
    return replies;
  }

  /** Goes through HELO, MAIL and RCPT; fails unless each is taken. */
  public RawSmtpClient begin(String from, String... to) throws IOException {
    expect("250", say("EHLO client.example"));
    expect("250", say("MAIL FROM:<" + from + ">"));
    for (String recipient : to) {
      expect("250", say("RCPT TO:<" + recipient + ">"));
    }
    return this;
  }

  /** DATA with the message dot-stuffed as the standard says. */
  public String data(byte[] message) throws IOException {
    expect("354", say("DATA"));
    var wire = new ByteArrayOutputStream();
    for (int i = 0; i < message.length; i++) {
      boolean start = i == 0 || (i > 1 && message[i - 2] == '\r' && message[i - 1] == '\n');
      if (start && message[i] == '.') {
        wire.write('.');
      }
      wire.write(message[i]);
    }
    write(wire.toByteArray());
    boolean ended =
        message.length == 0
            || (message.length > 1
                && message[message.length - 2] == '\r'
                && message[message.length - 1] == '\n');
    write(ended ? ".\r\n" : "\r\n.\r\n");
    return reply();
  }

  /** The last line of the next reply. */
  public String reply() throws IOException {
    return lines().getLast();
  }

  /** Everything up to the end of the connection. */
  public String rest() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  public void write(String text) throws IOException {
    write(text.getBytes(StandardCharsets.UTF_8));
  }

  public void write(byte[] octets) throws IOException {
    out.write(octets);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    do {
      lines.add(line());
    } while (lines.getLast().length() > 3 && lines.getLast().charAt(3) == '-');
    return lines;
  }

  private String line() throws IOException {
    var octets = new ByteArrayOutputStream();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new IOException("closed after: " + octets.toString(StandardCharsets.UTF_8));
      }
      octets.write(octet);
    }
    return octets.toString(StandardCharsets.UTF_8).strip();
  }

  private static void expect(String code, String reply) throws IOException {
    if (!reply.startsWith(code)) {
      throw new IOException("wanted " + code + ", got " + reply);
    }
  }
}
