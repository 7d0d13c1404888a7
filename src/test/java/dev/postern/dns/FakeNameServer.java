package dev.postern.dns;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A name server on loopback that answers as a test tells it. */
public final class FakeNameServer implements Closeable {

  /** What to answer to a question; null is silence. */
  public interface Script {
    @Nullable Message answer(Message question, boolean tcp);
  }

  /** The octets to send in answer to a question, one datagram after the other. */
  interface Octets {
    List<byte[]> answer(Message question, boolean tcp);
  }

  private final DatagramSocket udp;
  private final ServerSocket tcp;
  private final Octets script;
  final Collection<String> asked = new ConcurrentLinkedQueue<>();

  private FakeNameServer(InetSocketAddress at, Octets script) throws IOException {
    this.script = script;
    this.tcp = new ServerSocket(at.getPort(), 10, at.getAddress());
    this.udp = new DatagramSocket(tcp.getLocalSocketAddress());
    Thread.ofVirtual().start(this::serveUdp);
    Thread.ofVirtual().start(this::serveTcp);
  }

  public static FakeNameServer of(Script script) throws IOException {
    return ofOctets(
        (question, tcp) -> {
          Message reply = script.answer(question, tcp);
          return reply == null ? List.of() : List.of(reply.toWire());
        });
  }

  static FakeNameServer ofOctets(Octets script) throws IOException {
    return new FakeNameServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), script);
  }

  /**
   * Knows the names of a zone, each with its records by their type, and no others.
   *
   * @param at where; for programs that ask port 53 only
   */
  public static FakeNameServer ofZone(InetSocketAddress at, Map<?, ?> zone) throws IOException {
    return new FakeNameServer(at, (question, _) -> List.of(inZone(question, zone).toWire()));
  }

  private static Message inZone(Message question, Map<?, ?> zone) {
    String name = question.getQuestion().getName().toString(true).toLowerCase(Locale.ROOT);
    String type = Type.string(question.getQuestion().getType());
    if (!(zone.get(name) instanceof Map<?, ?> records)) {
      return rcode(question, Rcode.NXDOMAIN);
    }
    List<String> found = new ArrayList<>();
    if (records.get(type) instanceof List<?> data) {
      data.forEach(one -> found.add(type.equals("TXT") ? strings(one) : absolute(type, one)));
    }
    return answer(question, found.toArray(String[]::new));
  }

  /** A string in DNS has 255 octets at most. */
  private static String strings(Object text) {
    return "\"" + text.toString().replaceAll("(.{255})", "$1\" \"") + "\"";
  }

  private static String absolute(String type, Object data) {
    return type.equals("A") || type.equals("AAAA") ? data.toString() : data + ".";
  }

  /** What it was asked, each with {@code udp} or {@code tcp}. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(udp.getLocalAddress(), udp.getLocalPort());
  }

  /** An answer to {@code question}, to be filled. */
  static Message reply(Message question, Function<Message, Message> fill) {
    Message reply = new Message(question.getHeader().getID());
    reply.getHeader().setFlag(Flags.QR);
    reply.getHeader().setFlag(Flags.RA);
    reply.addRecord(question.getQuestion(), Section.QUESTION);
    return fill.apply(reply);
  }

  /** An answer with these records of the name and type asked for. */
  public static Message answer(Message question, String... data) {
    return reply(
        question,
        reply -> {
          Record asked = question.getQuestion();
          for (String text : data) {
            add(reply, asked.getName().toString(), Type.string(asked.getType()), text);
          }
          return reply;
        });
  }

  public static Message rcode(Message question, int rcode) {
    return reply(
        question,
        reply -> {
          reply.getHeader().setRcode(rcode);
          return reply;
        });
  }

  static void add(Message reply, String owner, String type, String data) {
    add(reply, Section.ANSWER, 300, owner + " " + type + " " + data);
  }

  /** Adds a record written {@code owner type data}. */
  static void add(Message reply, int section, long ttl, String record) {
    String[] part = record.split(" ", 3);
    try {
      Name owner = Name.fromString(part[0]);
      int type = Type.value(part[1]);
      reply.addRecord(Record.fromString(owner, type, DClass.IN, ttl, part[2], Name.root), section);
    } catch (IOException notARecord) {
      throw new IllegalArgumentException(record, notARecord);
    }
  }

  private void serveUdp() {
    byte[] buffer = new byte[4096];
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        udp.receive(packet);
        byte[] wire = Arrays.copyOf(buffer, packet.getLength());
        for (byte[] reply : answer(wire, false)) {
          udp.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
        }
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serveTcp() {
    try {
      while (true) {
        Socket socket = tcp.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  /** One question after the other, as long as the client keeps the connection (RFC 7766). */
  private void serve(Socket socket) {
    try (socket) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      while (true) {
        for (byte[] reply : answer(in.readNBytes(in.readUnsignedShort()), true)) {
          out.writeShort(reply.length);
          out.write(reply);
          out.flush();
        }
      }
    } catch (IOException gone) {
      // It wanted no more.
    }
  }

  private List<byte[]> answer(byte[] wire, boolean overTcp) throws IOException {
    Message question = new Message(wire);
    asked.add(question.getQuestion().getName() + (overTcp ? " tcp" : " udp"));
    return script.answer(question, overTcp);
  }

  @Override
  public void close() throws IOException {
    udp.close();
    tcp.close();
  }
}
