package dev.postern.web;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One-time sign-in links. A code is valid until it is used or the process ends; it is printed to
 * the operator's terminal and kept in memory only. Safe for many threads.
 */
public final class SignInLinks {
  private final Map<String, String> people = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();

  /** A new code for this person: 128 random bits. The link is {@code <public URL>/login/<code>}. */
  public String mint(String personId) {
    byte[] bits = new byte[16];
    random.nextBytes(bits);
    String code = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    people.put(code, personId);
    return code;
  }

  /** Whether the code can still be used. Changes nothing. */
  boolean open(String code) {
    return people.containsKey(code);
  }

  /** Uses the code up and names its person; of many at once only one gets an answer. */
  Optional<String> redeem(String code) {
    return Optional.ofNullable(people.remove(code));
  }
}
