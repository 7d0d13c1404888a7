package dev.postern.intake;

import dev.postern.evidence.authres.AuthenticationResults;
import dev.postern.mail.DomainName;
import dev.postern.policy.Ruling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Fields of a message that only we may write, and that were there when it came: forged, or left by
 * an earlier way through here (RFC 8601 §5). They are found by their place among those of the same
 * name, which is how an MTA is told to remove them.
 */
public final class OwnFields {
  /** What was found, in our name. */
  public static final String RESULTS = "Authentication-Results";

  /** The case of a held message. */
  public static final String CASE = "X-Postern-Case";

  /** The exception that let a message pass. */
  public static final String GRANT = "X-Postern-Grant";

  /** No honest message has this many; each takes an order to the MTA. */
  private static final int MOST = 200;

  private final Optional<String> authservId;
  private final List<Integer> forgedResults = new ArrayList<>();
  private int results;
  private int cases;
  private int grants;

  /**
   * Begins with a message.
   *
   * @param authservId our name in results; empty where we write none, so that none are ours
   */
  public OwnFields(Optional<String> authservId) {
    this.authservId = authservId.map(OwnFields::normal);
  }

  /** The next field of the message. */
  public void see(String name, String value) {
    if (name.equalsIgnoreCase(CASE)) {
      cases++;
    } else if (name.equalsIgnoreCase(GRANT)) {
      grants++;
    } else if (name.equalsIgnoreCase(RESULTS)) {
      results++;
      String speaker = normal(AuthenticationResults.read(value).authservId());
      if (authservId.filter(speaker::equals).isPresent()) {
        forgedResults.add(results);
      }
    }
  }

  /**
   * Where one of them stands.
   *
   * @param name of the field
   * @param index among those of this name, from 1
   */
  public record Place(String name, int index) {}

  /** Whether there are more than an honest message has. */
  public boolean tooMany() {
    return forgedResults.size() + cases + grants > MOST;
  }

  /** From the last to the first, so that the places of those to come do not change. */
  public List<Place> places() {
    Stream<Place> own = forgedResults.reversed().stream().map(index -> new Place(RESULTS, index));
    return Stream.of(own, all(CASE, cases), all(GRANT, grants))
        .flatMap(Function.identity())
        .toList();
  }

  private static Stream<Place> all(String name, int count) {
    return IntStream.range(0, count).mapToObj(done -> new Place(name, count - done));
  }

  /** What {@link #GRANT} says of a message that passes; empty where no grant let it. */
  public static Optional<String> grantOf(Ruling passes) {
    return passes.notes().granted().map(it -> it.id() + "; until=" + it.terms().until());
  }

  private static String normal(String authservId) {
    return DomainName.parse(authservId)
        .map(DomainName::ascii)
        .orElseGet(() -> authservId.toLowerCase(Locale.ROOT));
  }
}
