package dev.postern.intake.milter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One packet, read from its beginning to its end. */
final class Packet {
  private final Event event;
  private final byte[] data;
  private int at;

  Packet(Event event, byte[] data) {
    this.event = event;
    this.data = data;
  }

  Event event() {
    return event;
  }

  /** All of its data; must not be changed. */
  byte[] data() {
    return data;
  }

  boolean ended() {
    return at == data.length;
  }

  /** Four octets, the highest first. */
  int number() throws ProtocolBreach {
    return (octet() << 24) | (octet() << 16) | (octet() << 8) | octet();
  }

  /** Two octets, the higher first. */
  int port() throws ProtocolBreach {
    return (octet() << 8) | octet();
  }

  char letter() throws ProtocolBreach {
    return (char) octet();
  }

  /** Text up to the next NUL; what is no UTF-8 in it becomes U+FFFD. */
  String text() throws ProtocolBreach {
    int from = at;
    return new String(data, from, length(), StandardCharsets.UTF_8);
  }

  /** The octets up to the next NUL, as characters of the same number. */
  String octets() throws ProtocolBreach {
    int from = at;
    return new String(data, from, length(), StandardCharsets.ISO_8859_1);
  }

  /** All texts that are left. */
  List<String> texts() throws ProtocolBreach {
    List<String> texts = new ArrayList<>();
    while (!ended()) {
      texts.add(text());
    }
    return texts;
  }

  /** How many octets stand before the next NUL, which is passed. */
  private int length() throws ProtocolBreach {
    int from = at;
    while (at < data.length && data[at] != 0) {
      at++;
    }
    if (ended()) {
      throw new ProtocolBreach("a text in " + event + " does not end");
    }
    at++;
    return at - 1 - from;
  }

  private int octet() throws ProtocolBreach {
    if (ended()) {
      throw new ProtocolBreach(event + " of " + data.length + " octets is too short");
    }
    return data[at++] & 0xff;
  }
}
