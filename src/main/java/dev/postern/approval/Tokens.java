package dev.postern.approval;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals token ids for cards and opens what buttons bring back. The MAC (HMAC-SHA-256, first 64
 * bits) stands only on cards and its key is not in the database: who reads the database cannot
 * vote, and a card can be drawn again without minting anything. A forger would have to guess
 * online, against a 128-bit id he cannot know either.
 */
public final class Tokens {
  private static final String PREFIX = "pn1.";
  private static final int ID_OCTETS = 16;
  private static final int MAC_OCTETS = 8;
  private static final int TEXT_LENGTH = 32;

  private final List<byte[]> keys;

  /**
   * Takes the keys, each of at least 32 octets. The first seals; all open, so that keys can be
   * rotated.
   */
  public Tokens(List<byte[]> keys) {
    if (keys.isEmpty() || keys.stream().anyMatch(k -> k.length < 32)) {
      throw new IllegalArgumentException("token keys: at least one, each of at least 32 octets");
    }
    this.keys = keys.stream().map(byte[]::clone).toList();
  }

  /** The text that a button carries. */
  public String seal(TokenId id) {
    byte[] bits = HexFormat.of().parseHex(id.hex());
    byte[] text = Arrays.copyOf(bits, ID_OCTETS + MAC_OCTETS);
    System.arraycopy(mac(keys.getFirst(), bits), 0, text, ID_OCTETS, MAC_OCTETS);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }

  /** The id inside; empty when the text was not sealed under one of the keys. Constant time. */
  public Optional<TokenId> open(String text) {
    if (!text.startsWith(PREFIX) || text.length() != PREFIX.length() + TEXT_LENGTH) {
      return Optional.empty();
    }
    byte[] octets;
    try {
      octets = Base64.getUrlDecoder().decode(text.substring(PREFIX.length()));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    byte[] bits = Arrays.copyOf(octets, ID_OCTETS);
    byte[] claimed = Arrays.copyOfRange(octets, ID_OCTETS, octets.length);
    boolean genuine = false;
    for (byte[] key : keys) {
      genuine |= MessageDigest.isEqual(mac(key, bits), claimed);
    }
    return genuine ? Optional.of(new TokenId(HexFormat.of().formatHex(bits))) : Optional.empty();
  }

  private static byte[] mac(byte[] key, byte[] bits) {
    try {
      Mac hmac = Mac.getInstance("HmacSHA256");
      hmac.init(new SecretKeySpec(key, "HmacSHA256"));
      return Arrays.copyOf(hmac.doFinal(bits), MAC_OCTETS);
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
