package dev.postern.app.bench.clicks;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A name server on loopback for which no name exists, so that no question leaves the machine. */
final class SilentNames implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SilentNames.class);
  private static final int LARGEST = 4096;
  private static final int HEADER = 12;

  private final DatagramSocket socket;

  SilentNames() throws IOException {
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("names").start(this::serve);
  }

  int port() {
    return socket.getLocalPort();
  }

  private void serve() {
    DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
    try {
      while (!socket.isClosed()) {
        packet.setLength(LARGEST);
        socket.receive(packet);
        if (packet.getLength() >= HEADER) {
          deny(packet);
        }
      }
    } catch (SocketException closed) {
      LOG.debug("the name server of the bench has closed", closed);
    } catch (IOException e) {
      LOG.warn("the name server of the bench failed: {}", e.getMessage());
    }
  }

  /** RFC 1035 §4.1.1: the question comes back as an authoritative answer with RCODE 3. */
  private void deny(DatagramPacket packet) throws IOException {
    byte[] octets = packet.getData();
    octets[2] = (byte) ((octets[2] & 0x01) | 0x84);
    octets[3] = (byte) 0x83;
    socket.send(packet);
  }

  @Override
  public void close() {
    socket.close();
  }
}
