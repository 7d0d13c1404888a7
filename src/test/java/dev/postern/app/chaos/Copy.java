package dev.postern.app.chaos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.postern.mail.RawMessage;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message as the next hop got it, read by what Postfix put above it.
 *
 * @param id what Postfix called it when its sender gave it
 * @param queueFile what Postfix called it when it was sent on; another where it was handed back
 * @param token which message it is
 * @param hash of everything below the trace of Postfix
 */
record Copy(String id, String queueFile, String token, String hash) {
  private static final Pattern TRACE =
      Pattern.compile(
          "\\GReceived: [^\r]*(?:\r\n[ \t][^\r]*)*?\\bid ([0-9A-Za-z]+)[^\r]*(?:\r\n[ \t][^\r]*)*\r\n");
  private static final Pattern TOKEN = Pattern.compile("\\GX-Token: (t[0-9]+)\r\n");

  static Copy of(RawMessage octets) {
    String text = new String(octets.octets(), ISO_8859_1);
    Matcher trace = TRACE.matcher(text);
    String first = "";
    String last = "";
    int end = 0;
    while (trace.find()) {
      last = trace.group(1);
      first = first.isEmpty() ? last : first;
      end = trace.end();
    }
    Matcher token = TOKEN.matcher(text);
    return new Copy(
        last,
        first,
        token.find(end) ? token.group(1) : "",
        hash(Arrays.copyOfRange(octets.octets(), end, octets.octets().length)));
  }

  static String hash(byte[] octets) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
