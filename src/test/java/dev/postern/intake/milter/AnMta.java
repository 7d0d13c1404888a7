package dev.postern.intake.milter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Speaks the milter protocol as an MTA does, octet by octet, also wrongly. */
public final class AnMta implements Closeable {
  /** What Postfix 3.7 offers. */
  static final int POSTFIX_ACTIONS = 0x1ff;

  static final int POSTFIX_PROTOCOL = 0x1fffff;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;

  /**
   * One packet from the milter.
   *
   * @param command the octet that says what it is
   * @param data the rest, octets as characters
   */
  public record Answer(char command, String data) {
    /** Its texts; NULs end them. */
    public List<String> texts() {
      return List.of(data.split("\0", -1)).subList(0, data.split("\0", -1).length - 1);
    }
  }

  public AnMta(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(30_000);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /** Offers what Postfix offers; returns itself. */
  public AnMta likePostfix() throws IOException {
    negotiate(6, POSTFIX_ACTIONS, POSTFIX_PROTOCOL);
    return this;
  }

  /** Offers this; version, actions and protocol that were agreed. */
  public List<Integer> negotiate(int version, int actions, int protocol) throws IOException {
    send('O', ByteBuffer.allocate(12).putInt(version).putInt(actions).putInt(protocol).array());
    byte[] data = answer().data().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    ByteBuffer agreed = ByteBuffer.wrap(data);
    return List.of(agreed.getInt(), agreed.getInt(), agreed.getInt());
  }

  /** Sends a packet. */
  public AnMta send(char command, byte[] data) throws IOException {
    write(packet(command, data));
    return this;
  }

  /** Sends a packet of texts, each with its NUL. */
  public AnMta send(char command, String... texts) throws IOException {
    return send(command, octets(texts));
  }

  /** The macros of the event that comes next: names and values in turn. */
  public AnMta macros(char event, String... namesAndValues) throws IOException {
    return send('D', join(new byte[] {(byte) event}, octets(namesAndValues)));
  }

  /** Says who connects, from an IPv4 address. */
  public AnMta connect(String address) throws IOException {
    macros('C', "j", "mx.corp.example");
    return send('C', join(octets("client.example"), new byte[] {'4', 0x12, 0x34}, octets(address)));
  }

  /** Connection, greeting, sender, recipients and queue id of a usual message. */
  public AnMta envelope(String queueId, String from, String... to) throws IOException {
    connect("192.0.2.50").send('H', "mail.partner.example");
    return transaction(queueId, from, to);
  }

  /** Sender, recipients and queue id. */
  public AnMta transaction(String queueId, String from, String... to) throws IOException {
    macros('M', "{mail_addr}", from).send('M', "<" + from + ">", "SIZE=200");
    for (String recipient : to) {
      macros('R', "{rcpt_addr}", recipient).send('R', "<" + recipient + ">");
    }
    return queueId.isEmpty() ? this : macros('T', "i", queueId);
  }

  /** A header field; the value as it stands behind the colon. */
  public AnMta field(String name, String value) throws IOException {
    return send('L', name, value);
  }

  /** The end of the header, and a body. */
  public AnMta body(String... parts) throws IOException {
    send('N');
    for (String part : parts) {
      send('B', part.getBytes(UTF_8));
    }
    return this;
  }

  /** Ends the message; what the milter says, up to and with the last word. */
  public List<Answer> end() throws IOException {
    send('E');
    return verdict();
  }

  /** Answers up to the one that ends a message. */
  public List<Answer> verdict() throws IOException {
    List<Answer> answers = new ArrayList<>();
    do {
      answers.add(answer());
    } while ("imqhp".indexOf(answers.getLast().command()) >= 0);
    return answers;
  }

  /** The next packet from the milter. */
  public Answer answer() throws IOException {
    byte[] packet = new byte[in.readInt()];
    in.readFully(packet);
    String text = new String(packet, java.nio.charset.StandardCharsets.ISO_8859_1);
    return new Answer(text.charAt(0), text.substring(1));
  }

  /** Whether the milter closed, and said nothing more. */
  public boolean isClosedByPeer() {
    try {
      return in.read() < 0;
    } catch (IOException reset) {
      return true;
    }
  }

  /** Whether the milter has said something that was not read. */
  public boolean hasAnswer() throws IOException {
    return in.available() > 0;
  }

  public void write(byte[] octets) throws IOException {
    out.write(octets);
    out.flush();
  }

  static byte[] packet(char command, byte[] data) {
    return ByteBuffer.allocate(5 + data.length)
        .putInt(1 + data.length)
        .put((byte) command)
        .put(data)
        .array();
  }

  static byte[] octets(String... texts) {
    return texts.length == 0 ? new byte[0] : (String.join("\0", texts) + "\0").getBytes(UTF_8);
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** Leaves with a reset: from then on nothing can be sent to it. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
