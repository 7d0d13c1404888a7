package dev.postern.card;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Nine characters and a hash in the form of a token.
 *
 * @param text the nine characters
 * @param hash in hexadecimal digits
 */
record LookToken(String text, String hash) {
  private static final Pattern FORM =
      Pattern.compile("pn1\\.([caomgesx][0-9A-Z]{8})_([A-Za-z0-9_-]{22})");

  static String of(String text) {
    return of(text, new byte[16]);
  }

  static String of(String text, byte[] hash) {
    return "pn1." + text + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
  }

  static Optional<LookToken> read(String token) {
    Matcher form = FORM.matcher(token);
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      byte[] hash = Base64.getUrlDecoder().decode(form.group(2));
      return Optional.of(new LookToken(form.group(1), HexFormat.of().formatHex(hash)));
    } catch (IllegalArgumentException bitsLeftOver) {
      return Optional.empty();
    }
  }

  String rest() {
    return text.substring(1);
  }
}
