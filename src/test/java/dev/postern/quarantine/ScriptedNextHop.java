package dev.postern.quarantine;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * An SMTP server that does what the test tells it, down to hanging and hanging up. Knows nothing of
 * our own code: it reads lines at CRLF and ends a message at CRLF.CRLF, by itself.
 */
public final class ScriptedNextHop implements Closeable {
  /** Closes the connection without an answer. */
  public static final String DROP = "DROP";

  /** Says nothing until the server is closed. */
  public static final String HANG = "HANG";

  /** Stands for the end of a message in a script. */
  public static final String DOT = ".";

  private final ServerSocket socket;
  private final Map<String, String> script = new LinkedHashMap<>();
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final List<byte[]> onTheWire = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final Map<String, String> encryptedScript = new LinkedHashMap<>();
  private final List<String> inTheClear = new CopyOnWriteArrayList<>();
  private volatile Optional<SSLContext> tls = Optional.empty();
  private volatile boolean tlsAtOnce;
  private volatile boolean eachRecipient;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger talking = new AtomicInteger();
  private final AtomicInteger mostTalking = new AtomicInteger();

  /** A server that takes everything. */
  public ScriptedNextHop() throws IOException {
    socket = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    script.put("", "220 next.example ESMTP");
    script.put("EHLO", "250-next.example\r\n250-SIZE 60000000\r\n250-8BITMIME\r\n250 SMTPUTF8");
    script.put("HELO", "250 next.example");
    script.put("MAIL", "250 2.1.0 Ok");
    script.put("RCPT", "250 2.1.5 Ok");
    script.put("DATA", "354 go on");
    script.put(DOT, "250 2.0.0 Ok: queued as 4jYMqT6jjCzJdNd");
    script.put("QUIT", "221 2.0.0 Bye");
    script.put("RSET", "250 2.0.0 Ok");
    Thread.ofVirtual().start(this::accept);
  }

  /** Answers commands that start with {@code command} so; the longest match counts. */
  public ScriptedNextHop on(String command, String answer) {
    script.put(command, answer);
    return this;
  }

  /** Answers the greeting so. */
  public ScriptedNextHop greeting(String answer) {
    return on("", answer);
  }

  /** Answers so what comes encrypted; what is not scripted here, is as in the clear. */
  public ScriptedNextHop onEncrypted(String command, String answer) {
    encryptedScript.put(command, answer);
    return this;
  }

  /** Offers STARTTLS with this certificate and key, until TLS begins. */
  public ScriptedNextHop withTls(SSLContext context) {
    tls = Optional.of(context);
    on("EHLO", "250-next.example\r\n250-8BITMIME\r\n250 STARTTLS");
    on("STARTTLS", "220 2.0.0 Ready");
    return onEncrypted("EHLO", "250-next.example\r\n250 8BITMIME");
  }

  /** Speaks TLS from the first octet. */
  public ScriptedNextHop withTlsAtOnce(SSLContext context) {
    tlsAtOnce = true;
    return withTls(context);
  }

  /** Speaks LMTP: answers {@code DOT + address} once for each recipient that was taken. */
  public ScriptedNextHop lmtp() {
    eachRecipient = true;
    on("EHLO", "500 5.5.1 this is LMTP");
    on("HELO", "500 5.5.1 this is LMTP");
    return on("LHLO", "250-next.example\r\n250-PIPELINING\r\n250 8BITMIME");
  }

  /** All command lines that came without encryption. */
  public List<String> inTheClear() {
    return List.copyOf(inTheClear);
  }

  public int port() {
    return socket.getLocalPort();
  }

  /** All command lines that came. */
  public List<String> commands() {
    return List.copyOf(commands);
  }

  /** How many clients talked at the same time, from their connection to their QUIT. */
  public int mostTalking() {
    return mostTalking.get();
  }

  /** Messages as they crossed the wire, with stuffed dots, without the final dot. */
  public List<byte[]> onTheWire() {
    return List.copyOf(onTheWire);
  }

  /** Messages after the removal of stuffed dots. */
  public List<byte[]> messages() {
    return onTheWire.stream().map(ScriptedNextHop::unstuffed).toList();
  }

  /** Settings for a client of this server that does not wait long. */
  public NextHopSettings settings() {
    return new NextHopSettings(
        "127.0.0.1",
        port(),
        "postern.example",
        "loop-mark",
        new NextHopSettings.Timing(
            Duration.ofSeconds(5),
            Duration.ofMillis(700),
            Duration.ofMillis(700),
            Duration.ofSeconds(20)));
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    socket.close();
    for (Socket each : open) {
      each.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        open.add(client);
        mostTalking.accumulateAndGet(talking.incrementAndGet(), Math::max);
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException over) {
      // closed
    }
  }

  private void serve(Socket client) {
    try (client) {
      new Session(client).run();
    } catch (IOException | InterruptedException gone) {
      // the client left
    }
  }

