package dev.postern.dns;

import dev.postern.evidence.Deadline;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import org.xbill.DNS.Header;
import org.xbill.DNS.Rcode;

/**
 * Carries one question to a name server and its reply back, in octets. Blocks its thread, which
 * should be virtual; an interrupt ends it with an {@link IOException}.
 *
 * <p>Datagrams that answer something else are passed over (RFC 5452 §9.1): who guesses the port and
 * not the rest can neither answer nor, as with a resolver that gives up at the first wrong one,
 * silence the server.
 */
final class Wire {
  private static final int LARGEST_DATAGRAM = 4096;
  private static final int IS_REPLY = 0x80;
  private static final int OPCODE = 0x78;
  private static final int TRUNCATED = 0x02;
  private static final int RCODE = 0x0f;

  private Wire() {}

  /**
   * The reply that comes by UDP, from an own random port (RFC 5452 §9.2).
   *
   * @throws SocketTimeoutException if none comes in time
   * @throws IOException if the server cannot be reached
   */
  static byte[] udp(InetSocketAddress server, byte[] question, Deadline by) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(server);
      socket.send(new DatagramPacket(question, question.length));
      byte[] buffer = new byte[LARGEST_DATAGRAM];
      while (true) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.setSoTimeout(millis(by));
        socket.receive(packet);
        byte[] reply = Arrays.copyOf(buffer, packet.getLength());
        if (answers(question, reply)) {
          return reply;
        }
      }
    }
  }

  /**
   * The reply that comes by TCP.
   *
   * @throws SocketTimeoutException if it is not there in time
   * @throws IOException if the server cannot be reached, hangs up or answers something else
   */
  static byte[] tcp(InetSocketAddress server, byte[] question, Deadline by) throws IOException {
    try (Socket socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.connect(server, millis(by));
      byte[] framed = new byte[question.length + 2];
      framed[0] = (byte) (question.length >> 8);
      framed[1] = (byte) question.length;
      System.arraycopy(question, 0, framed, 2, question.length);
      socket.getOutputStream().write(framed);
      byte[] length = read(socket, 2, by);
      byte[] reply = read(socket, number(length, 0), by);
      if (!answers(question, reply)) {
        throw new IOException("an answer to another question");
      }
      return reply;
    }
  }

  /** Whether the rest of the reply is to be had by TCP only. */
  static boolean truncated(byte[] reply) {
    return (reply[2] & TRUNCATED) != 0;
  }

  /**
   * Whether the octets are a reply to the question: same id, same name, type and class. Servers
   * that cannot read a question may leave it out when they say so.
   */
  static boolean answers(byte[] question, byte[] reply) {
    if (reply.length < Header.LENGTH
        || reply[0] != question[0]
        || reply[1] != question[1]
        || (reply[2] & IS_REPLY) == 0
        || (reply[2] & OPCODE) != 0) {
      return false;
    }
    int questions = number(reply, 4);
    int rcode = reply[3] & RCODE;
    return questions == 0
        ? rcode == Rcode.FORMERR || rcode == Rcode.NOTIMP
        : questions == 1 && sameQuestion(question, reply);
  }

  private static boolean sameQuestion(byte[] question, byte[] reply) {
    int end = Header.LENGTH;
    while (question[end] != 0) {
      end += question[end] + 1;
    }
    end += 5; // the root label, type and class
    if (reply.length < end) {
      return false;
    }
    for (int i = Header.LENGTH; i < end; i++) {
      if (lowerCase(question[i]) != lowerCase(reply[i])) {
        return false;
      }
    }
    return true;
  }

  /** Two octets, the higher first. */
  private static int number(byte[] octets, int at) {
    return ((octets[at] & 0xff) << 8) + (octets[at + 1] & 0xff);
  }

  private static int lowerCase(byte octet) {
    return octet >= 'A' && octet <= 'Z' ? octet + ('a' - 'A') : octet;
  }

  /** As {@link InputStream#readNBytes}, but a server that drips octets gains no time by it. */
  private static byte[] read(Socket socket, int count, Deadline by) throws IOException {
    byte[] octets = new byte[count];
    InputStream in = socket.getInputStream();
    for (int have = 0; have < count; ) {
      socket.setSoTimeout(millis(by));
      int more = in.read(octets, have, count - have);
      if (more < 0) {
        throw new EOFException("the name server hung up");
      }
      have += more;
    }
    return octets;
  }

  /** What is left, as sockets count it: zero would mean forever. */
  private static int millis(Deadline by) throws SocketTimeoutException {
    if (by.passed()) {
      throw new SocketTimeoutException();
    }
    return (int) Math.max(1, by.left().toMillis());
  }
}
