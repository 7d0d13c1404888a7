package dev.postern.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the address of a name server. Names are refused: who would resolve them? */
final class ServerAddress {
  private static final int DNS_PORT = 53;
  private static final Pattern WITH_PORT =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)\\]|([0-9.]+))(?::([0-9]{1,5}))?");

  private ServerAddress() {}

  static InetSocketAddress parse(String text) {
    Matcher parts = WITH_PORT.matcher(text);
    String host = text;
    int port = DNS_PORT;
    if (parts.matches()) {
      host = parts.group(1) == null ? parts.group(2) : parts.group(1);
      port = parts.group(3) == null ? DNS_PORT : Integer.parseInt(parts.group(3));
    }
    try {
      return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          "not the address of a name server: " + text + "; write 192.0.2.53 or 192.0.2.53:5353",
          wrong);
    }
  }
}
