package dev.postern.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postern.approval.Person;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Access tokens of people. Only hashes are kept; every token is compared with all of them in
 * constant time, so that neither length nor prefix can be measured from outside.
 */
public final class AccessTokens implements Function<String, Optional<Person>> {
  private record Entry(Digest token, Person person) {}

  /** Hides an array that records must not hold bare. */
  private static final class Digest {
    private final byte[] octets;

    private Digest(String token) {
      try {
        octets = MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
      } catch (NoSuchAlgorithmException everyJdkHasIt) {
        throw new IllegalStateException(everyJdkHasIt);
      }
    }

    private boolean same(Digest other) {
      return MessageDigest.isEqual(octets, other.octets);
    }
  }

  private final List<Entry> entries;

  /** Takes the people by their tokens. */
  public AccessTokens(Map<String, Person> byToken) {
    entries =
        byToken.entrySet().stream()
            .map(e -> new Entry(new Digest(e.getKey()), e.getValue()))
            .toList();
  }

  @Override
  public Optional<Person> apply(String token) {
    Digest given = new Digest(token);
    Optional<Person> found = Optional.empty();
    for (Entry entry : entries) {
      if (entry.token().same(given)) {
        found = Optional.of(entry.person());
      }
    }
    return found;
  }
}
