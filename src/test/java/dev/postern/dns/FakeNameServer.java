package dev.postern.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;

/** A name server on loopback that answers as a test tells it; null is silence. */
final class FakeNameServer implements AutoCloseable {

  /** What to answer to a question. */
  interface Script {
    @Nullable Message answer(Message question, boolean tcp);
  }

  private final DatagramSocket udp;
  private final ServerSocket tcp;
  private final Script script;
  final List<String> asked = new CopyOnWriteArrayList<>();

  FakeNameServer(Script script) throws IOException {
    this.script = script;
    InetAddress loopback = InetAddress.getLoopbackAddress();
    this.udp = new DatagramSocket(new InetSocketAddress(loopback, 0));
    this.tcp = new ServerSocket(udp.getLocalPort(), 10, loopback);
    Thread.ofVirtual().start(this::serveUdp);
    Thread.ofVirtual().start(this::serveTcp);
  }

  InetSocketAddress address() {
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

  private void serveUdp() {
    byte[] buffer = new byte[4096];
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        udp.receive(packet);
        byte[] wire = Arrays.copyOf(buffer, packet.getLength());
        byte[] reply = answer(wire, false);
        if (reply.length > 0) {
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
        try (Socket socket = tcp.accept()) {
          DataInputStream in = new DataInputStream(socket.getInputStream());
          byte[] reply = answer(in.readNBytes(in.readUnsignedShort()), true);
          DataOutputStream out = new DataOutputStream(socket.getOutputStream());
          out.writeShort(reply.length);
          out.write(reply);
          out.flush();
        }
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private byte[] answer(byte[] wire, boolean overTcp) throws IOException {
    Message question = new Message(wire);
    asked.add(question.getQuestion().getName() + (overTcp ? " tcp" : " udp"));
    Message reply = script.answer(question, overTcp);
    return reply == null ? new byte[0] : reply.toWire();
  }

  @Override
  public void close() throws IOException {
    udp.close();
    tcp.close();
  }
}
