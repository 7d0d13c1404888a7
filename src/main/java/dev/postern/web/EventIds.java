package dev.postern.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names for clicks, made from what they say: the same again has the same name. */
final class EventIds {
  private EventIds() {}

  /** The surface's name and a hash of the parts; nothing of the parts can be read from it. */
  static String of(String surface, String... parts) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        byte[] octets = part.getBytes(UTF_8);
        sha256.update((octets.length + ":").getBytes(UTF_8)); // so that no two lists run together
        sha256.update(octets);
      }
      return surface + "-" + HexFormat.of().formatHex(sha256.digest()).substring(0, 40);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
