package dev.postern.mailsystem;

import dev.postern.mail.RawMessage;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The server behind the mail system: takes what it is given and keeps every octet. Knows nothing of
 * our own code that reads SMTP.
 */
public final class NextHopServer implements AutoCloseable {
  private final ServerSocket server;
  private final List<Taken> taken = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final Set<String> silent = ConcurrentHashMap.newKeySet();
  private volatile List<String> extensions =
      List.of("SIZE 104857600", "ENHANCEDSTATUSCODES", "PIPELINING", "8BITMIME", "SMTPUTF8");

  /**
   * One message that was taken.
   *
   * @param sender without brackets; empty for the null sender
   * @param parameters of MAIL, as they were said
   * @param recipients those that were accepted, without brackets
   * @param octets the content, without the dots that were stuffed
   * @param at when its end was read
   */
  public record Taken(
      String sender, String parameters, List<String> recipients, RawMessage octets, Instant at) {}

  private NextHopServer(ServerSocket server) {
    this.server = server;
  }

  /** Listens on a port of loopback. */
  public static NextHopServer start() {
    try {
      NextHopServer hop =
          new NextHopServer(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()));
      Thread.ofVirtual().name("next-hop").start(hop::accept);
      return hop;
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
  }

  public int port() {
    return server.getLocalPort();
  }

  /** What was taken, in the order of the replies. */
  public List<Taken> taken() {
    return List.copyOf(taken);
  }

  /** Waits until so many were taken; all of them. */
  public List<Taken> await(int count) {
    Programs.await(
        count + " messages at the next hop, not " + taken.size(),
        Duration.ofSeconds(30),
        () -> taken.size() >= count);
    return taken();
  }

  /** From now on RCPT of this address is answered so; with "250 …" it is accepted again. */
  public void answer(String recipient, String reply) {
    answers.put(recipient, reply);
  }

  /** Takes the next message for this address, keeps it, and closes without a word. */
  public void loseReply(String recipient) {
    silent.add(recipient);
  }

  /** What EHLO is answered with. */
  public void offer(List<String> these) {
    extensions = List.copyOf(these);
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException cannotClose) {
      throw new UncheckedIOException(cannotClose);
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().name("next-hop").start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      new Conversation(socket).run();
    } catch (IOException gone) {
      // the client left; what was taken is kept
    } finally {
      open.remove(socket);
    }
  }

  /** One client. */
  private final class Conversation {
    private final InputStream in;
    private final OutputStream out;
    private final List<String> recipients = new ArrayList<>();
    private String sender = "";
    private String parameters = "";

    Conversation(Socket socket) throws IOException {
      in = new BufferedInputStream(socket.getInputStream());
      out = socket.getOutputStream();
    }

    void run() throws IOException {
      say("220 next-hop.test ESMTP");
      for (String line = line(); !line.equals("QUIT"); line = line()) {
        String verb = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
        switch (verb) {
          case "EHLO" -> say(hello());
          case "HELO", "NOOP", "XFORWARD" -> say("250 2.0.0 Ok");
          case "RSET" -> {
            recipients.clear();
            say("250 2.0.0 Ok");
          }
          case "MAIL" -> mail(line);
          case "RCPT" -> recipient(line);
          case "DATA" -> {
            if (!data()) {
              return;
            }
          }
          default -> say("502 5.5.2 not implemented");
        }
      }
      say("221 2.0.0 Bye");
    }

    private String hello() {
      StringBuilder reply = new StringBuilder("250-next-hop.test\r\n");
      for (int i = 0; i < extensions.size(); i++) {
        reply.append(i + 1 < extensions.size() ? "250-" : "250 ").append(extensions.get(i));
        reply.append(i + 1 < extensions.size() ? "\r\n" : "");
      }
      return reply.toString();
    }

    private void mail(String line) throws IOException {
      sender = path(line);
      parameters = line.substring(line.indexOf('>') + 1).strip();
      recipients.clear();
      say("250 2.1.0 Ok");
    }

    private void recipient(String line) throws IOException {
      String reply = answers.getOrDefault(path(line), "250 2.1.5 Ok");
      if (reply.startsWith("250")) {
        recipients.add(path(line));
      }
      say(reply);
    }

    private boolean data() throws IOException {
      if (recipients.isEmpty()) {
        say("554 5.5.1 no valid recipients");
        return true;
      }
      say("354 go on");
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      for (byte[] line = octets(); !isEnd(line); line = octets()) {
        int stuffed = line[0] == '.' ? 1 : 0;
        content.write(line, stuffed, line.length - stuffed);
      }
      taken.add(
          new Taken(
              sender,
              parameters,
              List.copyOf(recipients),
              RawMessage.of(content.toByteArray()),
              InstantSource.system().instant()));
      if (recipients.stream().anyMatch(silent::remove)) {
        return false;
      }
      recipients.clear();
      say("250 2.0.0 Ok: taken as " + taken.size());
      return true;
    }

    private static boolean isEnd(byte[] line) {
      return line.length == 3 && line[0] == '.' && line[1] == '\r';
    }

    private static String path(String line) {
      return line.substring(line.indexOf('<') + 1, line.indexOf('>'));
    }

    private void say(String reply) throws IOException {
      out.write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    }

    private String line() throws IOException {
      return new String(octets(), StandardCharsets.UTF_8).strip();
    }

    /** One line with the LF that ends it. */
    private byte[] octets() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      int octet;
      do {
        octet = in.read();
        if (octet < 0) {
          throw new IOException("closed");
        }
        line.write(octet);
      } while (octet != '\n');
      return line.toByteArray();
    }
  }
}
