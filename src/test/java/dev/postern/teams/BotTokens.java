package dev.postern.teams;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A request as Teams sends it, with its token as the Bot Connector signs it; every part can be
 * forged before it is sent.
 */
public final class BotTokens {
  public static final String APP = "8c3e0d4b-1f7a-4f0e-9d53-2b6a7c9e1f20";
  public static final String TENANT = "0d1c2b3a-4958-4766-8574-839201a0b1c2";
  public static final String SERVICE_URL = "https://smba.trafficmanager.net/emea/";

  public final ObjectNode header = JsonNodeFactory.instance.objectNode();
  public final ObjectNode claims = JsonNodeFactory.instance.objectNode();
  public ObjectNode activity = message();

  /** What makes the signature of header and claims. */
  public Function<byte[], byte[]> signer;

  /** What happens to the token once it is signed. */
  public UnaryOperator<String> afterwards = token -> token;

  /** The headers that the token is sent in. */
  public Function<String, List<String>> headers = token -> List.of("Bearer " + token);

  /** What is sent in place of the activity. */
  public UnaryOperator<String> body = text -> text;

  private BotTokens(BotKey key, Instant now) {
    header.put("alg", "RS256").put("kid", key.id()).put("x5t", key.id()).put("typ", "JWT");
    claims
        .put("serviceurl", SERVICE_URL)
        .put("nbf", now.getEpochSecond())
        .put("exp", now.plusSeconds(3600).getEpochSecond())
        .put("iss", "https://api.botframework.com")
        .put("aud", APP);
    signer = octets -> sign("SHA256withRSA", key.pair(), octets);
  }

  /** A request that there is nothing wrong with. */
  public static BotTokens good(BotKey key, Instant now) {
    return new BotTokens(key, now);
  }

  /** As Microsoft's emulator and playground sign: a token of Entra, given to the app itself. */
  public static BotTokens emulated(String issuer, BotKey key, Instant now) {
    BotTokens tokens = new BotTokens(key, now);
    tokens.claims.put("iss", issuer).put("appid", APP).remove("serviceurl");
    return tokens;
  }

  /** The headers {@code Authorization}. */
  public List<String> authorization() {
    String signed = encoded(header.toString()) + "." + encoded(claims.toString());
    byte[] signature = signer.apply(signed.getBytes(StandardCharsets.US_ASCII));
    return headers.apply(afterwards.apply(signed + "." + encoded(signature)));
  }

  /** The octets of the body. */
  public byte[] octets() {
    return body.apply(activity.toString()).getBytes(StandardCharsets.UTF_8);
  }

  /** A message in a channel (learn.microsoft.com, "Receive messages"). */
  public static ObjectNode message() {
    ObjectNode activity =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "message")
            .put("id", "1485983408511")
            .put("timestamp", "2026-11-26T09:00:00.497Z")
            .put("channelId", "msteams")
            .put("serviceUrl", SERVICE_URL)
            .put("text", "<at>Postern</at> open");
    activity
        .putObject("from")
        .put("id", "29:1XJKJMvc5GBtc2JwZq0oj8tHZmzrQgFmB39ATiQWA85gQtHieVkKilBZ9XHoq9j7Zaqt7CZ")
        .put("aadObjectId", "7faf8bac-cf7c-4d2b-a4a4-d8b0b1d1f1d1")
        .put("name", "Kim Lee");
    activity
        .putObject("conversation")
        .put("isGroup", true)
        .put("tenantId", TENANT)
        .put("conversationType", "channel")
        .put("id", "19:mail-ops@thread.tacv2;messageid=1485983194839");
    activity.putObject("recipient").put("id", "28:" + APP).put("name", "Postern");
    activity.putObject("channelData").putObject("tenant").put("id", TENANT);
    return activity;
  }

  /** URL-safe Base64 of octets. */
  public static String encoded(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }

  /** URL-safe Base64 of text. */
  public static String encoded(String text) {
    return encoded(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A signature by one of Java's algorithms. */
  public static byte[] sign(String algorithm, KeyPair pair, byte[] octets) {
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(pair.getPrivate());
      if (algorithm.equals("RSASSA-PSS")) {
        signature.setParameter(
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
      }
      signature.update(octets);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** The trick of old libraries: the public key as the secret of a MAC. */
  public static byte[] mac(byte[] secret, byte[] octets) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(octets);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** A key of another kind. */
  public static KeyPair elliptic() {
    try {
      KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
      ec.initialize(new ECGenParameterSpec("secp256r1"));
      return ec.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
