package dev.postern.quarantine.amavis;

import dev.postern.approval.Mandate;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Speaks AM.PDP with amavis: attributes {@code name=value}, percent-encoded, a line each, and an
 * empty line at the end, both ways. One connection for each request. amavis delivers a second time
 * when asked a second time, so whatever is lost behind the request is unsure.
 */
final class AmPdp {
  private static final int MOST_OCTETS = 256 * 1024;

  private final String where;
  private final Duration patience;

  /**
   * @param where {@code host:port}, or the path of a socket
   * @param patience for one request and its answer
   */
  AmPdp(String where, Duration patience) {
    this.where = where;
    this.patience = patience;
  }

  /** What a request came to. */
  sealed interface Answer {
    /**
     * It was answered.
     *
     * @param replies values of {@code setreply}, decoded, in their order; hostile
     * @param failed whether amavis says that it could not do it as a whole
     */
    record Said(List<String> replies, boolean failed) implements Answer {}

    /** amavis was told nothing, and why. */
    record NotAsked(String words) implements Answer {}

    /** It may have been done. */
    record Unsure(String words) implements Answer {}
  }

  /** One attribute of a request. */
  record Attribute(String name, String value) {}

  /** Asks, if the mandate stands once amavis is reached. */
  Answer ask(List<Attribute> request, Mandate mandate) {
    CountDownLatch done = new CountDownLatch(1);
    boolean asked = false;
    try (SocketChannel channel = open()) {
      closeLate(channel, done);
      channel.connect(address());
      if (!mandate.stands()) {
        return new Answer.NotAsked("another process has taken this over");
      }
      asked = true;
      OutputStream out = Channels.newOutputStream(channel);
      out.write(text(request).getBytes(StandardCharsets.US_ASCII));
      return answer(new BufferedInputStream(Channels.newInputStream(channel)));
    } catch (IOException | RuntimeException e) {
      String words = "amavis at " + where + " " + (asked ? "did not answer" : "cannot be reached");
      return asked ? new Answer.Unsure(words) : new Answer.NotAsked(words + ": " + reason(e));
    } finally {
      done.countDown();
    }
  }

  private static String reason(Exception e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  private boolean isPath() {
    return where.startsWith("/");
  }

  private SocketChannel open() throws IOException {
    return isPath() ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
  }

  private SocketAddress address() {
    if (isPath()) {
      return UnixDomainSocketAddress.of(where);
    }
    int colon = where.lastIndexOf(':');
    String host = where.substring(0, colon).replaceAll("^\\[|\\]$", "");
    return new InetSocketAddress(host, Integer.parseInt(where.substring(colon + 1)));
  }

  /** Channels have no time-out of their own; one that is closed ends who waits at it. */
  private void closeLate(SocketChannel channel, CountDownLatch done) {
    Thread.ofVirtual()
        .name("am-pdp-patience")
        .start(
            () -> {
              try {
                if (!done.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                  channel.close();
                }
              } catch (InterruptedException | IOException ended) {
                Thread.currentThread().interrupt();
              }
            });
  }

  private static String text(List<Attribute> request) {
    StringBuilder text = new StringBuilder();
    request.forEach(
        one -> text.append(one.name()).append('=').append(encoded(one.value())).append("\r\n"));
    return text.append("\r\n").toString();
  }

  private static String encoded(String value) {
    StringBuilder text = new StringBuilder();
    for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = octet > ' ' && octet < 0x7f && octet != '%' && octet != '=';
      text.append(plain ? String.valueOf((char) octet) : "%%%02X".formatted(octet & 0xff));
    }
    return text.toString();
  }

  private static Answer answer(InputStream in) throws IOException {
    List<String> replies = new ArrayList<>();
    boolean failed = false;
    int left = MOST_OCTETS;
    for (String line = line(in, left); !line.isEmpty(); line = line(in, left)) {
      left -= line.length() + 2;
      if (line.startsWith("setreply=")) {
        replies.add(decoded(line.substring("setreply=".length())));
      }
      failed |= line.startsWith("return_value=") || line.startsWith("exit_code=");
    }
    return new Answer.Said(List.copyOf(replies), failed);
  }

  private static String line(InputStream in, int most) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0 || line.length() >= most) {
        throw new IOException(octet < 0 ? "closed" : "an answer without end");
      }
      line.append((char) octet);
    }
    int length = line.length();
    boolean carriage = length > 0 && line.charAt(length - 1) == '\r';
    return line.substring(0, carriage ? length - 1 : length);
  }

  /** Octets that are no percent code stay as they are; line ends and controls become blanks. */
  private static String decoded(String value) {
    byte[] octets = new byte[value.length()];
    int length = 0;
    for (int i = 0; i < value.length(); i++) {
      int high = value.charAt(i) == '%' && i + 2 <= value.length() - 1 ? hex(value, i + 1) : -1;
      int low = high >= 0 ? hex(value, i + 2) : -1;
      octets[length++] = (byte) (low >= 0 ? high * 16 + low : value.charAt(i));
      i += low >= 0 ? 2 : 0;
    }
    return new String(octets, 0, length, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", " ");
  }

  private static int hex(String text, int at) {
    return Character.digit(text.charAt(at), 16);
  }
}
