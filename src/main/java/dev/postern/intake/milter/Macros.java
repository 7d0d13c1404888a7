package dev.postern.intake.milter;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an MTA tells besides the events, by name, as Sendmail's macros: {@code i} is the queue id. A
 * later event may tell more of the same message, so all are kept until it is over. Bounded.
 */
final class Macros {
  private static final int MOST_OCTETS = 256 * 1024;

  private final Map<String, String> ofClient = new LinkedHashMap<>();
  private final Map<String, String> ofMessage = new LinkedHashMap<>();
  private long octets;

  /** Takes what was told for the event that comes next. */
  void take(Packet packet) throws ProtocolBreach {
    char next = packet.letter();
    if (next == 'M') {
      messageIsOver();
    }
    Map<String, String> macros = next == 'C' || next == 'H' ? ofClient : ofMessage;
    while (!packet.ended()) {
      put(macros, packet.text(), packet.text());
    }
  }

  private void put(Map<String, String> macros, String name, String value) throws ProtocolBreach {
    String before = macros.put(name, value);
    octets += value.length() - (before == null ? -name.length() : before.length());
    if (octets > MOST_OCTETS) {
      throw new ProtocolBreach("macros of more than " + MOST_OCTETS + " octets");
    }
  }

  /** Its value; empty where it was not told, or told as empty. */
  Optional<String> get(String name) {
    String value = ofMessage.getOrDefault(name, ofClient.getOrDefault(name, ""));
    return Optional.of(value).filter(it -> !it.isEmpty());
  }

  void messageIsOver() {
    octets -= size(ofMessage);
    ofMessage.clear();
  }

  void clientIsGone() {
    messageIsOver();
    ofClient.clear();
    octets = 0;
  }

  private static long size(Map<String, String> macros) {
    return macros.entrySet().stream()
        .mapToLong(it -> it.getKey().length() + it.getValue().length())
        .sum();
  }
}
