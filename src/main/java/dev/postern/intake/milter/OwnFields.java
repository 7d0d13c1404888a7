package dev.postern.intake.milter;

import dev.postern.evidence.authres.AuthenticationResults;
import dev.postern.mail.DomainName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Fields of a message that only we may write, and that were there when it came: forged, or left by
 * an earlier way through here (RFC 8601 §5). They are found by their place among those of the same
 * name, which is how an MTA is told to remove them.
 */
final class OwnFields {
  static final String RESULTS = "Authentication-Results";
  static final String CASE = "X-Postern-Case";

  /** No honest message has this many; each takes an order to the MTA. */
  private static final int MOST = 200;

  private final String authservId;
  private final List<Integer> forgedResults = new ArrayList<>();
  private int results;
  private int cases;

  OwnFields(String authservId) {
    this.authservId = normal(authservId);
  }

  void see(String name, String value) {
    if (name.equalsIgnoreCase(CASE)) {
      cases++;
    } else if (name.equalsIgnoreCase(RESULTS)) {
      results++;
      if (normal(AuthenticationResults.read(value).authservId()).equals(authservId)) {
        forgedResults.add(results);
      }
    }
  }

  boolean tooMany() {
    return forgedResults.size() + cases > MOST;
  }

  /** From the last to the first, so that the places of those to come do not change. */
  void remove(Answers answers) {
    forgedResults.reversed().forEach(index -> answers.remove(RESULTS, index));
    for (int index = cases; index > 0; index--) {
      answers.remove(CASE, index);
    }
  }

  private static String normal(String authservId) {
    return DomainName.parse(authservId)
        .map(DomainName::ascii)
        .orElseGet(() -> authservId.toLowerCase(Locale.ROOT));
  }
}
