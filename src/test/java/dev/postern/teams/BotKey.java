package dev.postern.teams;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A key of the Bot Connector, as its key set shows it.
 *
 * @param id the {@code kid}
 * @param pair RSA
 * @param endorsements channels that it may sign for
 */
public record BotKey(String id, KeyPair pair, List<String> endorsements) {
  private static final Map<String, KeyPair> MADE = new ConcurrentHashMap<>();

  /** A key for Teams; the same pair for the same id, since making one takes time. */
  public static BotKey named(String id) {
    return new BotKey(id, pairOf(id, 2048), List.of("webchat", "msteams"));
  }

  /** The pair that goes with a name. */
  public static KeyPair pairOf(String name, int bits) {
    return MADE.computeIfAbsent(name + bits, _ -> make(bits));
  }

  private static KeyPair make(int bits) {
    try {
      KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
      rsa.initialize(bits);
      return rsa.generateKeyPair();
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new AssertionError(everyJdkHasIt);
    }
  }

  /** The key with other endorsements. */
  public BotKey endorsing(String... channels) {
    return new BotKey(id, pair, List.of(channels));
  }

  /** As an entry of a JSON Web Key Set. */
  public ObjectNode published() {
    RSAPublicKey key = (RSAPublicKey) pair.getPublic();
    ObjectNode entry =
        JsonNodeFactory.instance
            .objectNode()
            .put("kty", "RSA")
            .put("use", "sig")
            .put("kid", id)
            .put("x5t", id)
            .put("n", number(key.getModulus()))
            .put("e", number(key.getPublicExponent()));
    endorsements.forEach(entry.putArray("endorsements")::add);
    return entry;
  }

  private static String number(BigInteger number) {
    byte[] octets = number.toByteArray();
    int from = octets[0] == 0 ? 1 : 0;
    byte[] bare = Arrays.copyOfRange(octets, from, octets.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bare);
  }
}
