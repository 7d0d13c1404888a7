package dev.postern.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Sign-ins as signed cookie values. The server keeps nothing, so that any replica can read them and
 * a restart signs nobody out; a new key signs everybody out. Safe for many threads.
 */
public final class Sessions {
  /** How long a sign-in lasts; a working day. */
  static final Duration LIFETIME = Duration.ofHours(12);

  private static final int LONGEST_COOKIE = 1024;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final byte[] key;
  private final SecureRandom random = new SecureRandom();

  /**
   * One sign-in.
   *
   * @param personId who, by the key of the settings
   * @param id random; what form tokens are bound to
   * @param ends when it stops to count
   */
  record Session(String personId, String id, Instant ends) {}

  /** Takes the signing key, at least 32 octets that are not in the database. */
  public Sessions(byte[] key) {
    if (key.length < 32) {
      throw new IllegalArgumentException("session key of " + key.length + " octets; 32 are needed");
    }
    this.key = key.clone();
  }

  /** The cookie value of a new sign-in. */
  String open(String personId, Instant now) {
    String payload =
        BASE64.encodeToString(personId.getBytes(UTF_8))
            + "."
            + randomId()
            + "."
            + now.plus(LIFETIME).getEpochSecond();
    return payload + "." + mac("session", payload);
  }

  /** The sign-in inside a cookie value; empty when it is not ours or over. Constant time. */
  Optional<Session> read(String cookie, Instant now) {
    int dot = cookie.lastIndexOf('.');
    if (dot < 0 || cookie.length() > LONGEST_COOKIE) {
      return Optional.empty();
    }
    String payload = cookie.substring(0, dot);
    if (!same(mac("session", payload), cookie.substring(dot + 1))) {
      return Optional.empty();
    }
    String[] parts = payload.split("\\.", -1); // ours, therefore three
    String personId = new String(Base64.getUrlDecoder().decode(parts[0]), UTF_8);
    Instant ends = Instant.ofEpochSecond(Long.parseLong(parts[2]));
    return now.isBefore(ends)
        ? Optional.of(new Session(personId, parts[1], ends))
        : Optional.empty();
  }

  /** 128 random bits as text. */
  String randomId() {
    byte[] bits = new byte[16];
    random.nextBytes(bits);
    return BASE64.encodeToString(bits);
  }

  /** What a form must bring back to prove that it was made for this sign-in or visit. */
  String formToken(String boundTo) {
    return mac("form", boundTo);
  }

  /** Compares in constant time. */
  static boolean same(String ours, String theirs) {
    return MessageDigest.isEqual(ours.getBytes(UTF_8), theirs.getBytes(UTF_8));
  }

  /** The purpose is part of the text, so that a MAC made for one thing proves nothing else. */
  private String mac(String purpose, String text) {
    try {
      Mac hmac = Mac.getInstance("HmacSHA256");
      hmac.init(new SecretKeySpec(key, "HmacSHA256"));
      byte[] full = hmac.doFinal((purpose + ":" + text).getBytes(UTF_8));
      return BASE64.encodeToString(full);
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
