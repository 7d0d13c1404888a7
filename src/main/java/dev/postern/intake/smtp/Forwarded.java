package dev.postern.intake.smtp;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a trusted relay says of its own client by XFORWARD, an extension of Postfix: {@code XFORWARD
 * NAME=… ADDR=… HELO=…}, values as xtext (RFC 3461 §4), unknown ones as {@code [UNAVAILABLE]}.
 *
 * @param attributes by name in upper case; unknown ones are absent
 */
record Forwarded(Map<String, String> attributes) {
  /** The attributes that we take, in the order of the EHLO reply. */
  static final String OFFERED = "NAME ADDR PORT PROTO HELO IDENT SOURCE";

  static final Forwarded NOTHING = new Forwarded(Map.of());

  private static final Set<String> KNOWN = Set.of(OFFERED.split(" ", -1));
  private static final int LONGEST_VALUE = 255;

  /** The client's address; empty when the relay did not say. */
  Optional<InetAddress> address() {
    return Optional.ofNullable(attributes.get("ADDR")).flatMap(Forwarded::literal);
  }

  /** The name the client gave in HELO or EHLO; empty when the relay did not say. */
  Optional<String> helo() {
    return Optional.ofNullable(attributes.get("HELO"));
  }

  /** These attributes and what a further command line says; empty when that is malformed. */
  Optional<Forwarded> with(String arguments) {
    Map<String, String> all = new HashMap<>(attributes);
    for (String argument : arguments.strip().split(" +", -1)) {
      int equals = argument.indexOf('=');
      String name = equals < 0 ? "" : argument.substring(0, equals).toUpperCase(Locale.ROOT);
      Optional<String> value = xtext(argument.substring(equals + 1));
      if (!KNOWN.contains(name) || value.isEmpty()) {
        return Optional.empty();
      }
      String text = value.get();
      if (text.equals("[UNAVAILABLE]") || text.equals("[TEMPUNAVAIL]")) {
        all.remove(name);
      } else if (text.length() > LONGEST_VALUE
          || text.chars().anyMatch(c -> c < ' ' || c == 0x7f)
          || (name.equals("ADDR") && literal(text).isEmpty())) {
        return Optional.empty();
      } else {
        all.put(name, text);
      }
    }
    return Optional.of(new Forwarded(Map.copyOf(all)));
  }

  /** An address as XFORWARD writes it; never asks DNS. */
  private static Optional<InetAddress> literal(String text) {
    String bare = text.regionMatches(true, 0, "IPV6:", 0, 5) ? text.substring(5) : text;
    try {
      return Optional.of(InetAddress.ofLiteral(bare));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  /** RFC 3461 §4: {@code +} and two upper-case hexadecimal digits stand for one octet. */
  private static Optional<String> xtext(String text) {
    var octets = new ByteArrayOutputStream();
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] != '+') {
        octets.write(raw[i]);
      } else if (i + 2 < raw.length
          && HexFormat.isHexDigit(raw[i + 1])
          && HexFormat.isHexDigit(raw[i + 2])) {
        octets.write(HexFormat.fromHexDigit(raw[i + 1]) * 16 + HexFormat.fromHexDigit(raw[i + 2]));
        i += 2;
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(octets.toString(StandardCharsets.UTF_8));
  }
}
