package dev.postern.evidence.spf;

import dev.postern.evidence.SpfResult;
import java.util.List;

/**
 * What check_host() came to.
 *
 * @param result the result
 * @param path the terms that matched, from the checked domain's own down through its includes;
 *     empty if none did
 * @param explanation the domain's own words for a fail (RFC 7208 §6.2); hostile, often empty
 * @param problem why the result is none, temperror or permerror, in our words; otherwise empty
 */
public record SpfOutcome(SpfResult result, List<Match> path, String explanation, String problem) {

  /**
   * A term that matched.
   *
   * @param domain whose record it stands in
   * @param term the term as the record writes it; hostile
   */
  public record Match(String domain, String term) {}

  /** Copies the list, so that an outcome never changes. */
  public SpfOutcome {
    path = List.copyOf(path);
  }

  /** The matched term in the checked domain's own record; empty if none matched. */
  public String mechanism() {
    return path.isEmpty() ? "" : path.getFirst().term();
  }
}
