package dev.postern.quarantine;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who brought a message in the first place, as Postfix wants to be told it by whoever brings it
 * again (XFORWARD). It stands in the log of Postfix then.
 *
 * @param client address of the first client
 * @param helo what it called itself; hostile
 * @param ident what the message was called by the mail system that had it before
 */
public record XForward(InetAddress client, String helo, String ident) {
  private static final String UNKNOWN = "[UNAVAILABLE]";
  private static final int LONGEST_VALUE = 255;

  /** The attribute without which an interrupted hand-over could not be found again. */
  static final String IDENT = "IDENT";

  /** The command with those attributes that the server offers. */
  String command(Set<String> offered) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("NAME", UNKNOWN);
    attributes.put("ADDR", address());
    attributes.put("HELO", helo.isBlank() ? UNKNOWN : xtext(helo));
    attributes.put(IDENT, xtext(ident));
    attributes.put("SOURCE", "REMOTE");
    return "XFORWARD "
        + attributes.entrySet().stream()
            .filter(attribute -> offered.contains(attribute.getKey()))
            .map(attribute -> attribute.getKey() + "=" + attribute.getValue())
            .collect(Collectors.joining(" "));
  }

  /** The attributes that a line of an EHLO reply offers. */
  static Set<String> offeredBy(String extension) {
    List<String> words = List.of(extension.strip().toUpperCase(Locale.ROOT).split("\\s+", -1));
    return Set.copyOf(words.subList(1, words.size()).stream().distinct().toList());
  }

  private String address() {
    return (client instanceof Inet6Address ? "IPV6:" : "")
        + client.getHostAddress().replaceFirst("%.*", "");
  }

  /** RFC 3461 §4: what is not a visible ASCII character, or is + or =, as + and two digits. */
  private static String xtext(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = octet > 0x20 && octet < 0x7f && octet != '+' && octet != '=';
      String next = plain ? String.valueOf((char) octet) : "+%02X".formatted(octet & 0xff);
      if (encoded.length() + next.length() > LONGEST_VALUE) {
        break;
      }
      encoded.append(next);
    }
    return encoded.toString();
  }
}