  /** One client. */
  private final class Session {
    private final List<String> taken = new ArrayList<>();
    private final Socket plain;
    private InputStream in;
    private OutputStream out;
    private boolean encrypted;

    Session(Socket client) throws IOException {
      plain = client;
      in = new BufferedInputStream(client.getInputStream());
      out = client.getOutputStream();
    }

    void run() throws IOException, InterruptedException {
      if (tlsAtOnce) {
        encrypt();
      }
      boolean goesOn = answer("", out);
      while (goesOn) {
        String line = line(in);
        commands.add(line);
        if (!encrypted) {
          inTheClear.add(line);
        }
        if (line.equals("QUIT")) {
          talking.decrementAndGet();
        }
        goesOn = answer(line, out) && after(line) && !line.equals("QUIT");
      }
    }

    private boolean after(String line) throws IOException, InterruptedException {
      String reply = reply(line);
      if (line.startsWith("MAIL")) {
        taken.clear();
      } else if (line.startsWith("RCPT") && reply.startsWith("250")) {
        taken.add(line.substring(line.indexOf('<') + 1, line.indexOf('>')));
      } else if (line.equals("STARTTLS") && reply.startsWith("220")) {
        encrypt();
      } else if (line.equals("DATA") && reply.startsWith("354")) {
        onTheWire.add(message(in));
        return verdicts();
      }
      return true;
    }

    private boolean verdicts() throws IOException, InterruptedException {
      if (!eachRecipient) {
        return answer(DOT, out);
      }
      for (String recipient : taken) {
        if (!answer(DOT + recipient, out)) {
          return false;
        }
      }
      return true;
    }

    /** Without TLS of its own it never says a word of the handshake. */
    private void encrypt() throws IOException, InterruptedException {
      if (tls.isEmpty()) {
        closed.await();
        throw new IOException("closed");
      }
      SSLSocket socket =
          (SSLSocket) tls.orElseThrow().getSocketFactory().createSocket(plain, "client", 0, false);
      socket.setUseClientMode(false);
      socket.startHandshake();
      in = new BufferedInputStream(socket.getInputStream());
      out = socket.getOutputStream();
      encrypted = true;
    }

    private boolean answer(String line, OutputStream to) throws IOException, InterruptedException {
      String reply = reply(line);
      if (reply.equals(DROP)) {
        return false;
      }
      if (reply.equals(HANG)) {
        closed.await();
        return false;
      }
      to.write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
      to.flush();
      return true;
    }

    private String reply(String line) {
      Map<String, String> known = new LinkedHashMap<>(script);
      if (encrypted) {
        known.putAll(encryptedScript);
      }
      return ScriptedNextHop.reply(line, known);
    }
  }

  private static String reply(String line, Map<String, String> script) {
    String best = "";
    for (String each : script.keySet()) {
      if (line.startsWith(each) && each.length() > best.length()) {
        best = each;
      }
    }
    return line.isEmpty() || !best.isEmpty() ? script.getOrDefault(best, "") : "500 what?";
  }

  private static String line(InputStream in) throws IOException {
    var octets = new ByteArrayOutputStream();
    for (int octet = in.read(); octet >= 0; octet = in.read()) {
      octets.write(octet);
      byte[] all = octets.toByteArray();
      if (endsWith(all, "\r\n")) {
        return new String(all, 0, all.length - 2, StandardCharsets.UTF_8);
      }
    }
    throw new IOException("closed");
  }

  private static byte[] message(InputStream in) throws IOException {
    var octets = new ByteArrayOutputStream();
    int[] last = {0, 0, '\r', '\n', 0};
    for (int octet = in.read(); octet >= 0; octet = in.read()) {
      octets.write(octet);
      System.arraycopy(last, 1, last, 0, 4);
      last[4] = octet;
      if (last[0] == '\r'
          && last[1] == '\n'
          && last[2] == '.'
          && last[3] == '\r'
          && octet == '\n') {
        byte[] all = octets.toByteArray();
        return Arrays.copyOf(all, all.length - 3);
      }
      if (octets.size() == 3 && endsWith(octets.toByteArray(), ".\r\n")) {
        return new byte[0];
      }
    }
    throw new IOException("closed within the message");
  }

  private static byte[] unstuffed(byte[] wire) {
    var octets = new ByteArrayOutputStream();
    for (int i = 0; i < wire.length; i++) {
      boolean lineStart = i == 0 || (i > 1 && wire[i - 2] == '\r' && wire[i - 1] == '\n');
      if (!(lineStart && wire[i] == '.')) {
        octets.write(wire[i]);
      }
    }
    return octets.toByteArray();
  }

  private static boolean endsWith(byte[] octets, String end) {
    byte[] tail = end.getBytes(StandardCharsets.US_ASCII);
    return octets.length >= tail.length
        && Arrays.equals(octets, octets.length - tail.length, octets.length, tail, 0, tail.length);
  }
}
